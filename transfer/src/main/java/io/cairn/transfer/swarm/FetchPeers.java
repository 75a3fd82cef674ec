package io.cairn.transfer.swarm;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.node.Provider;
import io.cairn.dht.node.SearchReport;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one fetch: looks for them, dials them as soon as they are heard of and again when they were lost, and remembers what each was
 * good for. Confined to the loop.
 */
final class FetchPeers {
    private static final int TARGETS_MAX = 256;

    private final FetchHost host;
    private final FetchListener listener;
    private final Consumer<PeerLink> offer;
    private final ProviderSearch search;
    private final Map<Object, Target> targets =
            new LinkedHashMap<>(); // by node id, or by endpoint where that is not known
    private final Map<PeerLink, Boolean> links = new LinkedHashMap<>(); // whether it has been of use or was sought
    private final Map<Object, FetchOutcome.PeerTrouble> troubles = new LinkedHashMap<>();
    private final Map<NodeId, FetchOutcome.PeerTrouble> liars = new LinkedHashMap<>();
    private final Set<NodeId> met = new LinkedHashSet<>();
    private final Map<NodeId, FetchOutcome.Contribution> contributions = new LinkedHashMap<>();
    private @Nullable ProviderSearch chunkSearch;
    private @Nullable Key searchedChunk;
    private List<Integer> lastLookup = List.of();
    private boolean stopped;

    FetchPeers(FetchHost host, Key share, FetchListener listener, Consumer<PeerLink> offer) {
        this.host = host;
        this.listener = listener;
        this.offer = offer;
        this.search = new ProviderSearch(host.dht(), host.scheduler(), share, host.limits(), this::found);
    }

    void start(List<Endpoint> hints) {
        hints.forEach(hint -> target(hint, new Target(null, List.of(hint))));
        search.start();
    }

    void contactAppeared() {
        search.contactAppeared();
    }

    /** Peers have been named by another. */
    void heardOf(List<Contact> others) {
        for (Contact other : others) {
            if (!other.id().equals(host.dht().id())) {
                target(other.id(), new Target(other.id(), List.of(other.endpoint())));
            }
        }
    }

    /** Looks for a chunk that no peer here has, by its own key; null if there is none. */
    void searchChunk(@Nullable Key chunk, Consumer<PeerLink> reached) {
        if (!Objects.equals(chunk, searchedChunk)) {
            searchedChunk = chunk;
            if (chunkSearch != null) {
                chunkSearch.stop();
            }
            chunkSearch = chunk == null
                    ? null
                    : new ProviderSearch(
                            host.dht(), host.scheduler(), chunk, host.limits(), provider -> reach(provider, reached));
            if (chunkSearch != null) {
                chunkSearch.start();
            }
        }
    }

    void tick(long nowMillis) {
        tellLookup();
        targets.values().forEach(target -> target.dialIfDue(nowMillis));
    }

    void stop() {
        stopped = true;
        search.stop();
        searchChunk(null, holder -> {});
        tellLookup();
    }

    /** Takes a session as one of this fetch's; false if it is already, or not wanted. */
    boolean add(PeerLink link) {
        if (links.containsKey(link) || links.size() >= host.limits().sourcesMax()) {
            return false;
        }
        links.put(link, false);
        if (targets.containsKey(link.peer())
                || targets.containsKey(link.connection().remote())) {
            isOfUse(link);
        }
        return true;
    }

    /** The peer was sought, or takes part: from now on its fate is told. */
    void isOfUse(PeerLink link) {
        if (Boolean.FALSE.equals(links.replace(link, true))) {
            met.add(link.peer());
            tell(link.peer(), link.endpoint(), FetchListener.PeerState.CONNECTED, "");
        }
    }

    /** A session is of no use any more; false if it was none of this fetch's. */
    boolean remove(PeerLink link, FetchListener.PeerState state, String reason) {
        Boolean told = links.remove(link);
        if (Boolean.TRUE.equals(told)) {
            troubles.put(link.peer(), new FetchOutcome.PeerTrouble(link.peer(), link.endpoint(), reason));
            tell(link.peer(), link.endpoint(), state, reason);
        }
        return told != null;
    }

    boolean contains(PeerLink link) {
        return links.containsKey(link);
    }

    List<PeerLink> links() {
        return List.copyOf(links.keySet());
    }

    /** How many sessions may be of use. */
    int usable() {
        return links.size();
    }

