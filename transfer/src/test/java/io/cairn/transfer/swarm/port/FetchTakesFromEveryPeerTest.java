package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.TestManifests;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Fetches among honest peers. */
final class FetchTakesFromEveryPeerTest {
    @Test
    void threeSeedsEachGiveAPart() {
        Bench bench = new Bench(1, 64);
        Bench.Peer one = bench.seed();
        Bench.Peer two = bench.seed();
        Bench.Peer three = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, one, two, three);
        SwarmFetch fetch = fetcher.fetch();

        FetchOutcome.Completed completed = fetcher.outcome(FetchOutcome.Completed.class);

        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(completed.badChunks()).isZero();
        assertThat(completed.peers())
                .extracting(FetchOutcome.Contribution::peer)
                .containsExactlyInAnyOrder(
                        PeerId.of(one.identity.nodeId()),
                        PeerId.of(two.identity.nodeId()),
                        PeerId.of(three.identity.nodeId()));
        assertThat(completed.peers().stream()
                        .mapToInt(FetchOutcome.Contribution::chunks)
                        .sum())
                .isEqualTo(64);
        assertThat(fetch.progress().verifiedBytes()).isEqualTo(bench.bytes.length);
        assertThat(fetcher.listener.events).contains("manifest", "verified 64");
    }

    @Test
    void aHintIsEnoughWithoutALookUp() {
        Bench bench = new Bench(2, 8);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        fetcher.fetch(seed.end.endpoint());
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void twoPeersWithHalfOfItEachMakeAWhole() {
        Bench bench = new Bench(3, 40);
        BitSet even = new BitSet();
        BitSet odd = new BitSet();
        for (int i = 0; i < 40; i++) {
            (i % 2 == 0 ? even : odd).set(i);
        }
        Bench.Peer one = bench.peer();
        one.serve(MemoryContent.part(bench.manifest, bench.bytes, even));
        Bench.Peer two = bench.peer();
        two.serve(MemoryContent.part(bench.manifest, bench.bytes, odd));
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, one, two);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void fetchersServeEachOtherWhatTheyHaveVerified() {
        Bench bench = new Bench(4, 60);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 2_000;
        List<Bench.Peer> fetchers = List.of(bench.peer(), bench.peer(), bench.peer());
        for (Bench.Peer fetcher : fetchers) {
            bench.introduce(fetcher, seed);
            fetchers.stream().filter(other -> other != fetcher).forEach(other -> bench.introduce(fetcher, other));
            fetcher.fetch();
        }
        fetchers.forEach(fetcher -> fetcher.outcome(FetchOutcome.Completed.class));
        fetchers.forEach(fetcher -> assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes));
        long given = seed.swarm.uploadedBytes(bench.share());
        assertThat(given).isLessThan(2L * bench.bytes.length);
        assertThat(fetchers).as("what the others lack stays in memory").allMatch(one -> one.end.chunksKept > 20);
    }

    @Test
    void whoFetchesAloneKeepsNothingInMemory() {
        Bench bench = new Bench(4, 60);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, seed);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(fetcher.end.chunksKept).isZero();
    }

    @Test
    void whatIsThereAlreadyIsNotFetchedAgain() {
        Bench bench = new Bench(5, 30);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        BitSet have = new BitSet();
        have.set(0, 20);
        fetcher.fetchInto(MemoryContent.part(bench.manifest, bench.bytes, have), seed.end.endpoint());
        FetchOutcome.Completed completed = fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.listener.resumedBytes).isEqualTo(20L * Bench.CHUNK_BYTES);
        assertThat(completed.peers().get(0).chunks()).isEqualTo(10);
    }

    @Test
    void aShareThatIsWholeAlreadyCompletesAtOnce() {
        Bench bench = new Bench(6, 3);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        fetcher.fetchInto(MemoryContent.whole(bench.manifest, bench.bytes), seed.end.endpoint());
        assertThat(fetcher.outcome(FetchOutcome.Completed.class).peers()).isEmpty();
    }

    @Test
    void aProviderThatAppearsLateIsFound() {
        Bench bench = new Bench(7, 8);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        fetcher.fetch();
        bench.time.run(4_000);
        bench.introduce(fetcher, seed);
        fetcher.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void onlyWantedChunksAreFetched() {
        Bench bench = new Bench(10, 30);
        Bench.Peer one = bench.seed();
        Bench.Peer two = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, one, two);
        BitSet have = new BitSet();
        have.set(0, 6);
        BitSet wanted = new BitSet();
        wanted.set(4, 11);
        FetchPlan plan = new FetchPlan(manifest -> ChunkSet.of(wanted, manifest.chunkCount()), false, null);
        SwarmFetch fetch = fetcher.fetchInto(MemoryContent.part(bench.manifest, bench.bytes, have), plan);
        fetcher.outcome(FetchOutcome.Completed.class);
        have.or(wanted);
        assertThat(fetcher.content().have().toBitSet()).isEqualTo(have);
        assertThat(fetcher.listener.resumedBytes).isEqualTo(2L * Bench.CHUNK_BYTES);
        assertThat(fetch.progress().verifiedBytes()).isEqualTo(7L * Bench.CHUNK_BYTES);
        assertThat(fetch.progress().totalBytes()).isEqualTo(7L * Bench.CHUNK_BYTES);
        assertThat(fetch.progress().chunkCount()).isEqualTo(7);
        assertThat(one.swarm.uploadedBytes(bench.share()) + two.swarm.uploadedBytes(bench.share()))
                .isEqualTo(5L * Bench.CHUNK_BYTES);
    }

    @Test
    void inSequenceTheBeginningIsThereFirst() {
        Bench bench = new Bench(11, 100);
        Bench.Peer seed = bench.seed();
        seed.end.bytesPerMilli = 2_000;
        Bench.Peer fetcher = bench.peer();
        fetcher.fetchInto(MemoryContent.empty(bench.manifest), FetchPlan.SEQUENTIAL, seed.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetcher.content().have().size() >= 40, 60_000))
                .isTrue();
        assertThat(fetcher.content().have().toBitSet().nextClearBit(0)).isGreaterThanOrEqualTo(39);
        fetcher.outcome(FetchOutcome.Completed.class);
        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void chunksThatNobodyHereHasComeFromAnotherShareWithTheSameBytes() {
        Bench bench = new Bench(12, 20);
        BitSet half = new BitSet();
        half.set(0, 10);
        Bench.Peer one = bench.peer();
        one.serve(MemoryContent.part(bench.manifest, bench.bytes, half));
        Bench.Peer other = bench.peer();
        byte[] otherBytes = new byte[12 * Bench.CHUNK_BYTES];
        bench.random.nextBytes(otherBytes);
        for (int chunk = 10; chunk < 19; chunk++) {
            System.arraycopy(
                    bench.bytes,
                    chunk * Bench.CHUNK_BYTES,
                    otherBytes,
                    (20 - chunk) * Bench.CHUNK_BYTES,
                    Bench.CHUNK_BYTES);
        }
        Manifest otherManifest = TestManifests.of("other.mkv", otherBytes, Bench.CHUNK_BYTES);
        other.serve(MemoryContent.whole(otherManifest, otherBytes));
        Bench.Peer third = bench.peer();
        byte[] lastBytes = Arrays.copyOfRange(bench.bytes, 19 * Bench.CHUNK_BYTES, bench.bytes.length);
        third.serve(MemoryContent.whole(TestManifests.of("tail", lastBytes, Bench.CHUNK_BYTES), lastBytes));
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, one);
        for (int chunk = 10; chunk < 19; chunk++) {
            fetcher.dht.add(bench.manifest.chunkKey(chunk), other.asProvider());
        }
        fetcher.dht.add(bench.manifest.chunkKey(19), third.asProvider());

        fetcher.fetch();
        FetchOutcome.Completed completed = fetcher.outcome(FetchOutcome.Completed.class);

        assertThat(fetcher.content().bytes()).isEqualTo(bench.bytes);
        assertThat(completed.peers().stream().map(FetchOutcome.Contribution::chunks))
                .containsExactly(10, 9, 1);
    }

    @Test
    void theManifestAloneCanBeFetched() {
        Bench bench = new Bench(8, 8);
        Bench.Peer seed = bench.seed();
        Bench.Peer asker = bench.peer();
        SwarmFetch fetch = asker.listener.of(
                asker.swarm.fetchManifest(bench.share(), List.of(seed.end.endpoint()), asker.listener));
        asker.outcome(FetchOutcome.Completed.class);
        assertThat(fetch.manifest()).isEqualTo(bench.manifest);
        assertThat(seed.swarm.uploadedBytes(bench.share())).isZero();
    }

    @Test
    void peersThatDialEachOtherAtOnceKeepOneSession() {
        Bench bench = new Bench(9, 40);
        Bench.Peer seed = bench.seed();
        Bench.Peer one = bench.peer();
        Bench.Peer two = bench.peer();
        bench.introduce(one, seed, two);
        bench.introduce(two, seed, one);
        one.fetch();
        two.fetch();
        one.outcome(FetchOutcome.Completed.class);
        two.outcome(FetchOutcome.Completed.class);
        bench.time.run(50);
        assertThat(one.swarm.statistics().sessions()).hasSize(2);
        assertThat(two.swarm.statistics().sessions()).hasSize(2);
    }
}
