package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints the cost of a routing table in a network of 100,000 nodes with shared contacts: its bytes, and the nanoseconds of the most
 * frequent operations.
 */
public final class TableFootprint {
    private static final int NETWORK = 100_000;
    private static final int TABLES = 2_000;
    private static final int CALLS = 2_000_000;

    private TableFootprint() {}

    public static void main(String[] arguments) {
        SplittableRandom random = new SplittableRandom(1);
        List<Contact> world = Networks.contacts(NETWORK, random);
        List<RoutingTable> tables = new ArrayList<>();
        long before = usedBytes();
        for (int i = 0; i < TABLES; i++) {
            RoutingTable table = new RoutingTable(NodeId.random(random), KademliaLimits.defaults(), 0);
            for (int j = 0; j < NETWORK; j++) {
                table.answered(world.get((i + j) % NETWORK), j);
            }
            tables.add(table);
        }
        long bytes = usedBytes() - before;
        int contacts = tables.stream().mapToInt(RoutingTable::size).sum();
        System.out.printf("%d contacts and %d bytes a table%n", contacts / TABLES, bytes / TABLES);
        time(tables, world, random);
    }

    private static void time(List<RoutingTable> tables, List<Contact> world, SplittableRandom random) {
        List<Key> targets = world.stream().map(any -> Key.random(random)).toList();
        for (int round = 0; round < 3; round++) {
            long start = cpuNanos();
            long sum = 0;
            for (int i = 0; i < CALLS; i++) {
                sum += tables.get(i % TABLES)
                        .closestBut(world.get(i % NETWORK).id(), targets.get(i % NETWORK), 20)
                        .size();
            }
            long closest = cpuNanos();
            for (int i = 0; i < CALLS; i++) {
                Contact contact = world.get(random.nextInt(NETWORK));
                sum += tables.get(i % TABLES).hasRoomFor(contact) ? 1 : 0;
            }
            long room = cpuNanos();
            for (int i = 0; i < CALLS; i++) {
                Contact contact = world.get(random.nextInt(NETWORK));
                sum += tables.get(i % TABLES).answered(contact, NETWORK).hashCode();
            }
            long answered = cpuNanos();
            for (int i = 0; i < CALLS / 10; i++) {
                sum += tables.get(i % TABLES)
                                .stalest(10L * NETWORK, List.of(), true, 4)
                                .isPresent()
                        ? 1
                        : 0;
            }
            long stalest = cpuNanos();
            System.out.printf(
                    "closest %d ns, hasRoomFor %d ns, answered %d ns, stalest %d ns (%d)%n",
                    (closest - start) / CALLS,
                    (room - closest) / CALLS,
                    (answered - room) / CALLS,
                    (stalest - answered) / (CALLS / 10),
                    sum);
        }
    }

    /** Of this thread alone, because others may keep the machine busy. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
