package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A session that has not proven the secret of a share is answered as for a share that is unknown; one that has is served. */
final class SharesForSomeAreServedToThemAloneTest {
    private static final Key UNKNOWN = Key.fromHex("00000000000000000000000000000000000000aa");

    private final Bench bench = new Bench(81, 40);
    private final ShareSecret secret = ShareSecret.random(bench.random);
    private final ShareSecret other = ShareSecret.random(bench.random);
    private final Bench.Peer sharer = bench.peer();

    @BeforeEach
    void shares() {
        sharer.swarm.restrict(bench.share(), secret);
        sharer.serve(MemoryContent.whole(bench.manifest, bench.bytes));
    }

    @Test
    void aSessionWithoutProofHearsWhatItHearsOfAnUnknownShare() {
        Client outsider = new Client(bench, sharer);
        byte[] wrong = other.proof(bench.share(), outsider.self.identity.nodeId(), sharer.identity.nodeId());
        List<Said> ofUnknown = said(outsider, UNKNOWN, wrong);
        List<Said> ofShare = said(outsider, bench.share(), wrong);
        assertThat(ofShare)
                .hasSize(5)
                .extracting(what -> what.toString().replace(bench.share().toHex(), "HASH"))
                .containsExactlyElementsOf(ofUnknown.stream()
                        .map(what -> what.toString().replace(UNKNOWN.toHex(), "HASH"))
                        .toList());
        assertThat(sharer.swarm.proofsRefused()).isEqualTo(2);
    }

    private List<Said> said(Client outsider, Key share, byte[] proof) {
        outsider.messages.clear();
        outsider.connection.requestManifest(share, 0);
        outsider.connection.offer(share, ChunkSet.none(bench.manifest.chunkCount()));
        outsider.connection.offerMore(share, List.of(1));
        outsider.connection.request(share, Said.blocks(bench.manifest, List.of(0, 1)));
        outsider.connection.cancel(share, Said.blocks(bench.manifest, List.of(0)));
        outsider.connection.locate(List.of(share.equals(UNKNOWN) ? UNKNOWN : bench.manifest.chunkKey(0)));
        outsider.connection.prove(share, proof);
        bench.time.run(100);
        return List.copyOf(outsider.messages);
    }

    @Test
    void aProofIsOfNoUseToAnotherNode() {
        Client thief = new Client(bench, sharer);
        Bench.Peer member = bench.peer();
        thief.connection.prove(
                bench.share(), secret.proof(bench.share(), member.identity.nodeId(), sharer.identity.nodeId()));
        thief.connection.requestManifest(bench.share(), 0);
        bench.time.run(100);
        assertThat(thief.messages).containsOnly(new Said.Refused(bench.share(), List.of(), RefusalReason.NOT_SHARED));
    }

    @Test
    void aMemberFetchesIt() {
        Bench.Peer member = member();
        member.fetch();
        member.outcome(FetchOutcome.Completed.class);
        assertThat(member.content().bytes()).isEqualTo(bench.bytes);
    }

    @Test
    void withoutTheSecretItIsNotFetched() {
        Bench.Peer outsider = bench.peer();
        outsider.fetch(sharer.end.endpoint());
        outsider.outcome(FetchOutcome.NoProvider.class);
    }

    @Test
    void theProofIsTheFirstThatIsSaidOfIt() {
        ListeningPeer listening = new ListeningPeer();
        Bench.Peer member = bench.peer();
        member.swarm.restrict(bench.share(), secret);
        member.fetch(listening.end.endpoint());
        bench.time.run(1_000);
        assertThat(listening.heard)
                .startsWith(
                        new Said.Proven(
                                bench.share(),
                                Hex.encodeHexString(secret.proof(
                                        bench.share(), member.identity.nodeId(), listening.identity.nodeId()))),
                        new Said.ManifestRequested(bench.share(), 0));
    }

    @Test
    void aFetchSpeaksOfItToNobodyElse() {
        Bench.Peer member = member();
        Client bystander = new Client(bench, member);
        member.fetch();
        member.outcome(FetchOutcome.Completed.class);
        assertThat(bystander.messages).isEmpty();
        bystander.connection.offer(bench.share(), ChunkSet.none(bench.manifest.chunkCount()));
        bystander.want(bench.manifest, List.of(0));
        bench.time.run(100);
        assertThat(bystander.messages)
                .containsExactly(
                        new Said.Refused(bench.share(), List.of(), RefusalReason.NOT_SHARED),
                        new Said.Refused(bench.share(), List.of(0), RefusalReason.NOT_SHARED));
    }

    @Test
    void membersExchangeItAndAreIntroducedToEachOther() {
        Bench.Peer first = member();
        first.fetch();
        first.outcome(FetchOutcome.Completed.class);
        Bench.Peer second = bench.peer();
        second.swarm.restrict(bench.share(), secret);
        second.dht.add(secret.recordKey(bench.share()), first.asProvider());
        second.fetch();
        second.outcome(FetchOutcome.Completed.class);
        assertThat(first.swarm.uploadedBytes(bench.share())).isPositive();
    }

