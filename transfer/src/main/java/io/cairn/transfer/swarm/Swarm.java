package io.cairn.transfer.swarm;

import io.cairn.dht.Dht;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.swarm.fetch.AssemblyBudget;
import io.cairn.transfer.swarm.fetch.ContentOpener;
import io.cairn.transfer.swarm.fetch.FetchEnvironment;
import io.cairn.transfer.swarm.fetch.FetchHost;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.ManifestReader;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.Audience;
import io.cairn.transfer.swarm.peer.ChunkTally;
import io.cairn.transfer.swarm.peer.DialBacks;
import io.cairn.transfer.swarm.peer.Dialler;
import io.cairn.transfer.swarm.peer.LinkTable;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.ServedShare;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.peer.SwarmStatistics;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.Question;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import io.cairn.transfer.swarm.port.Reply;
import io.cairn.transfer.swarm.talk.Talks;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All fetching and serving of one node: fetches from many peers at once and serves what it has, including shares that it is still fetching.
 * Confined to the node's loop: call every method there.
 */
public final class Swarm implements AutoCloseable {
    private final PeerConnections connections;
    private final Map<Key, SwarmFetch> fetches = new LinkedHashMap<>();
    private final Audience audience;
    private final Serving serving;
    private final LinkTable links;
    private final DialBacks dialBacks;
    private final Talks talks;
    private final FetchEnvironment env;
    private boolean closed;

    /**
     * Accepts sessions from now on.
     *
     * @param manifestReader called on workers
     */
    public Swarm(
            Dht dht,
            Clock clock,
            Scheduler scheduler,
            RandomGenerator random,
            PeerConnections connections,
            ManifestReader manifestReader,
            SwarmLimits limits,
            SwarmListener listener) {
        this.connections = connections;
        this.audience = new Audience(dht.id());
        this.serving = new Serving(listener, clock, scheduler, random, limits, audience, this::sessions, fetches);
        this.links = new LinkTable(PeerId.of(dht.id()), clock, scheduler, limits, serving.uploads(), new LinkEvents());
        Dialler dialler = new Dialler(connections, scheduler, clock, limits, links);
        this.dialBacks = new DialBacks(connections, dialler, scheduler, clock);
        this.talks = new Talks(dialler, links, scheduler);
        AssemblyBudget budget = new AssemblyBudget(limits.assemblyBytesMax(), this::memoryFreed);
        this.env = new FetchEnvironment(
                dht,
                clock,
                scheduler,
                random,
                limits,
                manifestReader,
                dialler,
                budget,
                links,
                audience,
                new ChunkTally());
        connections.accept(links::accepted);
        dht.observe(contact -> {
            dialler.history().vouchFor(contact.endpoint());
            List.copyOf(fetches.values()).forEach(SwarmFetch::contactAppeared);
        });
    }

    /**
     * Serves a share. If it is already served, this content replaces the former one without peers noticing: pending requests are still
     * served. The former content stays open and is the caller's.
     */
    public void serve(Content content) {
        serving.serve(content);
    }

    /** Any share may be one that this node will soon serve, until {@link #coming} names those that are: peers are asked to wait. */
    public void anyMayCome() {
        serving.mayBeAny();
    }

    /** Sets the shares that this node will soon serve: peers are asked to wait for them. */
    public void coming(Collection<Key> shares) {
        serving.coming(shares);
    }

    /** Removes shares from those that are coming: they are served, or will not be. Waiting peers get an answer. */
    public void comingNoMore(Collection<Key> shares) {
        serving.comingNoMore(shares);
    }

    /** Stops serving a share; its content stays open and is the caller's. */
    public Optional<Content> stopServing(Key share) {
        return serving.withdraw(share, RefusalReason.NOT_SHARED).map(ServedShare::source);
    }

    /**
     * From now on a share is for those alone that prove its secret; whether it is served, fetched or neither. A new secret ends what
     * sessions proved with the former one.
     */
    public void restrict(Key share, ShareSecret secret) {
        if (!Objects.equals(secret, audience.secret(share))) {
            serving.restrict(share, secret);
        }
    }

