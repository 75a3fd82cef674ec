package io.cairn.samples.bench;

import io.cairn.dht.id.Key;
import io.cairn.dht.ring.HashRing;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** A ring of 10 nodes with 150 virtual nodes each, and 10,000 keys on it. Keys are names, hashed each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HashRingBenchmark {
    private static final int NODES = 10;
    private static final int KEYS = 10_000;

    private final List<byte[]> names = IntStream.range(0, KEYS)
            .mapToObj(i -> ("key-" + i).getBytes(StandardCharsets.UTF_8))
            .toList();
    private final HashRing<String> ring = buildTheRing();

    @Benchmark
    public final HashRing<String> buildTheRing() {
        HashRing<String> built = HashRing.ofNames();
        for (int i = 0; i < NODES; i++) {
            built.add("node-" + i);
        }
        return built;
    }

    @Benchmark
    public Map<String, Integer> assignTenThousandKeys() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (byte[] name : names) {
            counts.merge(ring.owner(Key.ofContent(name)).orElseThrow(), 1, Integer::sum);
        }
        return counts;
    }

    /** The number of keys that change owner when an eleventh node joins. */
    @Benchmark
    public int movedByAJoin() {
        HashRing<String> after = ring.copy();
        after.add("node-" + NODES);
        int moved = 0;
        for (byte[] name : names) {
            Key key = Key.ofContent(name);
            moved += ring.owner(key).equals(after.owner(key)) ? 0 : 1;
        }
        return moved;
    }

    /** The standard deviation of the keys per node, divided by their mean. */
    double deviation() {
        double mean = (double) KEYS / NODES;
        double squares = 0;
        for (int count : assignTenThousandKeys().values()) {
            squares += (count - mean) * (count - mean);
        }
        return Math.sqrt(squares / NODES) / mean;
    }

    /** The fraction of the keys that change owner when an eleventh node joins. */
    double movedShare() {
        return (double) movedByAJoin() / KEYS;
    }
}
