package io.cairn.app.manifest;

import io.cairn.app.FetchTarget;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.app.fetch.run.FetchTools;
import io.cairn.app.fetch.run.SecretSearch;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.util.concurrent.CompletableFuture;

/** A fetch of the manifest without any chunks. */
public final class ManifestOnly {
    private ManifestOnly() {}

    /** Begins on the loop; completes there once the swarm has released the hash. */
    public static CompletableFuture<Manifest> fetch(FetchTools tools, FetchTarget target) {
        SecretSearch secrets = new SecretSearch(tools, target);
        return secrets.begin().thenCompose(known -> fetch(tools, target, secrets));
    }

    private static CompletableFuture<Manifest> fetch(FetchTools tools, FetchTarget target, SecretSearch secrets) {
        SwarmFetch begun = tools.swarm()
                .fetchManifest(
                        target.hash(),
                        tools.surroundings().meantBy(target.peers()),
                        secrets.hearing(new FetchListener() {}));
        return secrets.follow(begun)
                .thenCompose(outcome -> secrets.forget().thenApply(forgotten -> outcome))
                .thenCompose(outcome -> {
                    Manifest arrived = begun.manifest();
                    return arrived != null
                            ? CompletableFuture.completedFuture(arrived)
                            : CompletableFuture.failedFuture(FetchFailures.of(
                                    target.hash(), outcome, tools.view().get()));
                });
    }
}
