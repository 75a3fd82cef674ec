package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.AddressScope;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.peer.DialHistory;
import io.cairn.transfer.swarm.peer.Dialler;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerId;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The peers of one fetch: finds them, dials them once known and again after a session is lost, and remembers their contributions. Confined
 * to the loop.
 */
final class FetchPeers {
    private final FetchEnvironment env;
    private final PeerId self;
    private final FetchListener listener;
    private final Consumer<PeerLink> offer;
    private final ShareSearch search;
    private final Map<Object, Target> targets = new LinkedHashMap<>(); // by peer, or by endpoint if the peer is unknown
    private final Map<PeerLink, Boolean> links = new LinkedHashMap<>(); // whether it was sought or of use
    private final Map<PeerLink, Long> sinceMillis = new LinkedHashMap<>();
    private final Set<PeerLink> spent = new LinkedHashSet<>(); // had a place and delivered nothing
    private final Map<Object, FetchOutcome.PeerTrouble> troubles = new LinkedHashMap<>();
    private final Map<PeerId, FetchOutcome.PeerTrouble> liars = new LinkedHashMap<>();
    private final Set<PeerId> met = new LinkedHashSet<>();
    private final Map<PeerId, FetchOutcome.Contribution> contributions = new LinkedHashMap<>();
    private final HolderSearch holders;
    private List<Integer> lastLookup = List.of();
    private final SeenPeers seen = new SeenPeers();
    private final Key share;
    private boolean stopped;

    FetchPeers(FetchEnvironment env, Key share, FetchListener listener, Consumer<PeerLink> offer) {
        this.env = env;
        this.share = share;
        this.self = PeerId.of(env.dht().id());
        this.listener = listener;
        this.offer = offer;
        this.search = new ShareSearch(env, share, this::usable, this::found);
        this.holders = new HolderSearch(env, seen, troubles::put);
    }

    void start(List<Endpoint> hints) {
        hints.forEach(hint -> {
            env.dialler().history().vouchFor(hint);
            target(hint, new Target(null, List.of(hint), true));
        });
        search.start();
    }

    void contactAppeared() {
        search.contactAppeared();
    }

    /** A peer has named others; it is believed as far as its own address allows. */
    void heardOf(List<PeerAddress> others, PeerLink from) {
        InetAddress source = from.connection().remote().address();
        for (PeerAddress other : others) {
            if (!self.equals(other.peer())
                    && AddressScope.isBelieved(other.endpoint().address(), source)) {
                target(other.peer(), new Target(other.peer(), List.of(other.endpoint()), false));
            }
        }
    }

    /** Searches for chunks that no peer here has; not those of a share for some, since strangers would learn of them. */
    void searchChunks(@Nullable Manifest manifest, ChunkFetch chunks) {
        holders.search(env.audience().isRestricted(share) ? null : manifest, chunks);
    }

    /** The share has another secret, or none any more: searches where its record lies now, and asks the peers again. */
    void audienceChanged() {
        if (!stopped) {
            search.audienceChanged();
            links.keySet().forEach(link -> env.audience().show(link, share));
            List.copyOf(targets.values()).forEach(Target::takeAgain);
        }
    }

    /** A peer that is known to have it. */
    void meet(PeerId peer, Endpoint at) {
        Target known = targets.get(peer);
        if (known == null) {
            target(peer, new Target(peer, List.of(at), true));
        } else {
            known.takeAgain();
        }
    }

    /** Whether the peer is sought, so that a session with it is of use. */
    boolean seeks(PeerLink link) {
        return targets.containsKey(link.peer())
                || targets.containsKey(link.connection().remote());
    }

    void tick(long nowMillis) {
        search.tick(nowMillis);
        tellLookup();
        targets.values().forEach(target -> target.proceed(nowMillis));
    }

    void stop() {
        stopped = true;
        search.stop();
        holders.stop();
        tellLookup();
    }

