package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fetches from peers that lie, die or change their files. */
final class FetchSurvivesBadPeersTest {
    @Test
    void aLiarBesideTwoHonestPeersIsFoundOutAndBanned() {
        Bench bench = new Bench(11, 100);
        Bench.Peer one = bench.seed();
        Bench.Peer two = bench.seed();
        Bench.Peer liar = bench.seed();
        liar.content().lieAbout(chunk -> true);
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, liar, one, two);
        fetcher.fetch();

        FetchOutcome.Completed completed = fetcher.outcome(FetchOutcome.Completed.class);

        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(completed.badChunks()).isGreaterThanOrEqualTo(3);
        assertThat(fetcher.listener.badChunks).hasSizeGreaterThanOrEqualTo(3);
        assertThat(completed.peers()).noneMatch(peer -> peer.peer().equals(PeerId.of(liar.identity.nodeId())));
        assertThat(fetcher.swarm.statistics().sessions())
                .noneMatch(session -> session.peer().equals(PeerId.of(liar.identity.nodeId())));
    }

    @Test
    void onlyALiarMeansCorrupt() {
        Bench bench = new Bench(12, 20);
        Bench.Peer liar = bench.seed();
        liar.content().lieAbout(chunk -> true);
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, liar);
        fetcher.fetch();
        FetchOutcome.Corrupt corrupt = fetcher.outcome(FetchOutcome.Corrupt.class);
        assertThat(corrupt.badChunks()).isNotEmpty();
        assertThat(corrupt.liars())
                .extracting(FetchOutcome.PeerTrouble::peer)
                .containsExactly(PeerId.of(liar.identity.nodeId()));
    }

    @Test
    void aLiarWithASingleChunkIsCaughtToo() {
        Bench bench = new Bench(13, 1);
        Bench.Peer liar = bench.seed();
        liar.content().lieAbout(chunk -> true);
        Bench.Peer fetcher = bench.peer();
        fetcher.fetch(liar.end.endpoint());
        assertThat(fetcher.outcome(FetchOutcome.Corrupt.class).badChunks()).containsExactly(0);
        assertThat(fetcher.listener.badChunks).containsExactly(0, 0, 0);
    }

    @Test
    void onlyOneFalseChunkAmongManyIsTakenFromAnother() {
        Bench bench = new Bench(14, 30);
        Bench.Peer liar = bench.seed();
        liar.content().lieAbout(chunk -> chunk == 7);
        Bench.Peer honest = bench.seed();
        honest.end.bytesPerMilli = 3_000;
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, liar, honest);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.listener.badChunks.size()).isLessThanOrEqualTo(1);
    }

    @Test
    void aPeerWhoseManifestIsFalseIsDroppedForAnother() {
        Bench bench = new Bench(15, 6);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        Bench.Peer liar = bench.peer();
        liar.end.accept(connection -> connection.receive(new FalseManifest(connection, bench.manifest)));
        fetcher.fetch(liar.end.endpoint());
        bench.time.run(500);
        bench.introduce(fetcher, seed);
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.listener.events).anyMatch(event -> event.contains("false manifest"));
    }

    @Test
    void onlyAFalseManifestMeansCorrupt() {
        Bench bench = new Bench(16, 6);
        Bench.Peer fetcher = bench.peer();
        Bench.Peer liar = bench.peer();
        liar.end.accept(connection -> connection.receive(new FalseManifest(connection, bench.manifest)));
        fetcher.fetch(liar.end.endpoint());
        FetchOutcome.Corrupt corrupt = fetcher.outcome(FetchOutcome.Corrupt.class);
        assertThat(corrupt.badChunks()).isEmpty();
        assertThat(corrupt.liars()).hasSize(1);
    }

    @Test
    void aPeerThatVanishesInTheMiddleIsReplaced() {
        Bench bench = new Bench(17, 100);
        Bench.Peer dying = bench.seed();
        dying.end.bytesPerMilli = 5_000;
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 5_000;
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, dying, seed);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 20, 10_000))
                .isTrue();
        dying.end.vanish();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void aPeerThatClosesInTheMiddleIsReplacedAtOnce() {
        Bench bench = new Bench(18, 100);
        Bench.Peer leaving = bench.seed();
        leaving.end.bytesPerMilli = 5_000;
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 5_000;
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, leaving, seed);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 20, 10_000))
                .isTrue();
        leaving.swarm.close();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(bench.time.monotonicMillis()).isLessThan(10_000);
    }

    @Test
    void theOnlyPeerVanishingMeansStalled() {
        Bench bench = new Bench(19, 100);
        Bench.Peer dying = bench.seed();
        dying.end.bytesPerMilli = 5_000;
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, dying);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 20, 10_000))
                .isTrue();
        dying.end.vanish();
        long vanishedMillis = bench.time.monotonicMillis();
        FetchOutcome.Stalled stalled = fetcher.outcome(FetchOutcome.Stalled.class);
        assertThat(stalled.chunks()).isGreaterThan(20);
        assertThat(bench.time.monotonicMillis() - vanishedMillis).isBetween(29_000L, 32_000L);
    }

    @Test
    void aPeerWhoseFileChangedWithdrawsItAndTheFetchGoesOnElsewhere() {
        Bench bench = new Bench(20, 100);
        Bench.Peer changing = bench.seed();
        changing.end.bytesPerMilli = 5_000;
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 5_000;
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, changing, seed);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 20, 10_000))
                .isTrue();
        changing.content().change();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(changing.changes).hasSize(1);
        assertThat(changing.swarm.stopServing(bench.share())).isEmpty();
        assertThat(fetcher.listener.events).anyMatch(event -> event.contains("changed its file"));
    }

    @Test
    void nobodyMeansNoProviderAfterTenSeconds() {
        Bench bench = new Bench(21, 4);
        Bench.Peer fetcher = bench.peer();
        Bench.Peer gone = bench.peer();
        gone.swarm.close();
        bench.introduce(fetcher, gone);
        fetcher.fetch();
        FetchOutcome.NoProvider none = fetcher.outcome(FetchOutcome.NoProvider.class);
        assertThat(bench.time.monotonicMillis()).isBetween(10_000L, 11_000L);
        assertThat(none.peers()).singleElement().matches(peer -> peer.reason().contains("does not listen"));
        assertThat(none.search()).isNotNull();
        assertThat(fetcher.dht.searches()).isGreaterThan(1);
    }

    @Test
    void aPeerThatDoesNotShareItAnyMoreIsNoProvider() {
        Bench bench = new Bench(22, 4);
        Bench.Peer fetcher = bench.peer();
        Bench.Peer other = bench.peer();
        bench.introduce(fetcher, other);
        fetcher.fetch();
        FetchOutcome.NoProvider none = fetcher.outcome(FetchOutcome.NoProvider.class);
        assertThat(none.peers()).singleElement().matches(peer -> peer.reason().contains("does not share"));
    }

    @Test
    void aFullDiskEndsTheFetch() {
        Bench bench = new Bench(23, 10);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        MemoryContent target = MemoryContent.empty(bench.manifest);
        target.fill();
        fetcher.fetchInto(target, seed.end.endpoint());
        assertThat(fetcher.outcome(FetchOutcome.StorageFailed.class).failure()).hasMessageContaining("No space");
    }

    @Test
    void bytesThatAreNoManifestEndTheFetch() {
        Bench bench = new Bench(24, 2);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        Swarm picky = new Swarm(
                fetcher.dht,
                bench.time,
                bench.time,
                new java.util.Random(1),
                fetcher.end,
                encoded -> {
                    throw new java.io.IOException("a path leads outside");
                },
                SwarmLimits.DEFAULT,
                (share, failure) -> {});
        SwarmFetch fetch = picky.fetch(
                bench.share(),
                List.of(seed.end.endpoint()),
                m -> MemoryContent.empty(m),
                FetchPlan.WHOLE,
                fetcher.listener);
        assertThat(fetcher.listener.of(fetch).manifest()).isNull();
        assertThat(fetcher.outcome(FetchOutcome.InvalidManifest.class).reason()).contains("outside");
    }

    @Test
    void stoppingKeepsWhatIsVerified() {
        Bench bench = new Bench(25, 100);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 5_000;
        Bench.Peer fetcher = bench.peer();
        SwarmFetch fetch = fetcher.fetch(seed.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 20, 10_000))
                .isTrue();
        fetch.stop();
        fetcher.outcome(FetchOutcome.Stopped.class);
        assertThat(fetcher.content().have().size()).isGreaterThan(20);
        assertThat(fetcher.swarm.fetches()).isEmpty();
    }
}