    @Test
    void whoHasProvenNothingIsNeitherIntroducedNorToldOfMembers() {
        ListeningPeer stranger = new ListeningPeer();
        Bench.Peer member = bench.peer();
        member.swarm.restrict(bench.share(), secret);
        SwarmFetch fetch = member.fetch(stranger.end.endpoint());
        bench.time.run(100);
        stranger.connections.forEach(
                connection -> connection.offer(bench.share(), ChunkSet.none(bench.manifest.chunkCount())));
        bench.time.run(100);
        fetch.meet(PeerId.of(sharer.identity.nodeId()), sharer.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 0, 20_000))
                .isTrue();
        bench.time.run(2_000);
        assertThat(stranger.heard).hasAtLeastOneElementOfType(Said.Proven.class);
        assertThat(stranger.heard).doesNotHaveAnyElementsOfTypes(Said.Introduced.class);
    }

    @Test
    void anOpenShareIsFoundInSpiteOfAFalseSecret() {
        sharer.swarm.open(bench.share());
        Bench.Peer misled = bench.peer();
        misled.swarm.restrict(bench.share(), other);
        bench.introduce(misled, sharer);
        SwarmFetch fetch = misled.fetch();
        misled.outcome(FetchOutcome.Completed.class);
        assertThat(fetch.isForAnyone()).isTrue();
    }

    @Test
    void aSecretThatOnePeerHasProvenIsNotTakenForFalseBecauseAnotherServesFreely() {
        Bench.Peer leak = bench.peer();
        leak.serve(MemoryContent.whole(bench.manifest, bench.bytes));
        Bench.Peer member = member();
        SwarmFetch fetch = member.fetch(leak.end.endpoint());
        member.outcome(FetchOutcome.Completed.class);
        assertThat(fetch.isForAnyone()).isFalse();
    }

    @Test
    void whatArrivesAfterAnotherSecretIsNotTakenForFree() {
        Bench.Peer member = member();
        SwarmFetch fetch = member.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 2, 20_000))
                .isTrue();
        member.swarm.restrict(bench.share(), other);
        bench.time.run(2_000);
        assertThat(fetch.isForAnyone()).isFalse();
    }

    @Test
    void anotherSecretEndsAFetchAndTheNewOneContinuesIt() {
        Bench.Peer member = member();
        SwarmFetch fetch = member.fetch();
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 2, 20_000))
                .isTrue();
        sharer.swarm.restrict(bench.share(), other);
        bench.time.run(2_000);
        int whenEnded = fetch.progress().chunks();
        bench.time.run(10_000);
        assertThat(fetch.progress().chunks()).isEqualTo(whenEnded).isLessThan(bench.manifest.chunkCount());
        member.swarm.restrict(bench.share(), other);
        member.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void whoGetsTheSecretFromAPeerThatRefusedGoesOnWithIt() {
        Bench.Peer late = bench.peer();
        SwarmFetch fetch = late.fetch(sharer.end.endpoint());
        bench.time.run(2_000);
        late.swarm.restrict(bench.share(), secret);
        fetch.meet(PeerId.of(sharer.identity.nodeId()), sharer.end.endpoint());
        late.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void anOpenShareThatIsRestrictedIsTakenFromItsSessions() {
        sharer.swarm.open(bench.share());
        Bench.Peer outsider = bench.peer();
        SwarmFetch fetch = outsider.fetch(sharer.end.endpoint());
        assertThat(bench.time.runUntil(() -> fetch.progress().chunks() > 2, 20_000))
                .isTrue();
        sharer.swarm.restrict(bench.share(), secret);
        outsider.outcome(FetchOutcome.class);
        assertThat(fetch.progress().chunks()).isLessThan(bench.manifest.chunkCount());
    }

    @Test
    void aShareThatIsOpenAgainIsServedToHoldersOfItsSecretToo() {
        Bench.Peer member = bench.peer();
        member.swarm.restrict(bench.share(), secret);
        sharer.swarm.open(bench.share());
        member.fetch(sharer.end.endpoint());
        member.outcome(FetchOutcome.Completed.class);
    }

    @Test
    void whileItIsStillCheckedAfterAStartItIsUnknownToOthers() {
        Bench.Peer starting = bench.peer();
        starting.swarm.restrict(bench.share(), secret);
        starting.swarm.coming(List.of(bench.share()));
        Client outsider = new Client(bench, starting);
        outsider.connection.requestManifest(bench.share(), 0);
        bench.time.run(100);
        assertThat(outsider.messages)
                .containsExactly(new Said.Refused(bench.share(), List.of(), RefusalReason.NOT_SHARED));
    }

    @Test
    void itsChunksAreNotSoughtByTheirOwnKeys() {
        BitSet some = new BitSet();
        some.set(0, 2);
        Bench.Peer half = bench.peer();
        half.swarm.restrict(bench.share(), secret);
        half.serve(MemoryContent.part(bench.manifest, bench.bytes, some));
        Bench.Peer holder = bench.peer();
        holder.serve(MemoryContent.whole(bench.manifest, bench.bytes));
        Bench.Peer member = bench.peer();
        member.swarm.restrict(bench.share(), secret);
        member.dht.add(secret.recordKey(bench.share()), half.asProvider());
        member.dht.add(bench.manifest.chunkKey(5), holder.asProvider());
        member.fetch();
        member.outcome(FetchOutcome.Stalled.class);
        assertThat(holder.end.dialsReceived).isZero();
    }

    /** A peer with the secret, whose look-ups find the sharer under the key of the record. */
    private Bench.Peer member() {
        Bench.Peer member = bench.peer();
        member.swarm.restrict(bench.share(), secret);
        member.dht.add(secret.recordKey(bench.share()), sharer.asProvider());
        return member;
    }

    /** Hears what is said to it, and says nothing. */
    private final class ListeningPeer extends Said.Ear {
        final List<Said> heard = new ArrayList<>();
        final List<PeerConnection> connections = new ArrayList<>();
        final Identity identity = Identity.generate(bench.random);
        final MemoryNetwork.Node end = bench.network.node(identity.nodeId(), Endpoint.parse("10.0.0.9:4747"));

        ListeningPeer() {
            end.accept(connection -> {
                connections.add(connection);
                connection.receive(this);
            });
        }

        @Override
        protected void said(Said what) {
            heard.add(what);
        }

        @Override
        public void closed(String reason) {
            heard.clear();
        }
    }
}
