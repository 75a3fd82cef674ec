package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node that has just started checks the files of its shares before it serves them, which takes a while for many files. */
final class SharesThatAreComingAreWaitedForTest {
    private final Bench bench = new Bench(71, 4);
    private final Bench.Peer starting = bench.peer();
    private final Bench.Peer fetching = bench.peer();

    @BeforeEach
    void isStarting() {
        starting.swarm.coming(List.of(bench.share()));
        bench.introduce(fetching, starting);
    }

    @Test
    void aFetchGoesOnWhenTheShareIsServed() {
        fetching.fetch();
        bench.time.run(5_000);
        assertThat(fetching.listener.outcome).isNull();
        isServed();
        fetching.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void aFetchThatHasAPartGoesOnToo() {
        BitSet some = new BitSet();
        some.set(0, 2);
        Bench.Peer half = bench.peer();
        half.serve(MemoryContent.part(bench.manifest, bench.bytes, some));
        bench.introduce(fetching, half);
        SwarmFetch fetch = fetching.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() == 2, 10_000))
                .isTrue();
        bench.time.run(5_000);
        isServed();
        fetching.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void whatCannotBeServedIsToldToThoseWhoWait() {
        starting.swarm.coming(List.of(bench.share(), otherShare()));
        Client client = claim(otherShare());
        assertThat(client.messages).isEmpty();
        starting.swarm.comingNoMore(List.of(otherShare()));
        bench.time.run(100);
        assertThat(client.messages)
                .containsExactly(new Said.Refused(otherShare(), List.of(), RefusalReason.NOT_SHARED));
    }

    @Test
    void anyShareIsWaitedForUntilItIsKnownWhichAreComing() {
        starting.swarm.anyMayCome();
        Client client = claim(otherShare());
        assertThat(client.messages).isEmpty();
        starting.swarm.coming(List.of(bench.share()));
        bench.time.run(100);
        assertThat(client.messages)
                .containsExactly(new Said.Refused(otherShare(), List.of(), RefusalReason.NOT_SHARED));
    }

    @Test
    void whatIsComingStillIsWaitedForOn() {
        Client client = claim(bench.share());
        starting.swarm.comingNoMore(List.of(otherShare()));
        bench.time.run(100);
        assertThat(client.messages).isEmpty();
        isServed();
        bench.time.run(100);
        assertThat(client.messages).containsExactly(new Said.Offered(bench.share(), ChunkSet.all(4)));
    }

    @Test
    void chunksThatAreAskedForAreAskedForAgain() {
        Client client = new Client(bench, starting);
        client.want(bench.manifest, List.of(1));
        bench.time.run(100);
        assertThat(client.messages).containsExactly(new Said.Refused(bench.share(), List.of(1), RefusalReason.BUSY));
    }

    @Test
    void claimsTakeBoundedMemory() {
        Client client = new Client(bench, starting);
        for (int i = 0; i < 40; i++) {
            client.connection.offer(bench.share(), ChunkSet.none(1 << 20));
        }
        bench.time.run(1_000);
        assertThat(client.messages)
                .hasSize(33)
                .allMatch(new Said.Refused(bench.share(), List.of(), RefusalReason.BUSY)::equals);
    }

    @Test
    void aStallSaysThatThePeerIsNotReady() {
        fetching.fetch();
        FetchOutcome.Stalled stalled = fetching.outcome(FetchOutcome.Stalled.class);
        assertThat(stalled.peers())
                .singleElement()
                .satisfies(peer -> assertThat(peer.reason()).isEqualTo("does not have it ready yet"));
    }

    private Client claim(Key share) {
        Client client = new Client(bench, starting);
        client.connection.offer(share, ChunkSet.none(4));
        bench.time.run(100);
        return client;
    }

    private void isServed() {
        starting.serve(MemoryContent.whole(bench.manifest, bench.bytes));
        starting.swarm.comingNoMore(List.of(bench.share()));
    }

    private static Key otherShare() {
        return Key.ofContent(new byte[] {1});
    }
}
