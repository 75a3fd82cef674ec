package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.swarm.FetchListener;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.Swarm;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A fetch that wants the manifest and not one chunk. */
final class ManifestOnly implements FetchListener {
    private final FetchTarget target;
    private final Supplier<NetworkView> view;
    private final CompletableFuture<Manifest> result = new CompletableFuture<>();
    private @Nullable Manifest arrived;

    private ManifestOnly(FetchTarget target, Supplier<NetworkView> view) {
        this.target = target;
        this.view = view;
    }

    /**
     * Begins, on the loop; completes there when the swarm is done with it, so that the hash is free.
     *
     * @param peers who may have it, besides those who are found
     */
    static CompletableFuture<Manifest> fetch(
            Swarm swarm, FetchTarget target, List<Endpoint> peers, Supplier<NetworkView> view) {
        ManifestOnly listener = new ManifestOnly(target, view);
        swarm.fetchManifest(target.hash(), peers, listener);
        return listener.result;
    }

    @Override
    public void lookup(int asked, int answered, int providers) {}

    @Override
    public void manifest(Manifest manifest, NodeId from, long resumedBytes) {
        arrived = manifest;
    }

    @Override
    public void peerChanged(@Nullable NodeId node, Endpoint endpoint, PeerState state, String reason) {}

    @Override
    public void chunkBad(int chunk, NodeId node, Endpoint endpoint) {}

    @Override
    public void verified(int chunks) {}

    @Override
    public void ended(FetchOutcome outcome) {
        if (arrived != null) {
            result.complete(arrived);
        } else {
            result.completeExceptionally(FetchFailures.of(target.hash(), outcome, view.get()));
        }
    }
}