    /** Adds a session to this fetch; false if it is already part of it, or not wanted. */
    boolean add(PeerLink link) {
        if (links.containsKey(link)
                || spent.contains(link)
                || links.size() >= env.limits().sourcesMax()) {
            return false;
        }
        links.put(link, false);
        sinceMillis.put(link, env.clock().monotonicMillis());
        if (seeks(link)) {
            isOfUse(link);
        }
        return true;
    }

    /** The peer was sought, or takes part: from now on its state is reported. */
    void isOfUse(PeerLink link) {
        if (Boolean.FALSE.equals(links.replace(link, true))) {
            met.add(link.peer());
            tell(link.peer(), link.endpoint(), FetchListener.PeerState.CONNECTED, "");
        }
    }

    /** The peer takes part but asked to wait: that is the reason for no data, until some arrives. */
    void hasNothingYet(PeerLink link) {
        troubles.put(
                link.peer(),
                new FetchOutcome.PeerTrouble(link.peer(), link.endpoint(), null, "does not have it ready yet"));
    }

    void hasSomething(PeerLink link) {
        troubles.remove(link.peer());
    }

    /** Removes a session that is of no more use; false if it was not part of this fetch. */
    boolean remove(PeerLink link, FetchListener.PeerState state, String reason) {
        Boolean told = links.remove(link);
        if (told != null) {
            seen.left(link, link.claim(share));
        }
        sinceMillis.remove(link);
        if (Boolean.TRUE.equals(told)) {
            troubles.put(link.peer(), new FetchOutcome.PeerTrouble(link.peer(), link.endpoint(), null, reason));
            tell(link.peer(), link.endpoint(), state, reason);
        }
        return told != null;
    }

    /**
     * The peer to drop when all places are taken: the oldest that has delivered no chunk and is silent or has had enough time. Identities
     * are free, so silent peers could otherwise keep out all others.
     */
    @Nullable
    PeerLink takeUseless(long nowMillis) {
        if (links.size() < env.limits().sourcesMax()) {
            return null;
        }
        PeerLink useless = oldestUseless(nowMillis);
        if (useless != null) {
            spent.removeIf(PeerLink::isClosed);
            spent.add(useless);
        }
        return useless;
    }

    private @Nullable PeerLink oldestUseless(long nowMillis) {
        return links.keySet().stream()
                .filter(link -> !contributions.containsKey(link.peer()))
                .filter(link -> {
                    long inMillis = nowMillis - sinceMillis.getOrDefault(link, nowMillis);
                    boolean isSilent = nowMillis - link.lastReceivedMillis()
                            >= env.limits().silentMillis();
                    return inMillis >= env.limits().deadMillis()
                            || isSilent && inMillis >= 2L * env.limits().silentMillis();
                })
                .findFirst()
                .orElse(null);
    }

    boolean contains(PeerLink link) {
        return links.containsKey(link);
    }

    List<PeerLink> links() {
        return List.copyOf(links.keySet());
    }

    /** The number of sessions that may be of use. */
    int usable() {
        return links.size();
    }

