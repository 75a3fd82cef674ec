package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Provider;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.swarm.fetch.FetchFacts.DialSeen;
import io.cairn.transfer.swarm.fetch.FetchFacts.Origin;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The latest records, dials and peers of one fetch, remembered to explain it later. Only writes down; decides nothing. Confined to the
 * loop.
 */
final class SeenPeers {
    private final Map<NodeId, Provider> providers = new LinkedHashMap<>();
    private final Deque<DialSeen> dials = new ArrayDeque<>();
    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();

    private static final class Peer {
        private Endpoint endpoint;
        private int chunks = -1;
        private int bad;

        Peer(Endpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    /** A record was found. */
    void found(Provider provider) {
        providers.remove(provider.id());
        providers.put(provider.id(), provider);
        dropOldest(providers);
    }

    /** A dial starts. */
    void dialling(@Nullable PeerId peer, Endpoint endpoint, long nowMillis) {
        dials.addLast(new DialSeen(peer, endpoint, origin(peer, endpoint), nowMillis, -1, null));
        if (dials.size() > SwarmLimits.REMEMBERED_MAX) {
            dials.removeFirst();
        }
    }

    /** A dial has ended: the latest of this peer at this endpoint. */
    void dialled(@Nullable PeerId peer, Endpoint endpoint, @Nullable DialFailure failure, long nowMillis) {
        Deque<DialSeen> later = new ArrayDeque<>();
        while (!dials.isEmpty()) {
            DialSeen dial = dials.removeLast();
            if (dial.isUnderWay() && endpoint.equals(dial.endpoint()) && Objects.equals(peer, dial.peer())) {
                later.addFirst(new DialSeen(peer, endpoint, dial.origin(), dial.startedMillis(), nowMillis, failure));
                break;
            }
            later.addFirst(dial);
        }
        dials.addAll(later);
    }

    /** The session with a peer ends, after it had announced these chunks. */
    void left(PeerLink link, @Nullable ChunkSet claim) {
        peer(link).chunks = claim == null ? -1 : claim.size();
    }

    /** A chunk of a peer was wrong. */
    void lied(PeerLink link) {
        peer(link).bad++;
    }

    /** The known troubles, and the dials that have been without an answer for so long that none is likely. */
    List<FetchOutcome.PeerTrouble> troubles(Map<Object, FetchOutcome.PeerTrouble> known, long nowMillis) {
        Map<Object, FetchOutcome.PeerTrouble> all = new LinkedHashMap<>(known);
        for (DialSeen dial : dials) {
            PeerId peer = dial.peer();
            if (dial.isUnderWay() && nowMillis - dial.startedMillis() >= SwarmLimits.DIAL_DOUBT_MILLIS) {
                all.putIfAbsent(
                        peer == null ? dial.endpoint() : peer,
                        new FetchOutcome.PeerTrouble(
                                peer, dial.endpoint(), DialFailure.Kind.TIMED_OUT, "has not answered yet"));
            }
        }
        return List.copyOf(all.values());
    }

    List<Provider> providers() {
        return List.copyOf(providers.values());
    }

    List<DialSeen> dials() {
        return List.copyOf(dials);
    }

    /**
     * @param links the open sessions
     * @param claim the chunks that the peer of a session announced
     */
    List<FetchFacts.PeerSeen> peers(
            List<PeerLink> links,
            Function<PeerLink, @Nullable ChunkSet> claim,
            Function<PeerId, FetchOutcome.@Nullable Contribution> contributions,
            Function<PeerId, Boolean> isBanned) {
        Map<PeerId, PeerLink> connected = new LinkedHashMap<>();
        links.forEach(link -> connected.put(link.peer(), link));
        connected.values().forEach(link -> left(link, claim.apply(link)));
        List<FetchFacts.PeerSeen> seen = new ArrayList<>();
        peers.forEach((id, peer) -> {
            FetchOutcome.Contribution gave = contributions.apply(id);
            seen.add(new FetchFacts.PeerSeen(
                    id,
                    peer.endpoint,
                    connected.containsKey(id),
                    isBanned.apply(id),
                    peer.chunks,
                    gave == null ? 0 : gave.chunks(),
                    gave == null ? 0 : gave.bytes(),
                    peer.bad));
        });
        return seen;
    }

    private Origin origin(@Nullable PeerId peer, Endpoint endpoint) {
        if (peer == null) {
            return Origin.LINK;
        }
        Provider provider = peer.node() == null ? null : providers.get(peer.node());
        int position = provider == null ? -1 : provider.endpoints().indexOf(endpoint);
        if (provider == null || position < 0) {
            return Origin.PEER;
        }
        return position < provider.heardAt() ? Origin.HEARD : Origin.RECORD;
    }

    private Peer peer(PeerLink link) {
        Peer known = peers.computeIfAbsent(link.peer(), id -> new Peer(link.endpoint()));
        known.endpoint = link.endpoint();
        dropOldest(peers);
        return known;
    }

    private static void dropOldest(Map<?, ?> memory) {
        if (memory.size() > SwarmLimits.REMEMBERED_MAX) {
            memory.remove(memory.keySet().iterator().next());
        }
    }
}
