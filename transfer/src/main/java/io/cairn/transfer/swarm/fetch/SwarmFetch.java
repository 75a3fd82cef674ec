package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.env.PatientWork;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.peer.ServedShare;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ChunkPlace;
import io.cairn.transfer.swarm.port.ManifestPiece;
import io.cairn.transfer.swarm.port.PeerAddress;
import io.cairn.transfer.swarm.port.PeerId;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.cairn.transfer.swarm.port.RefusalReason;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One fetch, from look-up to the last verified chunk: it holds the parts, forwards peers' messages to them, and decides when it is over.
 * Confined to the node's loop.
 */
public final class SwarmFetch {
    private final FetchEnvironment env;
    private final FetchHost host;
    private final Key share;
    private final @Nullable ContentOpener opener;
    private final FetchPlan plan;
    private final FetchListener listener;
    private final FetchPeers peers;
    private final ManifestFetch manifestFetch;
    private final FetchClock times;
    private final RateMeter rate;
    private @Nullable ChunkFetch chunkFetch;
    private @Nullable ServedShare served;
    private @Nullable Content target;
    private @Nullable Manifest manifest;
    private long wantedBytes;
    private long verifiedBytes;
    private boolean opening;
    private final ProofsSeen proofs;
    private @Nullable String unusableManifest;
    private final CompletableFuture<FetchOutcome> end = new CompletableFuture<>();
    private @Nullable FetchOutcome outcome;

    public SwarmFetch(
            FetchEnvironment env,
            FetchHost host,
            Key share,
            @Nullable ContentOpener opener,
            FetchPlan plan,
            FetchListener listener) {
        this.env = env;
        this.host = host;
        this.share = share;
        this.proofs = new ProofsSeen(share);
        this.opener = opener;
        this.plan = plan;
        this.listener = listener;
        this.peers = new FetchPeers(env, share, listener, this::offer);
        this.times = new FetchClock(env.limits(), plan.patience(), now());
        this.rate = new RateMeter(now());
        this.manifestFetch = new ManifestFetch(share, env, new ManifestOutcome());
    }

    /** The hash that is fetched. */
    public Key share() {
        return share;
    }

    /** The manifest, once it is known. */
    public @Nullable Manifest manifest() {
        return manifest;
    }

    /** The current progress. */
    public FetchProgress progress() {
        ChunkFetch fetching = chunkFetch;
        return new FetchProgress(
                stage(),
                verifiedBytes,
                fetching == null && manifest != null ? manifest.totalBytes() : wantedBytes,
                fetching == null ? 0 : fetching.chunks().verifiedCount(),
                fetching != null ? fetching.chunks().wantedCount() : manifest == null ? 0 : manifest.chunkCount(),
                rate.bytesPerSecond(now()),
                peers.usable());
    }

    /** What it has seen so far, also after its end. */
    public FetchFacts facts() {
        ChunkFetch fetching = chunkFetch;
        ChunkPicker<PeerLink> chunks = fetching == null ? null : fetching.chunks();
        List<Integer> lone = fetching == null ? List.of() : fetching.chunksWithoutHolder();
        return peers.facts(
                new FetchFacts.Missing(
                        chunks == null ? 0 : chunks.wantedCount() - chunks.verifiedCount(),
                        lone.stream().sorted().toList(),
                        now() - Math.max(times.lastByteMillis(), peers.firstJoinedMillis())),
                now());
    }

    /** Whether peers served it without proving its secret, and none proved it: it seems to be for anyone. */
    public boolean isForAnyone() {
        return proofs.isForAnyone();
    }

    /** Whether a peer has proven a secret of it. */
    public boolean isProven() {
        return proofs.isProven();
    }

    /** Completes on the loop when nothing of it moves any more. */
    public CompletableFuture<FetchOutcome> end() {
        return end;
    }

    /** Ends it after writes in progress have finished. */
    public void stop() {
        end(new FetchOutcome.Stopped());
    }

