package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.Dht;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.protocol.PeerMessage;
import java.nio.channels.ClosedChannelException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * All fetching and serving of one node: fetches from many peers at once and serves what it has, also what it is still fetching. Confined
 * to the node's loop: call every method there.
 */
public final class Swarm implements AutoCloseable {
    private final SwarmListener listener;
    private final PeerConnections connections;
    private final Map<Key, ServedShare> shares = new LinkedHashMap<>();
    private final Map<Key, SwarmFetch> fetches = new LinkedHashMap<>();
    private final ComingShares coming = new ComingShares();
    private final LinkTable links;
    private final UploadSlots uploads;
    private final HaveNews news;
    private final PeerExchange exchange;
    private final ChunkLocator locator;
    private final FetchEnvironment env;
    private boolean closed;

    /**
     * Takes sessions from now on.
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
        this.listener = listener;
        this.connections = connections;
        this.uploads = new UploadSlots(limits, clock, new UploadOutcome());
        this.links = new LinkTable(dht.id(), clock, scheduler, limits, uploads, new LinkEvents());
        this.news = new HaveNews(scheduler, clock, limits.haveBatchMillis(), links::all);
        this.exchange = new PeerExchange(scheduler, random, links::all);
        this.locator = new ChunkLocator(scheduler, shares);
        Dialler dialler = new Dialler(connections, scheduler, clock, limits, links);
        AssemblyBudget budget = new AssemblyBudget(limits.assemblyBytesMax(), this::memoryFreed);
        this.env = new FetchEnvironment(
                dht, clock, scheduler, random, limits, manifestReader, dialler, budget, links);
        connections.accept(links::accepted);
        dht.onNewContact(contact -> {
            dialler.history().vouchFor(contact.endpoint());
            List.copyOf(fetches.values()).forEach(SwarmFetch::contactAppeared);
        });
    }

    /**
     * Serves a share. If it is served already, from now on from here, without anybody noticing: what peers wait for is sent. What it was
     * served from stays open and is the caller's.
     */
    public void serve(Content content) {
        ServedShare served = shares.get(content.manifest().hash());
        if (served == null) {
            shares.put(content.manifest().hash(), new ServedShare(content));
        } else {
            served.movesTo(content).toBitSet().stream().forEach(chunk -> news.gained(served, chunk));
        }
    }

    /** Of which shares peers are told to wait, since this node remembers them and serves them soon. */
    public void coming(Predicate<Key> shares) {
        coming.are(shares);
    }

    /** Some shares are not coming any more: they are served, or will not be. Who waits for them is told. */
    public void comingChanged() {
        coming.changed(this::heard);
    }

    /** Stops serving a share; what it was served from stays open and is the caller's. */
    public Optional<Content> stopServing(Key share) {
        return withdraw(share, PeerMessage.Reason.NOT_SHARED).map(ServedShare::source);
    }

    /** Bytes of a share's chunks sent since it is served; 0 if it is not. */
    public long uploadedBytes(Key share) {
        ServedShare served = shares.get(share);
        return served == null ? 0 : served.uploadedBytes();
    }

    /**
     * Starts to fetch a share.
     *
     * @param hints endpoints that may have it
     * @throws IllegalStateException if it is being fetched already
     */
    public SwarmFetch fetch(
            Key share, List<Endpoint> hints, ContentOpener opener, FetchPlan plan, FetchListener fetchListener) {
        return start(share, hints, opener, plan, fetchListener);
    }

    /**
     * Fetches no more than a manifest; completes without contributions once it has been told.
     *
     * @throws IllegalStateException if the share is being fetched already
     */
    public SwarmFetch fetchManifest(Key share, List<Endpoint> hints, FetchListener fetchListener) {
        return start(share, hints, null, FetchPlan.WHOLE, fetchListener);
    }

    /** Fetches under way. */
    public List<SwarmFetch> fetches() {
        return List.copyOf(fetches.values());
    }

    /** Sessions and sums. */
    public SwarmStatistics statistics() {
        return links.statistics();
    }

