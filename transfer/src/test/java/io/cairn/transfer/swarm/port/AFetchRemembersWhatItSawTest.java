package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** What a fetch can say about itself while it runs and after its end. */
final class AFetchRemembersWhatItSawTest {
    private static final Endpoint NOBODY = Endpoint.parse("10.0.0.1:9");

    @Test
    void eachAddressDialledWhyItWasAndHowThatEnded() {
        Bench bench = new Bench(71, 8);
        Bench.Peer seed = bench.seed();
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, seed);
        SwarmFetch fetch = fetcher.fetch(NOBODY);
        fetcher.outcome(FetchOutcome.Completed.class);

        FetchFacts facts = fetch.facts();
        assertThat(facts.providers())
                .singleElement()
                .satisfies(provider -> assertThat(provider.id()).isEqualTo(seed.identity.nodeId()));
        assertThat(facts.dials())
                .anySatisfy(dial -> {
                    assertThat(dial.endpoint()).isEqualTo(NOBODY);
                    assertThat(dial.origin()).isEqualTo(FetchFacts.Origin.LINK);
                    assertThat(dial.failure()).isNotNull();
                })
                .anySatisfy(dial -> {
                    assertThat(dial.endpoint()).isEqualTo(seed.end.endpoint());
                    assertThat(dial.origin()).isEqualTo(FetchFacts.Origin.RECORD);
                    assertThat(dial.isUnderWay()).isFalse();
                    assertThat(dial.failure()).isNull();
                });
        assertThat(facts.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.delivered()).isEqualTo(8);
            assertThat(peer.chunks()).isEqualTo(8);
            assertThat(peer.bad()).isZero();
        });
        assertThat(facts.missing().chunks()).isZero();
    }

    @Test
    void theChunksThatAreWithNobodyAndWhoHasTheOthers() {
        Bench bench = new Bench(72, 10);
        BitSet half = new BitSet();
        half.set(0, 5);
        Bench.Peer partial = bench.peer();
        partial.serve(MemoryContent.part(bench.manifest, bench.bytes, half));
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, partial);
        SwarmFetch fetch = fetcher.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() == 5, 20_000))
                .isTrue();
        bench.time.run(3_000);

        FetchFacts facts = fetch.facts();
        assertThat(facts.missing().chunks()).isEqualTo(5);
        assertThat(facts.missing().withNobody()).containsExactly(5, 6, 7, 8, 9);
        assertThat(facts.missing().quietMillis()).isGreaterThanOrEqualTo(2_000);
        assertThat(facts.peers()).singleElement().satisfies(peer -> {
            assertThat(peer.isConnected()).isTrue();
            assertThat(peer.chunks()).isEqualTo(5);
        });
    }

    @Test
    void aPeerIsSilentOnlySinceItIsConnected() {
        Bench bench = new Bench(76, 8);
        Bench.Peer fetcher = bench.peer();
        SwarmFetch fetch = fetcher.fetch();
        bench.time.run(3_000);
        assertThat(fetch.facts().missing().quietMillis()).isGreaterThanOrEqualTo(3_000);
        Client silent = new Client(bench, fetcher);
        bench.time.run(500);
        assertThat(silent.closed).isFalse();
        assertThat(fetch.facts().peers()).singleElement().matches(FetchFacts.PeerSeen::isConnected);
        assertThat(fetch.facts().missing().quietMillis()).isBetween(400L, 600L);
    }

    @Test
    void theWrongChunksOfEachPeerAndItsBan() {
        Bench bench = new Bench(73, 20);
        Bench.Peer liar = bench.seed();
        liar.content().lieAbout(chunk -> true);
        Bench.Peer fetcher = bench.peer();
        bench.introduce(fetcher, liar);
        SwarmFetch fetch = fetcher.fetch();
        fetcher.outcome(FetchOutcome.Corrupt.class);

        assertThat(fetch.facts().peers()).singleElement().satisfies(peer -> {
            assertThat(peer.bad()).isEqualTo(3);
            assertThat(peer.isBanned()).isTrue();
            assertThat(peer.isConnected()).isFalse();
            assertThat(peer.chunks()).isEqualTo(20);
        });
    }

    @Test
    void aFetchWaitsAsLongAsItWasTold() {
        Bench bench = new Bench(74, 8);
        Bench.Peer fetcher = bench.peer();
        FetchPlan.Patience patience = new FetchPlan.Patience(2_000, 4_000);
        FetchPlan plan = new FetchPlan(FetchPlan.WHOLE.wanted(), false, patience);
        long beganMillis = bench.time.monotonicMillis();
        fetcher.fetchInto(MemoryContent.empty(bench.manifest), plan, NOBODY);
        fetcher.outcome(FetchOutcome.NoProvider.class);
        assertThat(bench.time.monotonicMillis() - beganMillis).isBetween(2_000L, 2_500L);

        BitSet half = new BitSet();
        half.set(0, 4);
        Bench.Peer partial = bench.peer();
        partial.serve(MemoryContent.part(bench.manifest, bench.bytes, half));
        Bench.Peer other = bench.peer();
        bench.introduce(other, partial);
        other.fetchInto(MemoryContent.empty(bench.manifest), plan);
        FetchOutcome.Stalled stalled = other.outcome(FetchOutcome.Stalled.class);
        assertThat(stalled.quietMillis()).isBetween(4_000L, 4_500L);
    }

    @Test
    void onlyTheLatestDialsAreRemembered() {
        Bench bench = new Bench(75, 8);
        Bench.Peer fetcher = bench.peer();
        Endpoint[] hints = new Endpoint[2 * SwarmLimits.REMEMBERED_MAX];
        for (int i = 0; i < hints.length; i++) {
            hints[i] = Endpoint.parse("10.0.1." + (i % 250 + 1) + ":" + (100 + i));
        }
        SwarmFetch fetch = fetcher.fetch(hints);
        fetcher.outcome(FetchOutcome.NoProvider.class);
        assertThat(fetch.facts().dials()).hasSize(SwarmLimits.REMEMBERED_MAX);
    }
}