    /** Whether this content is the one this fetch writes to. */
    public boolean puts(Content content) {
        return content.equals(target);
    }

    public void start(List<Endpoint> hints) {
        env.links().all().forEach(this::offer);
        peers.start(hints);
    }

    public void contactAppeared() {
        peers.contactAppeared();
    }

    /** A peer has named other participants. */
    public void heardOf(List<PeerAddress> others, PeerLink from) {
        if (outcome == null) {
            peers.heardOf(others, from);
        }
    }

    /** Offers a session that may be of use. A share that is for some is not spoken of to peers that are neither of them nor sought. */
    public void offer(PeerLink link) {
        if (outcome != null || !env.audience().mayName(link, share) && !peers.seeks(link)) {
            return;
        }
        proofs.joined(link);
        env.audience().show(link, share);
        if (!manifestFetch.hasRefused(link.peer()) && peers.add(link)) {
            ServedShare growing = served;
            if (growing != null) {
                env.audience().announce(link, share, growing.have());
            } else if (manifest == null) {
                manifestFetch.candidate(link, now());
            }
            claimed(link);
        }
    }

    /** The share has another secret, or none any more. */
    public void audienceChanged() {
        peers.audienceChanged();
    }

    /** A peer that is known to have it. */
    public void meet(PeerId peer, Endpoint at) {
        peers.meet(peer, at);
    }

    /** The peer has announced its chunks. */
    public void claimed(PeerLink link) {
        ChunkSet claim = link.claim(share);
        if (outcome == null && claim != null) {
            if (!peers.contains(link)) {
                offer(link);
                return;
            }
            peers.isOfUse(link);
            if (chunkFetch != null) {
                chunkFetch.claims(link, claim);
            }
        }
    }

    public void claimedMore(PeerLink link, List<Integer> chunks) {
        if (outcome == null && chunkFetch != null) {
            chunkFetch.claimsMore(link, chunks);
        }
    }

    public void piece(PeerLink link, ManifestPiece piece) {
        if (outcome == null) {
            times.byteCame(now());
            peers.hasSomething(link);
            manifestFetch.piece(link, piece, now());
        }
    }

    public void refused(PeerLink link, List<Block> blocks, RefusalReason reason) {
        if (outcome != null || !peers.contains(link)) {
            return;
        }
        boolean isDenied = reason == RefusalReason.NOT_SHARED && env.audience().isRestricted(share);
        if (!blocks.isEmpty() && !isDenied) {
            if (chunkFetch != null) {
                chunkFetch.refused(link, blocks, reason);
            }
        } else if (reason == RefusalReason.NOT_HAD || reason == RefusalReason.BUSY) {
            peers.hasNothingYet(link);
            manifestFetch.notYet(link, now());
        } else {
            boolean changed = reason == RefusalReason.CHANGED;
            link.hides(share);
            lose(link, FetchListener.PeerState.DROPPED, changed ? "has changed its file" : "does not share it");
            if (!changed) {
                listener.denied(link.peer(), link.endpoint());
            }
        }
    }

    public void chunk(PeerLink link, ReceivedBlock chunk) {
        ChunkFetch fetching = chunkFetch;
        if (outcome == null && fetching != null) {
            times.byteCame(now());
            fetching.arrived(link, chunk);
        } else {
            chunk.release();
        }
    }

    public void closed(PeerLink link, String reason) {
        lose(link, FetchListener.PeerState.LOST, reason);
        if (outcome == null && chunkFetch != null) {
            chunkFetch.lost(link);
        }
    }

    /** A peer has located chunks in other shares. */
    public void located(PeerLink link, List<ChunkPlace> places) {
        if (outcome == null && chunkFetch != null) {
            chunkFetch.located(link, places);
        }
    }

    /** The number in this share of a chunk requested as part of another share, or -1. */
    public int askedAs(PeerLink link, Key other, int chunk) {
        return outcome == null && chunkFetch != null ? chunkFetch.askedAs(link, other, chunk) : -1;
    }