    /** Ends every fetch as stopped and every session. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            List.copyOf(fetches.values()).forEach(SwarmFetch::stop);
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

    private Optional<ServedShare> withdraw(Key share, PeerMessage.Reason reason) {
        ServedShare served = shares.remove(share);
        if (served != null) {
            uploads.withdraw(share, reason);
            for (PeerLink link : links.all()) {
                if (link.isAnnounced(share)) {
                    link.reject(share, List.of(), reason);
                }
                link.forget(share);
            }
        }
        return Optional.ofNullable(served);
    }

    private void memoryFreed() {
        fetches.values().forEach(SwarmFetch::fill);
    }

    private void heard(PeerLink link, PeerMessage.OfShare message) {
        ServedShare served = shares.get(message.share());
        SwarmFetch fetch = fetches.get(message.share());
        if (message instanceof PeerMessage.ManifestRequest request) {
            PeerMessage part = served == null ? null : served.manifestPart(request.offset());
            if (part != null) {
                link.send(part);
            } else {
                boolean isSoon = fetch != null || served == null && coming.contains(request.share());
                link.reject(
                        request.share(),
                        List.of(),
                        isSoon ? PeerMessage.Reason.NOT_HAD : PeerMessage.Reason.NOT_SHARED);
            }
        } else if (message instanceof PeerMessage.Have have) {
            heardHave(link, have, served, fetch);
        } else if (message instanceof PeerMessage.HaveMore more) {
            if (link.claim(more.share()) != null) {
                link.claimsMore(more.share(), more.chunks());
                if (served != null) {
                    more.chunks().forEach(chunk -> served.spreads(link, chunk));
                }
                if (fetch != null) {
                    fetch.claimedMore(link, more.chunks());
                }
            }
        } else if (message instanceof PeerMessage.Want want) {
            if (served == null) {
                link.reject(
                        want.share(),
                        want.chunks(),
                        coming.contains(want.share()) ? PeerMessage.Reason.BUSY : PeerMessage.Reason.NOT_SHARED);
            } else {
                uploads.want(link, served, want.chunks());
            }
        } else if (message instanceof PeerMessage.Cancel cancel) {
            uploads.cancel(link, cancel.share(), cancel.chunks());
        } else if (message instanceof PeerMessage.Reject reject) {
            heardReject(link, reject, fetch);
        } else if (message instanceof PeerMessage.Peers others && fetch != null) {
            fetch.heardOf(others.peers(), link);
        } else if (message instanceof PeerMessage.ManifestPart part && fetch != null) {
            fetch.part(link, part);
        }
    }

    private void heardHave(
            PeerLink link, PeerMessage.Have have, @Nullable ServedShare served, @Nullable SwarmFetch fetch) {
        if (served == null && fetch == null && coming.contains(have.share())) {
            coming.claimed(link, have);
            return;
        }
        if (served == null && fetch == null) {
            link.reject(have.share(), List.of(), PeerMessage.Reason.NOT_SHARED);
            return;
        }
        if (served != null && served.chunkCount() != have.chunks().chunkCount()) {
            return;
        }
        boolean isNew = link.claim(have.share()) == null;
        link.claims(have.share(), have.chunks());
        if (served != null) {
            served.spreads(link, have.chunks());
            link.announce(have.share(), served.have());
        }
        if (fetch != null) {
            fetch.claimed(link);
        }
        if (isNew) {
            exchange.joined(link, have.share());
        }
    }

    private void heardReject(PeerLink link, PeerMessage.Reject reject, @Nullable SwarmFetch fetch) {
        boolean whole = reject.chunks().isEmpty();
        if (whole && reject.reason() != PeerMessage.Reason.NOT_HAD && reject.reason() != PeerMessage.Reason.BUSY) {
            link.forget(reject.share());
        }
        if (fetch != null) {
            fetch.rejected(link, reject);
            return;
        }
        for (SwarmFetch other : fetches.values()) {
            List<Integer> numbers = reject.chunks().stream()
                    .map(chunk -> other.askedAs(link, reject.share(), chunk))
                    .filter(number -> number >= 0)
                    .toList();
            if (!numbers.isEmpty()) {
                PeerMessage.Reason reason =
                        reject.reason() == PeerMessage.Reason.NOT_SHARED ? PeerMessage.Reason.NOT_HAD : reject.reason();
                other.rejectedElsewhere(link, new PeerMessage.Reject(other.share(), numbers, reason));
            }
        }
    }

    private final class LinkEvents implements LinkTable.Events {
        @Override
        public void opened(PeerLink link) {
            List.copyOf(fetches.values()).forEach(fetch -> fetch.offer(link));
        }

        @Override
        public void message(PeerLink link, PeerMessage message) {
            if (message instanceof PeerMessage.OfShare ofShare) {
                heard(link, ofShare);
            } else if (message instanceof PeerMessage.Locate locate) {
                locator.locate(link, locate.keys());
            } else if (message instanceof PeerMessage.Located located) {
                List.copyOf(fetches.values()).forEach(fetch -> fetch.located(link, located.places()));
            }
        }

        @Override
        public void chunk(PeerLink link, ReceivedChunk chunk) {
            SwarmFetch fetch = fetches.get(chunk.share());
            if (fetch != null) {
                fetch.chunk(link, chunk);
                return;
            }
            for (SwarmFetch other : fetches.values()) {
                int number = other.askedAs(link, chunk.share(), chunk.chunk());
                if (number >= 0) {
                    other.chunk(link, chunk.as(other.share(), number));
                    return;
                }
            }
            chunk.release();
        }

        @Override
        public void closed(PeerLink link, String reason) {
            shares.values().forEach(share -> share.left(link));
            List.copyOf(fetches.values()).forEach(fetch -> fetch.closed(link, reason));
        }

        @Override
        public boolean ticked(long nowMillis) {
            List.copyOf(fetches.values()).forEach(fetch -> fetch.tick(nowMillis));
            return !fetches.isEmpty();
        }
    }

    private final class UploadOutcome implements UploadSlots.Outcome {
        @Override
        public void sent(ServedShare share, int bytes) {
            share.countUploaded(bytes);
        }

        @Override
        public void unreadable(ServedShare share, Throwable failure) {
            if (failure instanceof ClosedChannelException || shares.get(share.hash()) != share) {
                return; // it is the session that ended, or nobody is served from there any more
            }
            if (failure instanceof ContentChangedException) {
                withdraw(share.hash(), PeerMessage.Reason.CHANGED);
            }
            listener.unreadable(share.hash(), failure);
        }
    }

    private final class Host implements FetchHost {
        @Override
        public ServedShare serveGrowing(Content content) {
            ServedShare served = new ServedShare(content);
            shares.put(served.hash(), served);
            return served;
        }

        @Override
        public void gained(ServedShare share, int chunk) {
            share.gained(chunk);
            news.gained(share, chunk);
        }

        @Override
        public void ended(SwarmFetch fetch, boolean keepServing) {
            fetches.remove(fetch.share());
            ServedShare served = shares.get(fetch.share());
            if (!keepServing && served != null && fetch.puts(served.source())) {
                withdraw(fetch.share(), PeerMessage.Reason.NOT_SHARED);
            }
        }
    }
}
