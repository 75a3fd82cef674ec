package io.cairn.transfer.swarm;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.peer.Audience;
import io.cairn.transfer.swarm.peer.ChunkLocator;
import io.cairn.transfer.swarm.peer.HaveNews;
import io.cairn.transfer.swarm.peer.PeerExchange;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.ServedShare;
import io.cairn.transfer.swarm.peer.SwarmLimits;
import io.cairn.transfer.swarm.peer.UploadSlots;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.nio.channels.ClosedChannelException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What this node serves, whole or growing, and the answers to peers that ask for it. A peer that may not have a share is answered as for one
 * that is unknown here. Confined to the loop.
 */
final class Serving {
    private static final int ENDED_AGAIN_MILLIS = 100;

    private final SwarmListener listener;
    private final Scheduler scheduler;
    private final Map<Key, ServedShare> shares = new LinkedHashMap<>();
    private final ComingShares coming = new ComingShares();
    private final Audience audience;
    private final UploadSlots uploads;
    private final HaveNews news;
    private final PeerExchange exchange;
    private final ChunkLocator locator;
    private final Supplier<List<PeerLink>> links;
    private final Map<Key, SwarmFetch> fetches;

    /**
     * @param links every session
     * @param fetches the fetches in progress by hash; a live view
     */
    Serving(
            SwarmListener listener,
            Clock clock,
            Scheduler scheduler,
            RandomGenerator random,
            SwarmLimits limits,
            Audience audience,
            Supplier<List<PeerLink>> links,
            Map<Key, SwarmFetch> fetches) {
        this.listener = listener;
        this.scheduler = scheduler;
        this.audience = audience;
        this.links = links;
        this.fetches = fetches;
        this.uploads = new UploadSlots(limits, clock, new UploadOutcome());
        this.news = new HaveNews(scheduler, clock, limits.haveBatchMillis(), links);
        this.exchange = new PeerExchange(scheduler, random, audience, links);
        this.locator = new ChunkLocator(scheduler, shares, audience);
    }

    UploadSlots uploads() {
        return uploads;
    }

    /** Serves a share; if it is served already, this content replaces the former one. */
    void serve(Content content) {
        ServedShare served = shares.get(content.manifest().hash());
        if (served == null) {
            shares.put(content.manifest().hash(), new ServedShare(content));
        } else {
            served.movesTo(content).toBitSet().stream().forEach(chunk -> news.gained(served, chunk));
        }
    }

    ServedShare serveGrowing(Content content) {
        ServedShare served = new ServedShare(content);
        shares.put(served.hash(), served);
        return served;
    }

    void gained(ServedShare share, int chunk) {
        share.gained(chunk);
        news.gained(share, chunk);
    }

    @Nullable
    ServedShare served(Key share) {
        return shares.get(share);
    }

    /** Stops serving a share. */
    Optional<ServedShare> withdraw(Key share, RefusalReason reason) {
        ServedShare served = shares.remove(share);
        if (served != null) {
            uploads.withdraw(share, reason);
            for (PeerLink link : links.get()) {
                if (link.isAnnounced(share)) {
                    link.connection().refuse(share, List.of(), reason);
                }
                link.forget(share);
            }
        }
        return Optional.ofNullable(served);
    }

    /** Sets the secret of a share, null for none. Every session has to prove it, and is told that it no longer has the share until then. */
    void restrict(Key share, @Nullable ShareSecret secret) {
        if (secret == null) {
            audience.open(share);
        } else {
            boolean wasRestricted = audience.isRestricted(share);
            audience.restrict(share, secret);
            uploads.withdraw(share, RefusalReason.NOT_SHARED);
            for (PeerLink link : links.get()) {
                if (link.revoke(share)) {
                    end(link, share, wasRestricted);
                }
            }
        }
        SwarmFetch fetch = fetches.get(share);
        if (fetch != null) {
            fetch.audienceChanged();
        }
    }

    /**
     * Tells a peer that it no longer has a share.
     *
     * @param isPatient whether blocks on their way arrive first, since a refusal of the whole share takes the request for them back; a peer
     *     that knows of the secret has got refusals of its other requests, and may prove the new one until then
     */
    private void end(PeerLink link, Key share, boolean isPatient) {
        if (isPatient && uploads.isSending(link)) {
            scheduler.schedule(ENDED_AGAIN_MILLIS, () -> end(link, share, true));
        } else if (!link.isClosed() && !link.hasProven(share)) {
            link.connection().refuse(share, List.of(), RefusalReason.NOT_SHARED);
        }
    }

