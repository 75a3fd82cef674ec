package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Provider;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invented records, peer lists and identities: other machines are left alone, and the real provider is found among them. */
final class StrangersNameOtherMachinesTest {
    private static final Endpoint VICTIM = Endpoint.parse("192.0.2.77:443");

    @Test
    void aVictimIsDialledAFewTimesHoweverManyRecordsNameIt() {
        Bench bench = new Bench(41, 4);
        Bench.Peer fetcher = bench.peer();
        for (int i = 0; i < 200; i++) {
            invent(bench, fetcher, Endpoint.parse("192.0.2.77:" + (1 + i)));
        }
        for (int i = 0; i < 6; i++) {
            fetcher.fetch();
            fetcher.outcome(FetchOutcome.NoProvider.class);
            fetcher.listener.outcome = null;
        }
        assertThat(bench.network.dialsOf(VICTIM.address())).isNotEmpty().hasSizeLessThan(20);
    }

    @Test
    void oneEndpointIsDialledAtGrowingIntervalsByAllFetchesTogether() {
        Bench bench = new Bench(42, 4);
        Bench.Peer fetcher = bench.peer();
        invent(bench, fetcher, VICTIM);
        for (int i = 0; i < 6; i++) {
            fetcher.fetch();
            FetchOutcome.NoProvider none = fetcher.outcome(FetchOutcome.NoProvider.class);
            assertThat(none.peers())
                    .extracting(FetchOutcome.PeerTrouble::reason)
                    .containsExactly("does not listen");
            assertThat(none.peers())
                    .as("also where it is not dialled again yet")
                    .extracting(FetchOutcome.PeerTrouble::dial)
                    .containsExactly(DialFailure.Kind.REFUSED);
            fetcher.listener.outcome = null;
        }
        assertThat(bench.network.dialsOf(VICTIM.address())).hasSizeBetween(4, 6);
    }

    @Test
    void whoIsHeardIsReachedBesideMoreInventionsThanThereArePlaces() {
        Bench bench = new Bench(43, 4);
        Bench.Peer fetcher = bench.peer();
        for (int i = 0; i < 600; i++) {
            Endpoint silent = Endpoint.parse("198.51." + (i / 250) + "." + (1 + i % 250) + ":443");
            bench.network.silence(silent.address());
            invent(bench, fetcher, silent);
        }
        Bench.Peer seed = bench.seed();
        fetcher.dht.contactAppears(new Contact(seed.identity.nodeId(), seed.end.endpoint()));
        bench.introduce(fetcher, seed);
        fetcher.fetch();
        assertThat(bench.time.runUntil(() -> seed.end.dialsReceived > 0, 1_000)).isTrue();
        fetcher.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void placesAreNotTakenForGoodByWhoCameFirst() {
        Bench bench = new Bench(44, 4);
        Bench.Peer fetcher = bench.peer();
        for (int i = 0; i < 1_100; i++) {
            invent(bench, fetcher, Endpoint.parse("198.51." + (i / 250) + "." + (1 + i % 250) + ":443"));
        }
        Bench.Peer seed = bench.seed();
        bench.introduce(fetcher, seed);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void portsOfTheProvidersOwnAddressDoNotKeepFromIt() {
        Bench bench = new Bench(45, 4);
        Bench.Peer fetcher = bench.peer();
        for (int port = 1; port <= 100; port++) {
            invent(bench, fetcher, Endpoint.parse("10.0.0.1:" + port));
        }
        Bench.Peer seed = bench.seed();
        fetcher.dht.contactAppears(new Contact(seed.identity.nodeId(), seed.end.endpoint()));
        bench.introduce(fetcher, seed);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void identitiesThatClaimEverythingAndBringNothingDoNotKeepOthersOut() {
        Bench bench = new Bench(47, 4);
        Bench.Peer fetcher = bench.peer();
        BitSet all = new BitSet();
        all.set(0, 4);
        for (int i = 0; i < 60; i++) {
            Identity idler = Identity.generate(bench.random);
            MemoryNetwork.Node node =
                    bench.network.node(idler.nodeId(), Endpoint.parse("198.51.100." + (1 + i) + ":4747"));
            node.accept(connection -> {
                connection.receive(new Deaf());
                connection.offer(bench.share(), ChunkSet.of(all, 4));
            });
            fetcher.dht.add(bench.share(), new Provider(idler.publicKey(), List.of(node.endpoint()), Long.MAX_VALUE));
        }
        Bench.Peer seed = bench.seed();
        bench.introduce(fetcher, seed);
        fetcher.fetch();
        fetcher.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void aPeerFarAwayIsNotBelievedWhatItNamesNearby() {
        Bench bench = new Bench(46, 4);
        Bench.Peer fetcher = bench.peer();
        MemoryNetwork.Node far = bench.network.node(NodeId.random(bench.random), Endpoint.parse("203.0.113.9:4747"));
        List<PeerAddress> named = new ArrayList<>();
        for (String text :
                List.of("127.0.0.1:22", "169.254.169.254:80", "10.1.2.3:22", "[fd00::9]:22", "192.0.2.77:443")) {
            named.add(new PeerAddress(PeerId.of(NodeId.random(bench.random)), Endpoint.parse(text)));
        }
        far.accept(connection -> {
            connection.receive(new Deaf());
            connection.offer(bench.share(), ChunkSet.of(new BitSet(), 4));
            connection.introduce(bench.share(), named);
        });
        fetcher.fetch(far.endpoint());
        fetcher.outcome(FetchOutcome.class);
        assertThat(named)
                .filteredOn(contact ->
                        !bench.network.dialsOf(contact.endpoint().address()).isEmpty())
                .extracting(PeerAddress::endpoint)
                .containsExactly(VICTIM);
    }

    /** Makes look-ups of a peer find a provider that does not exist. */
    private static void invent(Bench bench, Bench.Peer to, Endpoint endpoint) {
        to.dht.add(
                bench.share(),
                new Provider(Identity.generate(bench.random).publicKey(), List.of(endpoint), Long.MAX_VALUE));
    }

    /** Ignores all messages. */
    private static final class Deaf extends Said.Ear {
        @Override
        protected void said(Said what) {}
    }
}