    /** A peer refuses chunks that were requested as part of another share. */
    public void refusedElsewhere(PeerLink link, List<Block> blocks, RefusalReason reason) {
        if (outcome == null && chunkFetch != null) {
            chunkFetch.refused(link, blocks, reason);
        }
    }

    /** Requests more: memory has become free. */
    public void fill() {
        if (outcome == null && chunkFetch != null) {
            chunkFetch.fillAll();
        }
    }

    public void tick(long nowMillis) {
        if (outcome != null) {
            return;
        }
        PeerLink useless = peers.takeUseless(nowMillis);
        if (useless != null) {
            lose(useless, FetchListener.PeerState.DROPPED, "has delivered nothing while others wait");
        }
        peers.tick(nowMillis);
        manifestFetch.tick(nowMillis);
        ChunkFetch fetching = chunkFetch;
        if (fetching != null) {
            if (fetching.isOwed() && peers.lastReceivedMillis() > times.lastByteMillis()) {
                times.byteCame(peers.lastReceivedMillis());
            }
            fetching.tick(nowMillis);
            peers.searchChunks(manifest, fetching);
        }
        if (!opening) { // comparing what is at the target may take minutes
            giveUpIfHopeless(nowMillis);
        }
    }

    private void giveUpIfHopeless(long nowMillis) {
        boolean working = opening || chunkFetch != null && chunkFetch.isWorking();
        if (outcome != null || working) {
            times.byteCameIfStarted(nowMillis);
            return;
        }
        times.usablePeers(peers.usable(), nowMillis);
        boolean isNoProvider = times.isNoProvider(nowMillis);
        boolean isStalled = times.isStalled(nowMillis);
        if (peers.metOnlyLiars() && (isNoProvider || isStalled || times.isAlone(nowMillis))) {
            end(onlyLiars());
        } else if (isNoProvider) {
            end(new FetchOutcome.NoProvider(peers.searchReport(), peers.troubles()));
        } else if (isStalled) {
            FetchProgress progress = progress();
            end(new FetchOutcome.Stalled(
                    progress.chunks(),
                    progress.chunkCount(),
                    progress.peers(),
                    nowMillis - times.lastByteMillis(),
                    peers.searchReport(),
                    peers.troubles()));
        }
    }

    private FetchOutcome onlyLiars() {
        if (chunkFetch == null && unusableManifest != null) {
            return new FetchOutcome.InvalidManifest(unusableManifest);
        }
        List<Integer> bad = chunkFetch == null ? List.of() : chunkFetch.chunks().badChunks();
        return new FetchOutcome.Corrupt(bad, peers.liars());
    }

    private void lose(PeerLink link, FetchListener.PeerState state, String reason) {
        if (peers.remove(link, state, reason) && outcome == null) {
            manifestFetch.lost(link, now());
            if (chunkFetch != null) {
                chunkFetch.lost(link);
            }
        }
    }

    private void open(Manifest arrived, PeerLink from) {
        manifest = arrived;
        ContentOpener place = opener;
        if (place == null) {
            listener.manifest(arrived, from.peer(), 0);
            end(new FetchOutcome.Completed(List.of(), 0));
            return;
        }
        opening = true;
        PatientWork.offload(
                env.scheduler(),
                () -> new Opened(place.open(arrived), plan.wanted().apply(arrived)),
                (open, failure) -> {
                    opening = false;
                    if (outcome != null) {
                        tellEnd();
                    } else if (open == null) {
                        end(new FetchOutcome.StorageFailed(
                                failure instanceof IOException io ? io : new IOException(failure)));
                    } else {
                        opened(arrived, open, from);
                    }
                });
    }