    /** When a byte last came from any of them. */
    long lastReceivedMillis() {
        return links.keySet().stream()
                .mapToLong(PeerLink::lastReceivedMillis)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    void contributed(PeerLink from, int bytes) {
        contributions.merge(
                from.peer(),
                new FetchOutcome.Contribution(from.peer(), from.endpoint(), 1, bytes),
                (a, b) -> new FetchOutcome.Contribution(
                        b.node(), b.endpoint(), a.chunks() + b.chunks(), a.bytes() + b.bytes()));
    }

    void lied(PeerLink liar, String reason) {
        met.add(liar.peer());
        liars.put(liar.peer(), new FetchOutcome.PeerTrouble(liar.peer(), liar.endpoint(), reason));
    }

    List<FetchOutcome.PeerTrouble> liars() {
        return List.copyOf(liars.values());
    }

    /** Whether there were peers and each of them lied. */
    boolean metOnlyLiars() {
        return !met.isEmpty() && liars.keySet().containsAll(met);
    }

    List<FetchOutcome.PeerTrouble> troubles() {
        return List.copyOf(troubles.values());
    }

    List<FetchOutcome.Contribution> contributions() {
        return List.copyOf(contributions.values());
    }

    @Nullable
    SearchReport searchReport() {
        return search.report();
    }

    private void found(Provider provider) {
        if (provider.id().equals(host.dht().id()) || provider.endpoints().isEmpty()) {
            return;
        }
        Target known = targets.get(provider.id());
        if (known == null) {
            target(provider.id(), new Target(provider.id(), provider.endpoints()));
        } else {
            known.isNowAt(provider.endpoints());
        }
    }

    /** Somebody has a chunk, perhaps of another share. */
    private void reach(Provider provider, Consumer<PeerLink> reached) {
        List<Endpoint> endpoints = provider.endpoints().stream()
                .filter(endpoint ->
                        !host.trust().isBanned(endpoint, host.clock().monotonicMillis()))
                .toList();
        if (!provider.id().equals(host.dht().id()) && !endpoints.isEmpty() && !stopped) {
            host.dialler().reach(provider.id(), endpoints, new Dialler.Listener() {
                @Override
                public void reached(PeerLink link) {
                    if (!stopped) {
                        reached.accept(link);
                    }
                }

                @Override
                public void unreachable(Endpoint endpoint, DialFailure failure) {
                    troubles.put(
                            provider.id(), new FetchOutcome.PeerTrouble(provider.id(), endpoint, failure.reason()));
                }
            });
        }
    }

    private void target(Object name, Target target) {
        if (!stopped && targets.size() < TARGETS_MAX && targets.putIfAbsent(name, target) == null) {
            target.dialIfDue(host.clock().monotonicMillis());
        }
    }

    private void tellLookup() {
        SearchReport report = search.report();
        if (report != null) {
            List<Integer> figures = List.of(report.asked().size(), report.answered(), search.providers());
            if (!figures.equals(lastLookup)) {
                lastLookup = figures;
                listener.lookup(figures.get(0), figures.get(1), figures.get(2));
            }
        }
    }

    private void tell(@Nullable NodeId node, Endpoint endpoint, FetchListener.PeerState state, String reason) {
        if (!stopped) {
            listener.peerChanged(node, endpoint, state, reason);
        }
    }

    /** Somebody to be dialled, and again if the session is lost. */
    private final class Target implements Dialler.Listener {
        private final @Nullable NodeId node;
        private List<Endpoint> endpoints;
        private @Nullable PeerLink link;
        private boolean dialling;
        private long notBeforeMillis = Long.MIN_VALUE;

        Target(@Nullable NodeId node, List<Endpoint> endpoints) {
            this.node = node;
            this.endpoints = endpoints;
        }

        /** It says itself where it is: one that has moved is dialled there at once. */
        void isNowAt(List<Endpoint> latest) {
            boolean isElsewhere = !endpoints.containsAll(latest);
            endpoints = latest;
            if (isElsewhere) {
                notBeforeMillis = Long.MIN_VALUE;
                dialIfDue(host.clock().monotonicMillis());
            }
        }

        void dialIfDue(long nowMillis) {
            boolean linked = link != null && !link.isClosed();
            if (stopped
                    || dialling
                    || linked
                    || nowMillis < notBeforeMillis
                    || usable() >= host.limits().sourcesMax()) {
                return;
            }
            List<Endpoint> allowed = endpoints.stream()
                    .filter(endpoint -> !host.trust().isBanned(endpoint, nowMillis))
                    .toList();
            if (!allowed.isEmpty() && (node == null || !host.trust().isBanned(node, nowMillis))) {
                notBeforeMillis = nowMillis + host.limits().searchAgainMillis();
                dialling = true;
                tell(node, allowed.get(0), FetchListener.PeerState.CONNECTING, "");
                host.dialler().reach(node, allowed, this);
            }
        }

        @Override
        public void reached(PeerLink reached) {
            dialling = false;
            link = reached;
            if (!stopped) {
                offer.accept(reached);
                isOfUse(reached);
            }
        }

        @Override
        public void unreachable(Endpoint endpoint, DialFailure failure) {
            dialling = false;
            if (!stopped) {
                troubles.put(
                        node == null ? endpoint : node, new FetchOutcome.PeerTrouble(node, endpoint, failure.reason()));
                tell(node, endpoint, FetchListener.PeerState.FAILED, failure.reason());
            }
        }
    }
}
