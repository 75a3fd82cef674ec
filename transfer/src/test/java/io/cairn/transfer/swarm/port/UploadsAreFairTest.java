package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Serving several peers, and peers that request too much or what is not there. */
final class UploadsAreFairTest {
    @Test
    void aPeerThatAsksLaterIsServedBeforeTheLongListOfTheFirst() {
        Bench bench = new Bench(31, 400);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 4_000;
        Client greedy = new Client(bench, seed);
        Client modest = new Client(bench, seed);
        greedy.want(bench.manifest, IntStream.range(0, 400).boxed().toList());
        bench.time.run(200);
        modest.want(bench.manifest, List.of(0, 1));
        assertThat(bench.time.runUntil(() -> modest.chunks.size() == 2, 5_000)).isTrue();
        assertThat(greedy.chunks).hasSizeLessThan(200);
    }

    @Test
    void everyChunkAskedForIsAnsweredOnce() {
        Bench bench = new Bench(32, 20);
        Bench.Peer half = bench.peer();
        BitSet have = new BitSet();
        have.set(0, 10);
        half.serve(MemoryContent.part(bench.manifest, bench.bytes, have));
        Client client = new Client(bench, half);
        client.want(bench.manifest, IntStream.range(0, 20).boxed().toList());
        bench.time.run(1_000);
        assertThat(client.chunks)
                .containsExactlyElementsOf(IntStream.range(0, 10).boxed().toList());
        assertThat(client.messages)
                .containsExactly(new Said.Refused(
                        bench.share(), IntStream.range(10, 20).boxed().toList(), RefusalReason.NOT_HAD));
    }

    @Test
    void tooLongAListIsCutOff() {
        Bench bench = new Bench(33, 1_200);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 10_000;
        Client client = new Client(bench, seed);
        for (int from = 0; from < 1_200; from += 400) {
            client.want(
                    bench.manifest, IntStream.range(from, from + 400).boxed().toList());
        }
        bench.time.run(2_000);
        int refused = client.messages.stream()
                .filter(message -> message instanceof Said.Refused)
                .mapToInt(message -> ((Said.Refused) message).chunks().size())
                .sum();
        assertThat(refused).isBetween(100, 200);
    }

    @Test
    void whatIsTakenBackIsNotSent() {
        Bench bench = new Bench(34, 200);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 1_000;
        Client client = new Client(bench, seed);
        List<Integer> all = IntStream.range(0, 200).boxed().toList();
        client.want(bench.manifest, all);
        bench.time.run(20);
        client.connection.cancel(bench.share(), Said.blocks(bench.manifest, all));
        bench.time.run(200_000);
        assertThat(client.chunks).hasSizeLessThan(50);
        assertThat(client.messages).anyMatch(m -> m instanceof Said.Refused r && r.reason() == RefusalReason.CANCELLED);
    }

    @Test
    void aPartOfAChunkCanBeAskedForAndOneBehindItsEndIsNotThere() {
        Bench bench = new Bench(38, 4);
        Client client = new Client(bench, bench.seed());
        int length = bench.manifest.chunkLength(2);
        client.connection.request(bench.share(), List.of(new Block(2, 1_000, 16_384), new Block(2, length, 1)));
        bench.time.run(100);
        assertThat(client.blocks).singleElement().satisfies(block -> {
            assertThat(block.offset()).isEqualTo(1_000);
            int from = 2 * Bench.CHUNK_BYTES + 1_000;
            assertThat(block.data()).isEqualTo(ByteBuffer.wrap(bench.bytes, from, 16_384));
        });
        assertThat(client.messages).containsExactly(new Said.Refused(bench.share(), List.of(2), RefusalReason.NOT_HAD));
    }

    @Test
    void aShareThatIsNotServedAnyMoreIsRejectedWhole() {
        Bench bench = new Bench(35, 4);
        Bench.Peer seed = bench.seed();
        Client client = new Client(bench, seed);
        assertThat(seed.swarm.stopServing(bench.share())).isPresent();
        client.connection.requestManifest(bench.share(), 0);
        client.want(bench.manifest, List.of(1));
        bench.time.run(100);
        assertThat(client.messages)
                .containsExactly(
                        new Said.Refused(bench.share(), List.of(), RefusalReason.NOT_SHARED),
                        new Said.Refused(bench.share(), List.of(1), RefusalReason.NOT_SHARED));
    }

    @Test
    void aSessionOnWhichNothingMovesIsClosed() {
        Bench bench = new Bench(36, 4);
        Bench.Peer seed = bench.seed();
        Client client = new Client(bench, seed);
        bench.time.run(SwarmLimits.DEFAULT.idleMillis() + 1_000);
        assertThat(client.closed).isTrue();
        assertThat(seed.swarm.statistics().sessions()).isEmpty();
    }
}
