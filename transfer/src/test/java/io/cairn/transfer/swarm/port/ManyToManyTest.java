package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Seeds and fetchers on equal links, in virtual time: how close the swarm comes to what the links allow, and which peers it can do without.
 */
final class ManyToManyTest {
    private static final int SCALE = 16;
    private static final int CHUNKS = 1_024;
    private static final int CHUNK_BYTES = 256 * 1024 / SCALE;
    private static final int BYTES_PER_MILLI = 12_500 / SCALE; // 100 Mbit/s

    @Test
    void oneSeedToEight() {
        Bench bench = new Bench(81, CHUNKS, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = peer(bench.seed());
        List<Bench.Peer> fetchers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            fetchers.add(peer(bench.peer()));
        }
        for (Bench.Peer fetcher : fetchers) {
            bench.introduce(fetcher, seed);
            fetcher.fetch();
        }
        long start = bench.time.monotonicMillis();
        fetchers.forEach(fetcher -> fetcher.outcome(FetchOutcome.Completed.class));
        double bound = (double) bench.bytes.length / BYTES_PER_MILLI;
        double time = (bench.time.monotonicMillis() - start) / bound;
        double upload = (double) seed.end.sentBytes / bench.bytes.length;
        assertThat(time).isLessThan(1.15);
        assertThat(upload).isLessThan(1.15);
        long messages =
                fetchers.stream().mapToLong(fetcher -> fetcher.end.sentMessages).sum();
        assertThat((double) messages / (fetchers.size() * CHUNKS))
                .as("messages a chunk, each with a signature: to ask for it, and to tell seven others of it")
                .isLessThan(2.5);
    }