    /** When a byte last arrived from any of them. */
    long lastReceivedMillis() {
        return links.keySet().stream()
                .mapToLong(PeerLink::lastReceivedMillis)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** When the first of them joined. */
    long firstJoinedMillis() {
        return sinceMillis.values().stream().mapToLong(since -> since).min().orElse(Long.MIN_VALUE);
    }

    void contributed(PeerLink from, int bytes) {
        contributions.merge(
                from.peer(),
                new FetchOutcome.Contribution(from.peer(), from.endpoint(), 1, bytes),
                (a, b) -> new FetchOutcome.Contribution(
                        b.peer(), b.endpoint(), a.chunks() + b.chunks(), a.bytes() + b.bytes()));
    }

    void lied(PeerLink liar, String reason) {
        seen.lied(liar);
        met.add(liar.peer());
        liars.put(liar.peer(), new FetchOutcome.PeerTrouble(liar.peer(), liar.endpoint(), null, reason));
    }

    List<FetchOutcome.PeerTrouble> liars() {
        return List.copyOf(liars.values());
    }

    /** Whether there were peers and each of them lied. */
    boolean metOnlyLiars() {
        return !met.isEmpty() && liars.keySet().containsAll(met);
    }

    List<FetchOutcome.PeerTrouble> troubles() {
        return seen.troubles(troubles, env.clock().monotonicMillis());
    }

    List<FetchOutcome.Contribution> contributions() {
        return List.copyOf(contributions.values());
    }

    @Nullable
    SearchReport searchReport() {
        return search.report();
    }

    /** All of this, to explain the fetch. */
    FetchFacts facts(FetchFacts.Missing missing, long nowMillis) {
        return new FetchFacts(
                search.report(),
                seen.providers(),
                seen.dials(),
                seen.peers(
                        links(),
                        link -> link.claim(share),
                        contributions::get,
                        peer -> env.links().trust().isBanned(peer, nowMillis)),
                troubles(),
                missing,
                nowMillis);
    }

    private void found(Provider provider) {
        PeerId peer = PeerId.of(provider.id());
        if (self.equals(peer) || provider.endpoints().isEmpty()) {
            return;
        }
        seen.found(provider);
        Target known = targets.get(peer);
        if (known != null) {
            known.isNowAt(provider.endpoints());
        } else {
            target(peer, new Target(peer, provider.endpoints(), isHeard(provider)));
        }
    }

    /** Whether this node itself has heard the provider at an address that it names, so that it is not invented. */
    private boolean isHeard(Provider provider) {
        for (Contact contact : env.dht().contacts()) {
            if (contact.id().equals(provider.id()) && provider.endpoints().contains(contact.endpoint())) {
                env.dialler().history().vouchFor(contact.endpoint());
                return true;
            }
        }
        return false;
    }

    private void target(Object name, Target target) {
        if (!stopped && !targets.containsKey(name) && (targets.size() < SwarmLimits.TARGETS_MAX || makeRoom(target))) {
            targets.put(name, target);
            target.dialIfDue(env.clock().monotonicMillis());
        }
    }

    /**
     * Forgets the target that failed most often. A provider that has been heard also displaces targets not yet tried, so that the places go
     * neither to the first nor to the peer that names the most.
     */
    private boolean makeRoom(Target newcomer) {
        Map.Entry<Object, Target> worst = null;
        for (Map.Entry<Object, Target> entry : targets.entrySet()) {
            if (entry.getValue().isIdle()
                    && (worst == null || failures(entry.getKey()) > failures(worst.getKey()))
                    && (failures(entry.getKey()) > 0 || newcomer.isSure && !entry.getValue().isSure)) {
                worst = entry;
            }
        }
        if (worst != null) {
            targets.remove(worst.getKey());
        }
        return worst != null;
    }

    private int failures(Object name) {
        return env.dialler().history().failures(name);
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

    private void tell(@Nullable PeerId peer, Endpoint endpoint, FetchListener.PeerState state, String reason) {
        if (!stopped) {
            listener.peerChanged(peer, endpoint, state, reason);
        }
    }

    /** A peer to dial, and to dial again after its session is lost. */
    private final class Target implements Dialler.Listener {
        private final @Nullable PeerId peer;
        private final boolean isSure;
        private List<Endpoint> endpoints;
        private @Nullable PeerLink link;
        private boolean waits; // for a place
        private boolean dialling;
        private long notBeforeMillis = Long.MIN_VALUE;

        /** @param isSure whether its existence rests on more than a stranger's word */
        Target(@Nullable PeerId peer, List<Endpoint> endpoints, boolean isSure) {
            this.peer = peer;
            this.endpoints = endpoints;
            this.isSure = isSure;
        }

        /** The peer states its own endpoints: one that has moved is dialled there at once. */
        void isNowAt(List<Endpoint> latest) {
            if (peer != null && !endpoints.containsAll(latest)) {
                endpoints = latest;
                env.dialler().history().forget(peer);
                notBeforeMillis = Long.MIN_VALUE;
                dialIfDue(env.clock().monotonicMillis());
            }
        }

        /** Whether there is neither a session nor a dial. */
        boolean isIdle() {
            return !dialling && (link == null || link.isClosed());
        }

        void proceed(long nowMillis) {
            PeerLink open = link;
            if (open != null && !open.isClosed() && (waits || isDenied(open, nowMillis))) {
                take(open);
            }
            dialIfDue(nowMillis);
        }

        /** Whether a peer refused the share for some, and should be asked again: one of the two may have had a former secret. */
        private boolean isDenied(PeerLink open, long nowMillis) {
            return env.audience().isRestricted(share)
                    && !links.containsKey(open)
                    && !spent.contains(open)
                    && nowMillis >= notBeforeMillis;
        }

        /** Uses its session, if there is one, as if it were new. */
        void takeAgain() {
            PeerLink open = link;
            if (open != null && !open.isClosed()) {
                take(open);
            }
        }

        private void take(PeerLink open) {
            notBeforeMillis = env.clock().monotonicMillis() + env.limits().searchAgainMillis();
            env.audience().show(open, share);
            offer.accept(open);
            waits = !links.containsKey(open) && links.size() >= env.limits().sourcesMax();
            isOfUse(open);
        }

        void dialIfDue(long nowMillis) {
            if (stopped
                    || !isIdle()
                    || nowMillis < notBeforeMillis
                    || usable() >= env.limits().sourcesMax()) {
                return;
            }
            DialHistory history = env.dialler().history();
            List<Endpoint> allowed = endpoints.stream()
                    .filter(endpoint -> !env.links().trust().isBanned(endpoint, nowMillis))
                    .filter(endpoint -> isDue(history, endpoint, nowMillis))
                    .toList();
            if (!allowed.isEmpty() && (peer == null || !env.links().trust().isBanned(peer, nowMillis))) {
                notBeforeMillis = nowMillis + env.limits().searchAgainMillis();
                dialling = true;
                tell(peer, allowed.get(0), FetchListener.PeerState.CONNECTING, "");
                env.dialler().reach(peer, allowed, isSure, this);
            }
        }

        /** Another fetch's recent result for an endpoint also applies to this one. */
        private boolean isDue(DialHistory history, Endpoint endpoint, long nowMillis) {
            boolean isDue = history.isDue(endpoint, nowMillis) && (peer == null || history.isDue(peer, nowMillis));
            DialFailure last = isDue ? null : history.lastFailure(endpoint);
            if (last != null) {
                troubles.putIfAbsent(
                        peer == null ? endpoint : peer,
                        new FetchOutcome.PeerTrouble(peer, endpoint, last.kind(), last.reason()));
            }
            return isDue;
        }

        @Override
        public void dialling(Endpoint endpoint) {
            seen.dialling(peer, endpoint, env.clock().monotonicMillis());
        }

        @Override
        public void dialled(Endpoint endpoint, @Nullable DialFailure failure) {
            seen.dialled(peer, endpoint, failure, env.clock().monotonicMillis());
        }

        @Override
        public void reached(PeerLink reached) {
            dialling = false;
            link = reached;
            if (!stopped) {
                take(reached);
            }
        }

        @Override
        public void unreachable(Endpoint endpoint, DialFailure failure) {
            dialling = false;
            if (!stopped) {
                troubles.put(
                        peer == null ? endpoint : peer,
                        new FetchOutcome.PeerTrouble(peer, endpoint, failure.kind(), failure.reason()));
                tell(peer, endpoint, FetchListener.PeerState.FAILED, failure.reason());
            }
        }
    }
}
