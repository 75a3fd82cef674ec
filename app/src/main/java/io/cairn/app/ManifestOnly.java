package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.swarm.FetchListener;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.Swarm;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A fetch that wants the manifest and not one chunk: it ends where the chunks would be put. */
final class ManifestOnly implements FetchListener {
    private final FetchTarget target;
    private final CompletableFuture<Manifest> result = new CompletableFuture<>();

    private ManifestOnly(FetchTarget target) {
        this.target = target;
    }

    /** Begins, on the loop; completes there. */
    static CompletableFuture<Manifest> fetch(Swarm swarm, FetchTarget target) {
        ManifestOnly listener = new ManifestOnly(target);
        swarm.fetch(
                target.hash(),
                target.peers(),
                manifest -> {
                    throw new Arrived(manifest);
                },
                listener);
        return listener.result;
    }

    @Override
    public void lookup(int asked, int answered, int providers) {}

    @Override
    public void manifest(Manifest manifest, NodeId from, long resumedBytes) {}

    @Override
    public void peerChanged(@Nullable NodeId node, Endpoint endpoint, PeerState state, String reason) {}

    @Override
    public void chunkBad(int chunk, NodeId node, Endpoint endpoint) {}

    @Override
    public void verified(int chunks) {}

    @Override
    public void ended(FetchOutcome outcome) {
        if (outcome instanceof FetchOutcome.StorageFailed end && end.failure() instanceof Arrived arrived) {
            result.complete(arrived.manifest);
        } else {
            result.completeExceptionally(FetchFailures.of(target.hash(), outcome));
        }
    }

    /** Says on the way out what arrived. */
    private static final class Arrived extends IOException {
        private static final long serialVersionUID = 1L;

        private final transient Manifest manifest;

        Arrived(Manifest manifest) {
            super("only the manifest was wanted");
            this.manifest = manifest;
        }
    }
}
