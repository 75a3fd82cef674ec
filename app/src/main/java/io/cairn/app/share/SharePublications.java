package io.cairn.app.share;

import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Publishes shares. Confined to the loop. */
final class SharePublications {
    /** Nodes that fetch the same share finish at about the same time, so they publish its chunks after a delay in this range. */
    private static final int ADOPTED_AFTER_MILLIS_MIN = 5_000;

    private static final int ADOPTED_AFTER_MILLIS_MAX = 30_000;

    private final Work work;
    private final StateDatabase state;
    private final Dht dht;
    private final Supplier<List<Endpoint>> addresses;

    SharePublications(Work work, StateDatabase state, Dht dht, Supplier<List<Endpoint>> addresses) {
        this.work = work;
        this.state = state;
        this.dht = dht;
        this.addresses = addresses;
    }

    /** Publishes a newly fetched share; its chunks after a delay, so as not to disturb running fetches of other nodes. */
    CompletableFuture<PublishReport> publishAdopted(Manifest manifest) {
        int spread = ADOPTED_AFTER_MILLIS_MAX - ADOPTED_AFTER_MILLIS_MIN;
        return publish(
                manifest, 0, ADOPTED_AFTER_MILLIS_MIN + Math.floorMod(Objects.hash(dht.id(), manifest.hash()), spread));
    }

    /** Publishes a share. Completes once the root record is stored, so that others can find the share; the chunks follow. */
    CompletableFuture<PublishReport> publish(Manifest manifest, long lastPublishedMillis, int chunksAfterMillis) {
        List<Key> chunks = IntStream.range(0, manifest.chunkCount())
                .mapToObj(manifest::chunkKey)
                .toList();
        CompletableFuture<PublishReport> rootPlaced = new CompletableFuture<>();
        Work.watch(
                dht.provide(
                        new Provision(manifest.hash(), chunks, addresses.get(), lastPublishedMillis, chunksAfterMillis),
                        rootPlaced::complete),
                "publishing " + manifest);
        return rootPlaced;
    }

    /** Clears the publication times of shares that are not served; if they return, they are published as if new. */
    void forget(Set<Key> hashes) {
        if (!hashes.isEmpty()) {
            Work.watch(
                    work.offload(() -> {
                        state.shares().notPublished(hashes);
                        return hashes;
                    }),
                    "clearing publication times");
        }
    }
}
