package io.cairn.samples.bench;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.kad.RoutingTable;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Inserts a thousand nodes into a routing table (k = 20), and finds the twenty closest to each of a thousand random ids. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingTableBenchmark {
    private static final int COUNT = 1_000;
    private static final int CLOSEST = 20;

    private final SplittableRandom random = new SplittableRandom(42);
    private final NodeId self = NodeId.random(random);
    private final List<Contact> contacts = IntStream.range(0, COUNT)
            .mapToObj(i -> new Contact(
                    NodeId.random(random),
                    Endpoint.of(new byte[] {10, (byte) (i >>> 16), (byte) (i >>> 8), (byte) i}, 4747)))
            .toList();
    private final List<Key> targets =
            IntStream.range(0, COUNT).mapToObj(i -> Key.random(random)).toList();
    private final RoutingTable full = addAThousandNodes();
    private int next;

    @Benchmark
    public final RoutingTable addAThousandNodes() {
        RoutingTable table = new RoutingTable(self, KademliaLimits.defaults(), 0);
        for (Contact contact : contacts) {
            table.answered(contact, 0);
        }
        return table;
    }

    @Benchmark
    public void lookUpAThousandIds(Blackhole blackhole) {
        for (Key target : targets) {
            blackhole.consume(full.closest(target, CLOSEST));
        }
    }

    @Benchmark
    public List<Contact> lookUpOneId() {
        next = (next + 1) % COUNT;
        return full.closest(targets.get(next), CLOSEST);
    }
}
