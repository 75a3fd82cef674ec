package io.cairn.samples.bench;

import io.cairn.transfer.content.hashing.ChunkVerifier;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.content.manifest.SharePath;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.apache.commons.codec.digest.DigestUtils;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of verifying a chunk of 1 MiB: both digests, on the heap and off it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkDigestBenchmark {
    private static final int CHUNK_BYTES = 1 << 20;

    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final ByteBuffer onHeap = ByteBuffer.wrap(chunk);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(CHUNK_BYTES);
    private final Manifest manifest;

    public ChunkDigestBenchmark() {
        new SplittableRandom(42).nextBytes(chunk);
        direct.put(0, chunk);
        manifest = manifestOf(chunk);
    }

    @Benchmark
    public boolean verifyOnTheHeap() {
        return ChunkVerifier.verifies(manifest, 0, onHeap);
    }

    @Benchmark
    public boolean verifyOffTheHeap() {
        return ChunkVerifier.verifies(manifest, 0, direct);
    }

    @Benchmark
    public byte[] sha1OfAMebibyte() {
        return DigestUtils.sha1(chunk);
    }

    @Benchmark
    public byte[] sha256OfAMebibyte() {
        return DigestUtils.sha256(chunk);
    }

    private static Manifest manifestOf(byte[] chunk) {
        FileEntry file = new FileEntry(new SharePath(List.of("random.bin")), chunk.length, false);
        try {
            return ManifestCodec.build(
                    "random.bin",
                    false,
                    chunk.length,
                    List.of(file),
                    List.of(),
                    DigestUtils.sha1(chunk),
                    DigestUtils.sha256(chunk));
        } catch (InvalidManifestException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
