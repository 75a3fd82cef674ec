package io.cairn.app;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.swarm.FetchListener;
import java.util.concurrent.CompletableFuture;

/** A fetch that wants the manifest and not one chunk. */
final class ManifestOnly {
    private ManifestOnly() {}

    /** Begins, on the loop; completes there when the swarm is done with it, so that the hash is free. */
    static CompletableFuture<Manifest> fetch(FetchTools tools, FetchTarget target) {
        CompletableFuture<Manifest> arrived = new CompletableFuture<>();
        return tools.swarm()
                .fetchManifest(target.hash(), tools.surroundings().meantBy(target.peers()), new FetchListener() {
                    @Override
                    public void manifest(Manifest manifest, NodeId from, long resumedBytes) {
                        arrived.complete(manifest);
                    }
                })
                .end()
                .thenCompose(outcome -> arrived.isDone()
                        ? arrived
                        : CompletableFuture.failedFuture(FetchFailures.of(
                                target.hash(), outcome, tools.view().get())));
    }
}
