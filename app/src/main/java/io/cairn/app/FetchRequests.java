package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.store.FetchRequest;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StoredFetchState;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** Remembers what users asked to be fetched, one change after the other, beside the fetching. Confined to the loop. */
final class FetchRequests {
    private final Work work;
    private final StateDatabase state;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);

    FetchRequests(Work work, StateDatabase state) {
        this.work = work;
        this.state = state;
    }

    /** Completes when it is on disk for good. */
    CompletableFuture<?> remember(LocalFetch fetch, long wallMillis) {
        FetchOptions options = fetch.options();
        FetchRequest request = new FetchRequest(
                fetch.hash(),
                fetch.place().output(),
                fetch.place().intoFolder(),
                options.target().name(),
                options.target().peers(),
                options.keepSharing(),
                options.sequential(),
                options.only(),
                options.onExisting(),
                StoredFetchState.ACTIVE,
                wallMillis);
        return then(() -> state.fetchRequests().put(request));
    }

    /** Completes when it is on disk for good. */
    CompletableFuture<?> setState(LocalFetch fetch, StoredFetchState to) {
        String name = fetch.status().name();
        return then(
                () -> state.fetchRequests().setState(fetch.hash(), fetch.place().output(), to, name));
    }

    /** Completes when it is on disk for good. */
    CompletableFuture<?> forget(Key hash, FetchPlace place) {
        return then(() -> state.fetchRequests().remove(hash, place.output()));
    }

    /** Completes, or fails, with what was asked last. */
    CompletableFuture<?> latest() {
        return last;
    }

    /** Completes when all so far is on disk for good, or has failed. */
    CompletableFuture<?> settled() {
        return last.handle((done, failure) -> true);
    }

    private CompletableFuture<?> then(Change change) {
        CompletableFuture<?> next = settled()
                .thenCompose(before -> work.offload(() -> {
                    change.make();
                    return true;
                }));
        last = next;
        return next;
    }

    private interface Change {
        void make() throws IOException;
    }
}
