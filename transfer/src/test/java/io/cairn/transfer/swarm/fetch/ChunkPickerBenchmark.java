package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.ChunkSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost of picking per chunk: a share of 10,000 chunks, eight peers with a random half each and one with all, sixteen chunks requested
 * at a time, each then marked as arrived and verified.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkPickerBenchmark {
    private static final int CHUNKS = 10_000;
    private static final int PARTIAL_PEERS = 8;
    private static final int AT_A_TIME = 16;

    private final SplittableRandom random = new SplittableRandom(42);
    private final List<ChunkSet> holdings = new ArrayList<>();

    public ChunkPickerBenchmark() {
        for (int peer = 0; peer < PARTIAL_PEERS; peer++) {
            BitSet half = new BitSet(CHUNKS);
            for (int chunk = 0; chunk < CHUNKS; chunk++) {
                half.set(chunk, random.nextBoolean());
            }
            holdings.add(ChunkSet.of(half, CHUNKS));
        }
        holdings.add(ChunkSet.all(CHUNKS));
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int pickRarestFirst() {
        return fetchAll(false);
    }

    @Benchmark
    @OperationsPerInvocation(CHUNKS)
    public int pickInOrder() {
        return fetchAll(true);
    }

    private int fetchAll(boolean sequential) {
        ChunkPicker<Integer> picker = new ChunkPicker<>(
                ChunkSet.none(CHUNKS), ChunkSet.all(CHUNKS), sequential, holdings.size(), random.split());
        for (int peer = 0; peer < holdings.size(); peer++) {
            picker.peerHas(peer, holdings.get(peer));
        }
        for (int peer = 0; !picker.isComplete(); peer = (peer + 1) % holdings.size()) {
            for (int chunk : picker.pick(peer, AT_A_TIME, Set.of())) {
                picker.arrived(peer, chunk);
                picker.verified(chunk);
            }
        }
        return picker.verifiedCount();
    }
}
