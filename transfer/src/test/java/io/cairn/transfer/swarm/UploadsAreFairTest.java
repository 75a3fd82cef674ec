package io.cairn.transfer.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.protocol.PeerMessage;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Serving several peers, and those who ask for too much or for what is not there. */
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
                .containsExactly(new PeerMessage.Reject(
                        bench.share(), IntStream.range(10, 20).boxed().toList(), PeerMessage.Reason.NOT_HAD));
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
                .filter(message -> message instanceof PeerMessage.Reject)
                .mapToInt(message -> ((PeerMessage.Reject) message).chunks().size())
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
        client.connection.send(new PeerMessage.Cancel(bench.share(), all));
        bench.time.run(200_000);
        assertThat(client.chunks).hasSizeLessThan(50);
        assertThat(client.messages)
                .anyMatch(m -> m instanceof PeerMessage.Reject r && r.reason() == PeerMessage.Reason.CANCELLED);
    }

    @Test
    void aShareThatIsNotServedAnyMoreIsRejectedWhole() {
        Bench bench = new Bench(35, 4);
        Bench.Peer seed = bench.seed();
        Client client = new Client(bench, seed);
        assertThat(seed.swarm.stopServing(bench.share())).isPresent();
        client.connection.send(new PeerMessage.ManifestRequest(bench.share(), 0));
        client.want(bench.manifest, List.of(1));
        bench.time.run(100);
        assertThat(client.messages)
                .containsExactly(
                        new PeerMessage.Reject(bench.share(), List.of(), PeerMessage.Reason.NOT_SHARED),
                        new PeerMessage.Reject(bench.share(), List.of(1), PeerMessage.Reason.NOT_SHARED));
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
