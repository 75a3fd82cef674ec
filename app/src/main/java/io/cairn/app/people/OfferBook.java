package io.cairn.app.people;

import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.OfferTable;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** For whom the shares of this node are, and the secrets of those that are not for everyone. On the loop; what is read has been stored. */
public final class OfferBook {
    private final Work work;
    private final OfferTable stored;
    private final Map<Key, StoredOffer> offers = new LinkedHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();

    public OfferBook(Work work, OfferTable stored) {
        this.work = work;
        this.stored = stored;
    }

    /** Reads what earlier runs stored. Once. */
    public CompletableFuture<Void> restore() {
        CompletableFuture<Void> read =
                work.offload(stored::all).thenAccept(all -> all.forEach(offer -> offers.put(offer.hash(), offer)));
        CompletableFuture<Void> unused = read.whenComplete((done, failure) -> {
            if (failure == null) {
                restored.complete(null);
            } else {
                restored.completeExceptionally(failure);
            }
        });
        return read;
    }

    /** Completes once the offers of earlier runs are known. Fails if they cannot be read: what is for some would look open. */
    public CompletableFuture<Void> restored() {
        return restored.copy();
    }

    /** A share's row; empty for one that is open and not listed. */
    public Optional<StoredOffer> find(Key hash) {
        return Optional.ofNullable(offers.get(hash));
    }

    /** All rows, in the order they were added. */
    public List<StoredOffer> all() {
        return List.copyOf(offers.values());
    }

    /** Calls back after each change, on the loop. */
    public void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    /** Stores for whom a share is. */
    public CompletableFuture<StoredOffer> put(StoredOffer offer) {
        return restored.thenCompose(known -> work.offload(() -> {
                    stored.put(offer);
                    return offer;
                }))
                .thenApply(done -> {
                    offers.put(offer.hash(), offer);
                    watchers.forEach(Runnable::run);
                    return offer;
                });
    }

    /** A share is no more, or open and not listed. */
    public CompletableFuture<Void> remove(Key hash) {
        return restored.thenCompose(known -> work.<Void>offload(() -> {
                    stored.remove(hash);
                    return null;
                }))
                .thenApply(done -> {
                    offers.remove(hash);
                    watchers.forEach(Runnable::run);
                    return null;
                });
    }
}