    /** A peer shows that it has the secret of a share. A wrong proof is refused, as is one for a share that is unknown here. */
    void proven(PeerLink link, Key share, byte[] proof) {
        boolean isRight = audience.proven(link, share, proof);
        ServedShare served = servedTo(link, share); // perhaps one that needs no proof any more
        if (isRight) {
            audience.show(link, share);
            SwarmFetch fetch = fetches.get(share);
            if (fetch != null) {
                fetch.offer(link);
            }
        }
        if (served != null) {
            link.announce(share, served.have());
        } else if (!isRight) {
            link.connection().refuse(share, List.of(), RefusalReason.NOT_SHARED);
        }
    }

    void mayBeAny() {
        coming.mayBeAny();
    }

    void coming(Collection<Key> shares) {
        coming.are(shares);
        hearOffersAgain();
    }

    void comingNoMore(Collection<Key> shares) {
        coming.noMore(shares);
        hearOffersAgain();
    }

    private void hearOffersAgain() {
        coming.take().forEach(claim -> offered(claim.link(), claim.share(), claim.chunks()));
    }

    private boolean isComing(PeerLink link, Key share) {
        return coming.contains(share) && audience.mayHave(link, share);
    }

    /** A share that a peer may have; null as for one that is not here. */
    private @Nullable ServedShare servedTo(PeerLink link, Key share) {
        ServedShare served = shares.get(share);
        return audience.mayHave(link, share) ? served : null;
    }

    /** A fetch that a peer may know of. */
    private @Nullable SwarmFetch fetchKnownTo(PeerLink link, Key share) {
        SwarmFetch fetch = fetches.get(share);
        return audience.mayName(link, share) ? fetch : null;
    }

    void offered(PeerLink link, Key share, ChunkSet chunks) {
        ServedShare served = servedTo(link, share);
        SwarmFetch fetch = fetchKnownTo(link, share);
        if (served == null && fetch == null && isComing(link, share)) {
            coming.offered(link, share, chunks);
            return;
        }
        if (served == null && fetch == null) {
            link.connection().refuse(share, List.of(), RefusalReason.NOT_SHARED);
            return;
        }
        if (served != null && served.chunkCount() != chunks.chunkCount()) {
            return;
        }
        boolean isNew = link.claim(share) == null;
        link.claims(share, chunks);
        if (served != null) {
            served.spreads(link, chunks);
            link.announce(share, served.have());
        }
        if (fetch != null) {
            fetch.claimed(link);
        }
        if (isNew && audience.mayHave(link, share)) {
            exchange.joined(link, share);
        }
    }

    void offeredMore(PeerLink link, Key share, List<Integer> chunks) {
        if (link.claim(share) == null) {
            return;
        }
        link.claimsMore(share, chunks);
        ServedShare served = shares.get(share);
        if (served != null) {
            chunks.forEach(chunk -> served.spreads(link, chunk));
        }
        SwarmFetch fetch = fetches.get(share);
        if (fetch != null) {
            fetch.claimedMore(link, chunks);
        }
    }

    void manifestRequested(PeerLink link, Key share, int offset) {
        ServedShare served = servedTo(link, share);
        ManifestPiece piece = served == null ? null : served.manifestPiece(offset);
        if (piece != null) {
            link.connection().deliverManifest(piece);
        } else {
            boolean isSoon = fetchKnownTo(link, share) != null || served == null && isComing(link, share);
            link.connection().refuse(share, List.of(), isSoon ? RefusalReason.NOT_HAD : RefusalReason.NOT_SHARED);
        }
    }

    void requested(PeerLink link, Key share, List<Block> blocks) {
        ServedShare served = servedTo(link, share);
        if (served == null) {
            link.connection()
                    .refuse(share, blocks, isComing(link, share) ? RefusalReason.BUSY : RefusalReason.NOT_SHARED);
        } else {
            uploads.request(link, served, blocks);
        }
    }

    void locationsAsked(PeerLink link, List<Key> chunkKeys) {
        locator.locate(link, chunkKeys);
    }

    /** A session has ended. */
    void closed(PeerLink link) {
        shares.values().forEach(share -> share.left(link));
    }

    private final class UploadOutcome implements UploadSlots.Outcome {
        @Override
        public void sent(ServedShare share, int bytes) {
            share.countUploaded(bytes);
        }

        @Override
        public void unreadable(ServedShare share, Throwable failure) {
            if (failure instanceof ClosedChannelException || shares.get(share.hash()) != share) {
                return; // the session ended, or the share moved or was withdrawn
            }
            if (failure instanceof ContentChangedException) {
                withdraw(share.hash(), RefusalReason.CHANGED);
            }
            listener.unreadable(share.hash(), failure);
        }
    }
}