    @Test
    void theManifestComesAlsoWhereOneOfItsPartsTakesLongerThanAPeerMayBeSilent() {
        Bench bench = new Bench(87, CHUNKS, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = bench.manifest.toBytes().length / (3 * SwarmLimits.DEFAULT.silentMillis());
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, seed);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunkCount() == CHUNKS, 10_000))
                .isTrue();
    }

    @Test
    void oneSeedSendsEachChunkAboutOnceAlsoWhereEverybodyKnowsEverybodyFromTheStart() {
        Bench bench = new Bench(82, 256, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = peer(bench.seed());
        List<Bench.Peer> fetchers = List.of(peer(bench.peer()), peer(bench.peer()), peer(bench.peer()));
        for (Bench.Peer fetcher : fetchers) {
            bench.introduce(fetcher, seed);
            fetchers.stream().filter(other -> other != fetcher).forEach(other -> bench.introduce(fetcher, other));
            fetcher.fetch();
        }
        fetchers.forEach(fetcher -> fetcher.outcome(FetchOutcome.Completed.class));
        assertThat((double) seed.end.sentBytes / bench.bytes.length).isLessThan(1.15);
        for (Bench.Peer fetcher : fetchers) {
            assertThat((double) fetcher.end.receivedBytes / bench.bytes.length)
                    .as("bytes that came, over those that were needed")
                    .isLessThan(1.05);
        }
    }

    @Test
    void threeSeedsOfWhichOneIsKilledAndOneFreezes() {
        Bench bench = new Bench(83, 1_024, CHUNK_BYTES, Bench.scaled(SCALE));
        List<Bench.Peer> seeds = List.of(peer(bench.seed()), peer(bench.seed()), peer(bench.seed()));
        Bench.Peer fetcher = peer(bench.peer());
        bench.introduce(fetcher, seeds.get(0), seeds.get(1), seeds.get(2));
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 300, 60_000))
                .isTrue();
        seeds.get(0).swarm.close();
        seeds.get(1).end.vanish();
        assertThat(longestPauseMillis(bench, fetch)).isLessThan(1_000);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void thePeerThatOwesTheLastChunksFreezes() {
        Bench bench = new Bench(84, 64, CHUNK_BYTES, Bench.scaled(SCALE));
        List<Bench.Peer> seeds = List.of(peer(bench.seed()), peer(bench.seed()));
        Bench.Peer fetcher = peer(bench.peer());
        bench.introduce(fetcher, seeds.get(0), seeds.get(1));
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 55, 60_000))
                .isTrue();
        seeds.get(1).end.vanish();
        assertThat(longestPauseMillis(bench, fetch)).isLessThan(3_000);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void aSeedThatComesLateHelpsWithinASecond() {
        Bench bench = new Bench(85, 1_024, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = peer(bench.seed());
        Bench.Peer fetcher = peer(bench.peer());
        bench.introduce(fetcher, seed);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 300, 60_000))
                .isTrue();
        Bench.Peer late = peer(bench.seed());
        bench.introduce(fetcher, late);
        assertThat(bench.time.runUntil(() -> late.swarm.uploadedBytes(bench.share()) > 0, 1_000))
                .isTrue();
    }

    @Test
    void aFetcherThatComesLateIsKnownToAllAtOnceAndServesThem() {
        Bench bench = new Bench(86, 256, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = peer(bench.seed());
        List<Bench.Peer> fetchers = List.of(peer(bench.peer()), peer(bench.peer()));
        for (Bench.Peer fetcher : fetchers) {
            bench.introduce(fetcher, seed);
            fetcher.fetch();
        }
        bench.time.run(2_000);
        Bench.Peer late = peer(bench.peer());
        bench.introduce(late, seed);
        late.fetch();
        assertThat(bench.time.runUntil(() -> late.swarm.uploadedBytes(bench.share()) > 0, 1_000))
                .isTrue();
        assertThat(late.swarm.statistics().sessions()).hasSize(3);
    }

    @Test
    void whoStillReadsTheManifestHearsWhatTheOtherGetsMeanwhile() {
        Bench bench = new Bench(91, CHUNKS, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer seed = peer(bench.seed());
        Bench.Peer first = peer(bench.peer());
        bench.introduce(first, seed);
        SwarmFetch early = first.fetch();
        assertThat(bench.time.runUntil(() -> early.progress().chunks() > 100, 60_000))
                .isTrue();
        first.end.bytesPerMilli = bench.manifest.toBytes().length / 500;
        Bench.Peer late = peer(bench.peer());
        bench.introduce(late, first);
        SwarmFetch fetch = late.fetch();
        bench.time.run(400);
        assertThat(fetch.progress().chunkCount()).isZero();
        seed.end.vanish();
        first.end.bytesPerMilli = BYTES_PER_MILLI;
        bench.time.run(8_000);
        assertThat(fetch.progress().chunks()).isEqualTo(early.progress().chunks());
    }

    @Test
    void whoServesFromElsewhereGoesOnWithoutAPause() {
        Bench bench = new Bench(88, 256, CHUNK_BYTES, Bench.scaled(SCALE));
        Bench.Peer first = peer(bench.seed());
        Bench.Peer fetcher = peer(bench.peer());
        bench.introduce(fetcher, first);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 100, 60_000))
                .isTrue();
        long uploaded = first.swarm.uploadedBytes(bench.share());
        MemoryContent former = first.content();
        first.serve(MemoryContent.whole(bench.manifest, bench.bytes));
        former.change();
        assertThat(longestPauseMillis(bench, fetch)).isLessThan(200);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.listener.events).noneMatch(event -> event.startsWith("DROPPED") || event.startsWith("LOST"));
        assertThat(first.changes).as("nothing is read from where it was").isEmpty();
        assertThat(first.swarm.uploadedBytes(bench.share())).isGreaterThan(uploaded);
    }

    @Test
    void whatIsThereWhereAShareIsServedFromNowIsToldAtOnce() {
        Bench bench = new Bench(89, 256, CHUNK_BYTES, Bench.scaled(SCALE));
        BitSet half = new BitSet();
        half.set(0, 128);
        Bench.Peer growing = peer(bench.peer());
        growing.serve(MemoryContent.part(bench.manifest, bench.bytes, half));
        Bench.Peer fetcher = peer(bench.peer());
        bench.introduce(fetcher, growing);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() == 128, 60_000))
                .isTrue();
        growing.serve(MemoryContent.whole(bench.manifest, bench.bytes));
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 128, 500))
                .isTrue();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    private static Bench.Peer peer(Bench.Peer peer) {
        peer.end.bytesPerMilli = BYTES_PER_MILLI;
        return peer;
    }

    private static long longestPauseMillis(Bench bench, SwarmFetch fetch) {
        long longest = 0;
        while (fetch.progress().stage() != FetchProgress.Stage.ENDED) {
            int chunks = fetch.progress().chunks();
            long since = bench.time.monotonicMillis();
            boolean goesOn = bench.time.runUntil(
                    () -> fetch.progress().chunks() > chunks || fetch.progress().stage() == FetchProgress.Stage.ENDED,
                    60_000);
            assertThat(goesOn).isTrue();
            longest = Math.max(longest, bench.time.monotonicMillis() - since);
        }
        return longest;
    }
}
