package io.cairn.sim.kademlia;

import com.sun.management.OperatingSystemMXBean;
import io.cairn.sim.network.LinkModel;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * Measures an idle network with full tables: memory, wall time and processor time (of the simulating thread, and of the whole process with
 * garbage collector and compiler) of virtual time. Arguments: nodes, minutes, seed.
 */
final class IdleNetwork {
    private static final double MEBIBYTE = 1 << 20;
    private static final double NANOS = 1e9;

    private IdleNetwork() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        int nodes = Integer.parseInt(arguments[0]);
        int minutes = Integer.parseInt(arguments[1]);
        long seed = Long.parseLong(arguments[2]);
        long began = System.nanoTime();
        Simulation simulation = new Simulation(seed, LinkModel.internet());
        simulation.createNodes(nodes);
        say("created", began);
        simulation.fillTables();
        say("filled", began);
        for (int minute = 0; minute < minutes; minute += 5) {
            long sent = simulation.network().datagramsSent();
            long start = System.nanoTime();
            long startThread = threadNanos();
            simulation.run(Math.min(5, minutes - minute) * 60_000L);
            long more = simulation.network().datagramsSent() - sent;
            System.out.printf(
                    Locale.ROOT,
                    "%3d min  %,d datagrams  %.2f us each, %.2f on the processor%n",
                    minute + 5,
                    more,
                    (System.nanoTime() - start) / 1e3 / more,
                    (threadNanos() - startThread) / 1e3 / more);
        }
        say("ran", began);
        long datagrams = simulation.network().datagramsSent();
        System.out.printf(
                Locale.ROOT,
                "%,d datagrams, %.3f a node and second; %,d events; trace %016x%n%s%n",
                datagrams,
                datagrams / (60.0 * minutes) / nodes,
                simulation.eventsRun(),
                simulation.traceHash(),
                simulation.sentByKind());
        System.out.println("violations: " + simulation.check());
        say("checked", began);
    }

    private static long threadNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long processNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static void say(String what, long began) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(
                Locale.ROOT,
                "%-8s %7.1f s, processor %.1f s, this thread %.1f s; heap %,.0f MiB%n",
                what,
                (System.nanoTime() - began) / NANOS,
                processNanos() / NANOS,
                threadNanos() / NANOS,
                used / MEBIBYTE);
    }
}
