package io.cairn.app.share;

import io.cairn.app.work.Work;
import io.cairn.dht.Dht;
import io.cairn.dht.Provision;
import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Publishes shares: an open one under its hash and the keys of its chunks; one that is for some under a key alone that only holders of its
 * secret know. Confined to the loop.
 */
public final class SharePublications {
    /** Nodes that fetch the same share finish at about the same time, so they publish its chunks after a delay in this range. */
    private static final int ADOPTED_AFTER_MILLIS_MIN = 5_000;

    private static final int ADOPTED_AFTER_MILLIS_MAX = 30_000;

    private final Work work;
    private final StateDatabase state;
    private final Dht dht;
    private final Swarm swarm;
    private final Supplier<List<Endpoint>> addresses;
    private final Map<Key, Published> published = new HashMap<>(); // by hash
    private final Map<Key, Key> restricted = new HashMap<>(); // the hash, by the key of its record

    SharePublications(Work work, StateDatabase state, Dht dht, Swarm swarm, Supplier<List<Endpoint>> addresses) {
        this.work = work;
        this.state = state;
        this.dht = dht;
        this.swarm = swarm;
        this.addresses = addresses;
    }

    /** @param hasChunks whether the chunks are published, too, if the share is open */
    private record Published(Key key, Manifest manifest, boolean hasChunks) {}

    /** The key under which the record of a share lies. */
    public Key key(Key hash) {
        return swarm.secret(hash).map(secret -> secret.recordKey(hash)).orElse(hash);
    }

    /** The hash of what is published under a key. */
    Key hash(Key root) {
        return restricted.getOrDefault(root, root);
    }

    /** Publishes that this node is fetching a share, and has some of it. */
    public void publishGrowing(Manifest manifest) {
        Work.watch(publish(new Published(key(manifest.hash()), manifest, false), 0, 0), "publishing a fetch");
    }

    /** Publishes a newly fetched share; its chunks after a delay, so as not to disturb running fetches of other nodes. */
    CompletableFuture<PublishReport> publishAdopted(Manifest manifest) {
        int spread = ADOPTED_AFTER_MILLIS_MAX - ADOPTED_AFTER_MILLIS_MIN;
        return publish(
                manifest, 0, ADOPTED_AFTER_MILLIS_MIN + Math.floorMod(Objects.hash(dht.id(), manifest.hash()), spread));
    }

    /** Publishes a share. Completes once the root record is stored, so that others can find the share; the chunks follow. */
    CompletableFuture<PublishReport> publish(Manifest manifest, long lastPublishedMillis, int chunksAfterMillis) {
        return publish(new Published(key(manifest.hash()), manifest, true), lastPublishedMillis, chunksAfterMillis);
    }

    private CompletableFuture<PublishReport> publish(Published what, long lastMillis, int chunksAfterMillis) {
        Manifest manifest = what.manifest();
        Key hash = manifest.hash();
        boolean isOpen = what.key().equals(hash);
        List<Key> chunks = isOpen && what.hasChunks()
                ? IntStream.range(0, manifest.chunkCount())
                        .mapToObj(manifest::chunkKey)
                        .toList()
                : List.of();
        published.put(hash, what);
        if (!isOpen) {
            restricted.put(what.key(), hash);
        }
        CompletableFuture<PublishReport> rootPlaced = new CompletableFuture<>();
        Work.watch(
                dht.provide(
                        new Provision(what.key(), chunks, addresses.get(), lastMillis, chunksAfterMillis),
                        rootPlaced::complete),
                "publishing " + manifest);
        return rootPlaced;
    }

    /** The share has another secret, or none any more: withdraws its records, if it is published, and publishes it where it lies now. */
    void move(Key hash) {
        Published before = published.get(hash);
        if (before != null && !before.key().equals(key(hash))) {
            withdraw(hash);
            Work.watch(
                    publish(new Published(key(hash), before.manifest(), before.hasChunks()), 0, 0),
                    "publishing a share under another key");
        }
    }

    /** Stops publishing a share. */
    public void withdraw(Key hash) {
        Published before = published.remove(hash);
        if (before != null) {
            restricted.remove(before.key());
            Work.watch(dht.withdraw(before.key()), "withdrawing a share");
        }
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