    /** From now on a share is for anyone who knows its hash. */
    public void open(Key share) {
        if (audience.isRestricted(share)) {
            serving.restrict(share, null);
        }
    }

    /** The secret of a share; empty if it is for anyone who knows its hash. */
    public Optional<ShareSecret> secret(Key share) {
        return Optional.ofNullable(audience.secret(share));
    }

    /** Proofs of peers that were refused, since the start. */
    public long proofsRefused() {
        return audience.proofsRefused();
    }

    /** Bytes of a share's chunks sent since serving it began; 0 if it is not served. */
    public long uploadedBytes(Key share) {
        ServedShare served = serving.served(share);
        return served == null ? 0 : served.uploadedBytes();
    }

    /**
     * Starts to fetch a share.
     *
     * @param hints endpoints that may have it
     * @throws IllegalStateException if it is already being fetched
     */
    public SwarmFetch fetch(
            Key share, List<Endpoint> hints, ContentOpener opener, FetchPlan plan, FetchListener fetchListener) {
        return start(share, hints, opener, plan, fetchListener);
    }

    /**
     * Fetches only a manifest; completes without contributions once the listener has it.
     *
     * @throws IllegalStateException if the share is already being fetched
     */
    public SwarmFetch fetchManifest(Key share, List<Endpoint> hints, FetchListener fetchListener) {
        return start(share, hints, null, FetchPlan.WHOLE, fetchListener);
    }

    /** The fetches in progress. */
    public List<SwarmFetch> fetches() {
        return List.copyOf(fetches.values());
    }

    /**
     * Asks a peer whether it reaches this node by TCP. Ends within ten seconds, unless the swarm is closed; never fails.
     *
     * @param helper null for whoever answers there
     */
    public CompletableFuture<DialBacks.Report> dialBack(@Nullable PeerId helper, Endpoint at) {
        CompletableFuture<DialBacks.Report> report = new CompletableFuture<>();
        dialBacks.ask(helper, at, report::complete);
        return report;
    }

    /** Questions to peers that are not about chunks. */
    public Talks talks() {
        return talks;
    }

    /** The sessions and totals. */
    public SwarmStatistics statistics() {
        return links.statistics(env.chunks().statistics());
    }

    /** Ends every fetch as stopped and closes every session. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(fetches.values()).forEach(SwarmFetch::stop);
            talks.close();
            env.dialler().close();
            links.close();
            connections.close();
        }
    }

    private SwarmFetch start(
            Key share,
            List<Endpoint> hints,
            @Nullable ContentOpener opener,
            FetchPlan plan,
            FetchListener fetchListener) {
        if (closed || fetches.containsKey(share)) {
            throw new IllegalStateException(closed ? "the swarm is closed" : share + " is being fetched");
        }
        SwarmFetch fetch = new SwarmFetch(env, new Host(), share, opener, plan, fetchListener);
        fetches.put(share, fetch);
        links.startTicking();
        fetch.start(hints);
        return fetch;
    }

    private List<PeerLink> sessions() {
        return links.all();
    }

    private void memoryFreed() {
        fetches.values().forEach(SwarmFetch::fill);
    }

    private final class LinkEvents implements LinkTable.Events {
        @Override
        public PeerConnection.Receiver receiver(PeerLink link) {
            return new LinkReceiver(link);
        }

        @Override
        public void opened(PeerLink link) {
            List.copyOf(fetches.values()).forEach(fetch -> fetch.offer(link));
        }

        @Override
        public void closed(PeerLink link, String reason) {
            serving.closed(link);
            dialBacks.closed(link);
            talks.closed(link);
            List.copyOf(fetches.values()).forEach(fetch -> fetch.closed(link, reason));
        }

        @Override
        public boolean ticked(long nowMillis) {
            List.copyOf(fetches.values()).forEach(fetch -> fetch.tick(nowMillis));
            return !fetches.isEmpty();
        }
    }

    /** Handles the messages of one peer. */
    private final class LinkReceiver implements PeerConnection.Receiver {
        private final PeerLink link;