    private void opened(Manifest arrived, Opened open, PeerLink from) {
        times.byteCame(now());
        ServedShare growing = host.serveGrowing(open.content());
        served = growing;
        target = open.content();
        ChunkSet have = growing.have();
        BitSet wanted = open.wanted().toBitSet();
        wantedBytes = bytes(arrived, wanted);
        wanted.and(have.toBitSet());
        verifiedBytes = bytes(arrived, wanted);
        chunkFetch = new ChunkFetch(env, open.content(), have, open.wanted(), plan.sequential(), new ChunkOutcome());
        listener.manifest(arrived, from.peer(), verifiedBytes);
        endIfComplete();
        if (outcome == null) {
            for (PeerLink link : peers.links()) {
                env.audience().announce(link, share, have);
                claimed(link);
            }
        }
    }

    private void endIfComplete() {
        ChunkFetch fetching = chunkFetch;
        if (outcome == null && fetching != null && fetching.chunks().isComplete()) {
            listener.verified(fetching.chunks().verifiedCount());
            end(new FetchOutcome.Completed(peers.contributions(), fetching.badChunks()));
        }
    }

    private void end(FetchOutcome how) {
        if (outcome == null) {
            outcome = how;
            peers.stop();
            manifestFetch.stop();
            if (chunkFetch != null) {
                chunkFetch.stop();
            }
            tellEnd();
        }
    }

    private void tellEnd() {
        FetchOutcome how = outcome;
        boolean working = opening || chunkFetch != null && chunkFetch.isWorking();
        if (how != null && !end.isDone() && !working) {
            host.ended(this, how instanceof FetchOutcome.Completed);
            end.complete(how);
        }
    }

    private FetchProgress.Stage stage() {
        if (outcome != null) {
            return FetchProgress.Stage.ENDED;
        }
        if (chunkFetch != null) {
            return FetchProgress.Stage.CHUNKS;
        }
        return peers.usable() == 0 && manifest == null ? FetchProgress.Stage.LOOKUP : FetchProgress.Stage.MANIFEST;
    }

    private static long bytes(Manifest manifest, BitSet chunks) {
        return chunks.stream().mapToLong(manifest::chunkLength).sum();
    }

    private long now() {
        return env.clock().monotonicMillis();
    }

    private record Opened(GrowingContent content, ChunkSet wanted) {}

    private final class ManifestOutcome implements ManifestFetch.Outcome {
        @Override
        public void arrived(Manifest arrived, PeerLink from) {
            open(arrived, from);
        }

        @Override
        public void wrong(PeerLink liar) {
            peers.lied(liar, "sent a false manifest");
            env.links().ban(liar, "sent a false manifest");
        }

        @Override
        public void unusable(PeerLink from, String reason) {
            unusableManifest = reason;
            String why = "sent a manifest that cannot be used: " + reason;
            peers.lied(from, why);
            lose(from, FetchListener.PeerState.DROPPED, why);
        }

        @Override
        public void invalid(String reason) {
            end(new FetchOutcome.InvalidManifest(reason));
        }
    }

    private final class ChunkOutcome implements ChunkFetch.Outcome {
        @Override
        public boolean isLacked(int chunk) {
            return served != null && served.isLacked(chunk);
        }

        @Override
        public void verified(PeerLink from, int chunk) {
            ServedShare growing = served;
            Manifest known = manifest;
            if (growing != null && known != null) {
                int length = known.chunkLength(chunk);
                proofs.delivered(from);
                verifiedBytes += length;
                rate.add(length, now());
                peers.contributed(from, length);
                host.gained(growing, chunk);
            }
            endIfComplete();
            tellEnd();
        }

        @Override
        public void bad(PeerLink from, int chunk) {
            if (outcome == null) {
                listener.chunkBad(chunk, from.peer(), from.endpoint());
                peers.lied(from, "sent a chunk that does not match its digests");
                env.links().strike(from);
            }
            tellEnd();
        }

        @Override
        public void unchecked() {
            tellEnd();
        }

        @Override
        public void storageFailed(IOException failure) {
            end(new FetchOutcome.StorageFailed(failure));
            tellEnd();
        }
    }
}
