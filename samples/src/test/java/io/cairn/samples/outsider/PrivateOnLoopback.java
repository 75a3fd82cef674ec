package io.cairn.samples.outsider;

import com.sun.management.OperatingSystemMXBean;
import io.cairn.app.Node;
import io.cairn.app.SpeedLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Measures a private network beside an open one: real nodes in one process, over loopback. Prints what an outsider gets in answer, the times
 * of a fetch in both networks in turns, and those in the private one while the sharing node is flooded with crafted datagrams.
 */
public final class PrivateOnLoopback {
    private static final int DATAGRAMS = 10_000;
    private static final int CONNECTIONS = 1_000;
    private static final int FLOOD_PER_SECOND = 50_000;

    private static final int WARM_UP_ROUNDS = 2;

    /** As fast as two cores allow, which leaves none for the flood. */
    private static final SpeedLimits UNLIMITED = SpeedLimits.NONE;

    /** What a line of 1 Gbit/s carries, which leaves a core free. */
    private static final SpeedLimits LINE = new SpeedLimits(0, 118L << 20, 0, 0, true);

    private final OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Path folder;
    private final int rounds;
    private final Random random = new Random(1);
    private final Path file;
    private final Path key;
    private int nodes;

    private PrivateOnLoopback(Path folder, int mebibytes, int rounds) throws IOException {
        this.folder = folder;
        this.rounds = rounds;
        this.key = Files.write(folder.resolve("lab.key"), bytes(32));
        this.file = Files.write(folder.resolve("file"), bytes(mebibytes << 20));
    }

    /**
     * The program.
     *
     * @param words a folder for the nodes' data, and perhaps the size of the file in MiB and the number of rounds; 512 7 by default
     */
    public static void main(String... words) throws Exception {
        int mebibytes = words.length > 1 ? Integer.parseInt(words[1]) : 512;
        int rounds = words.length > 2 ? Integer.parseInt(words[2]) : 7;
        new PrivateOnLoopback(Path.of(words[0]), mebibytes, rounds).run();
    }

    private void run() throws Exception {
        try (Node open = Member.start(folder.resolve("open"), null, 0, List.of());
                Node secret = Member.start(folder.resolve("private"), key, 0, List.of())) {
            String hash = open.share(file).completion().join().share().hash().toHex();
            var unused = secret.share(file).completion().join();
            outsider(secret, hash);
            List<Taken> openly = new ArrayList<>();
            List<Taken> privately = new ArrayList<>();
            List<Taken> flooded = new ArrayList<>();
            List<Taken> onOpenLine = new ArrayList<>();
            List<Taken> onFloodedLine = new ArrayList<>();
            List<Double> rates = new ArrayList<>();
            for (int i = 0; i < rounds + WARM_UP_ROUNDS; i++) {
                if (i == WARM_UP_ROUNDS) {
                    List.of(openly, privately, flooded, onOpenLine, onFloodedLine)
                            .forEach(List::clear);
                }
                if (i % 2 == 0) {
                    openly.add(fetch(open, null, hash, UNLIMITED));
                    privately.add(fetch(secret, key, hash, UNLIMITED));
                } else {
                    privately.add(fetch(secret, key, hash, UNLIMITED));
                    openly.add(fetch(open, null, hash, UNLIMITED));
                }
                flooded.add(fetchUnderFlood(secret, hash, UNLIMITED, rates));
                onOpenLine.add(fetch(open, null, hash, LINE));
                onFloodedLine.add(fetchUnderFlood(secret, hash, LINE, rates));
            }
            System.out.printf("medians of %d fetches of %,d MiB%n", rounds, Files.size(file) >> 20);
            print("open", openly, openly);
            print("private", privately, openly);
            print("private, while flooded", flooded, openly);
            print("on a line, open", onOpenLine, onOpenLine);
            print("on a line, flooded", onFloodedLine, onOpenLine);
            System.out.printf(
                    "flood                  %7.0f datagrams a second, whose sender's processor time is included%n",
                    rates.stream().mapToDouble(rate -> rate).average().orElse(0));
        }
    }

    private void outsider(Node secret, String hash) throws Exception {
        try (Wiretap wire = new Wiretap(Member.endpoint(secret))) {
            Path copy = folder.resolve("copy");
            try (Node member = Member.start(next(), key, 0, List.of(wire.endpoint()))) {
                var unused = Member.fetch(member, hash, wire.endpoint(), copy);
            }
            Files.delete(copy);
            try (Outsider outsider = new Outsider(Member.endpoint(secret), Member.NETWORK, wire, random)) {
                outsider.sendDatagrams(DATAGRAMS);
                long onConnections = outsider.connect(CONNECTIONS);
                var unused = fetch(secret, key, hash, UNLIMITED);
                System.out.printf(
                        "outsider               %,d datagrams: %d bytes in answer; %,d connections: %d bytes in answer%n",
                        DATAGRAMS, outsider.answeredBytes(), CONNECTIONS, onConnections);
            }
        }
    }

    private Taken fetchUnderFlood(Node from, String hash, SpeedLimits limits, List<Double> rates) throws Exception {
        try (Wiretap nothing = new Wiretap(Member.endpoint(from));
                Outsider outsider = new Outsider(Member.endpoint(from), Member.NETWORK, nothing, random)) {
            AtomicLong sent = new AtomicLong();
            long began = System.nanoTime();
            Thread flood = new Thread(
                    () -> {
                        try {
                            sent.set(outsider.flood(FLOOD_PER_SECOND));
                        } catch (IOException refused) {
                            throw new UncheckedIOException(refused);
                        }
                    },
                    "flood");
            flood.start();
            try {
                return fetch(from, key, hash, limits);
            } finally {
                flood.interrupt();
                flood.join();
                rates.add(sent.get() / ((System.nanoTime() - began) / 1e9));
            }
        }
    }

    /** By a node that is new, but for the code of the JVM. */
    private Taken fetch(Node from, @Nullable Path withKey, String hash, SpeedLimits limits) throws Exception {
        Path copy = folder.resolve("copy");
        try (Node member = Member.start(next(), withKey, 0, List.of(Member.endpoint(from)))) {
            var unused = member.joined().join();
            var unusedLimits = member.limit(limits).join();
            long before = process.getProcessCpuTime();
            double millis = Member.fetch(member, hash, Member.endpoint(from), copy);
            return new Taken(millis, (process.getProcessCpuTime() - before) / 1e6);
        } finally {
            Files.deleteIfExists(copy);
        }
    }

    private Path next() {
        return folder.resolve("node" + nodes++);
    }

    private void print(String what, List<Taken> taken, List<Taken> openly) throws IOException {
        double millis = median(taken, Taken::millis);
        double cpuMillis = median(taken, Taken::cpuMillis);
        System.out.printf(
                "%-22s %7.0f ms  %6.0f MiB/s  %.3f x the throughput  %7.0f ms of the processor  %.3f x%n",
                what,
                millis,
                Files.size(file) / 1048.576 / millis,
                median(openly, Taken::millis) / millis,
                cpuMillis,
                cpuMillis / median(openly, Taken::cpuMillis));
    }

    private static double median(List<Taken> taken, ToDoubleFunction<Taken> what) {
        double[] sorted = taken.stream().mapToDouble(what).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /**
     * What a fetch took.
     *
     * @param cpuMillis of all nodes of this process, and of the compiler of the JVM
     */
    private record Taken(double millis, double cpuMillis) {}

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