        LinkReceiver(PeerLink link) {
            this.link = link;
        }

        @Override
        public void manifestRequested(Key share, int offset) {
            serving.manifestRequested(link, share, offset);
        }

        @Override
        public void manifestDelivered(ManifestPiece piece) {
            SwarmFetch fetch = fetches.get(piece.share());
            if (fetch != null) {
                fetch.piece(link, piece);
            }
        }

        @Override
        public void offered(Key share, ChunkSet chunks) {
            serving.offered(link, share, chunks);
        }

        @Override
        public void offeredMore(Key share, List<Integer> chunks) {
            serving.offeredMore(link, share, chunks);
        }

        @Override
        public void requested(Key share, List<Block> blocks) {
            serving.requested(link, share, blocks);
        }

        @Override
        public void cancelled(Key share, List<Block> blocks) {
            serving.uploads().cancel(link, share, blocks);
        }

        @Override
        public void refused(Key share, List<Block> blocks, RefusalReason reason) {
            if (blocks.isEmpty() && reason != RefusalReason.NOT_HAD && reason != RefusalReason.BUSY) {
                link.forget(share);
            }
            SwarmFetch fetch = fetches.get(share);
            if (fetch != null) {
                fetch.refused(link, blocks, reason);
                return;
            }
            RefusalReason elsewhere = reason == RefusalReason.NOT_SHARED ? RefusalReason.NOT_HAD : reason;
            for (SwarmFetch other : fetches.values()) {
                List<Block> asked = blocks.stream()
                        .filter(block -> other.askedAs(link, share, block.chunk()) >= 0)
                        .map(block -> Block.whole(other.askedAs(link, share, block.chunk())))
                        .toList();
                if (!asked.isEmpty()) {
                    other.refusedElsewhere(link, asked, elsewhere);
                }
            }
        }

        @Override
        public void delivered(ReceivedBlock block) {
            SwarmFetch fetch = fetches.get(block.share());
            if (fetch != null) {
                fetch.chunk(link, block);
                return;
            }
            for (SwarmFetch other : fetches.values()) {
                int number = other.askedAs(link, block.share(), block.chunk());
                if (number >= 0) {
                    other.chunk(link, block.as(other.share(), number));
                    return;
                }
            }
            block.release();
        }

        @Override
        public void introduced(Key share, List<PeerAddress> others) {
            SwarmFetch fetch = fetches.get(share);
            if (fetch != null && audience.mayName(link, share)) {
                fetch.heardOf(others, link);
            }
        }

        @Override
        public void locationsAsked(List<Key> chunkKeys) {
            serving.locationsAsked(link, chunkKeys);
        }

        @Override
        public void located(List<ChunkPlace> places) {
            List.copyOf(fetches.values()).forEach(fetch -> fetch.located(link, places));
        }

        @Override
        public void dialBackAsked() {
            dialBacks.asked(link);
        }

        @Override
        public void dialledBack(DialBackEnd end) {
            dialBacks.told(link, end);
        }

        @Override
        public void asked(Question question) {
            talks.asked(link, question);
        }

        @Override
        public void answered(Reply reply) {
            talks.answered(link, reply);
        }

        @Override
        public void proven(Key share, byte[] proof) {
            serving.proven(link, share, proof);
        }

        @Override
        public void closed(String reason) {
            links.ended(link, reason);
        }
    }

    private final class Host implements FetchHost {
        @Override
        public ServedShare serveGrowing(Content content) {
            return serving.serveGrowing(content);
        }

        @Override
        public void gained(ServedShare share, int chunk) {
            serving.gained(share, chunk);
        }

        @Override
        public void ended(SwarmFetch fetch, boolean keepServing) {
            fetches.remove(fetch.share());
            ServedShare served = serving.served(fetch.share());
            if (!keepServing && served != null && fetch.puts(served.source())) {
                serving.withdraw(fetch.share(), RefusalReason.NOT_SHARED);
            }
        }
    }
}
