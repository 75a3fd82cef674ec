package io.cairn.samples.bench;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SignedEnvelope;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.PeerMessageCodec;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a transfer message: WANT with 512 chunks, HAVE of 100,000 chunks, and the signed envelope around a WANT of 32. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PeerMessageBenchmark {
    private static final int CHUNKS = 100_000;
    private static final long NOW = 1_700_000_000_000L;

    private final SplittableRandom random = new SplittableRandom(42);
    private final Identity sender = Identity.generate(random);
    private final Key share = Key.random(random);
    private final PeerMessage want = want(512);
    private final PeerMessage have = new PeerMessage.Have(share, everySecond());
    private final byte[] encodedWant = PeerMessageCodec.encode(want);
    private final byte[] encodedHave = PeerMessageCodec.encode(have);
    private final byte[] payload = PeerMessageCodec.encode(want(32));
    private final Header header = new Header(
            NetworkId.ofName("benchmark"),
            1,
            sender.publicKey(),
            Identity.generate(random).nodeId(),
            NOW);
    private final byte[] envelope = SignedEnvelope.seal(sender, header, payload);

    @Benchmark
    public byte[] encodeWant() {
        return PeerMessageCodec.encode(want);
    }

    @Benchmark
    public PeerMessage decodeWant() throws MalformedException {
        return PeerMessageCodec.decode(encodedWant);
    }

    @Benchmark
    public byte[] encodeHave() {
        return PeerMessageCodec.encode(have);
    }

    @Benchmark
    public PeerMessage decodeHave() throws MalformedException {
        return PeerMessageCodec.decode(encodedHave);
    }

    @Benchmark
    public byte[] signEnvelope() {
        return SignedEnvelope.seal(sender, header, payload);
    }

    @Benchmark
    public @Nullable SignedEnvelope verifyEnvelope() throws MalformedException {
        return SignedEnvelope.decode(envelope).verify();
    }

    private PeerMessage want(int chunks) {
        List<Integer> numbers = IntStream.generate(() -> random.nextInt(CHUNKS))
                .limit(chunks)
                .boxed()
                .toList();
        return new PeerMessage.Want(share, numbers);
    }

    private static ChunkSet everySecond() {
        BitSet bits = new BitSet(CHUNKS);
        IntStream.range(0, CHUNKS).filter(chunk -> chunk % 2 == 0).forEach(bits::set);
        return ChunkSet.of(bits, CHUNKS);
    }
}
