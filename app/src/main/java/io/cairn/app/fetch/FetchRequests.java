package io.cairn.app.fetch;

import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Why;
import io.cairn.app.fetch.run.EndedFetch;
import io.cairn.app.fetch.run.FetchPlace;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.app.json.FetchJson;
import io.cairn.app.network.NetworkView;
import io.cairn.app.why.StoredWhys;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.FetchRequest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The fetches of this node in its database; changes are written one at a time. Confined to the loop. */
public final class FetchRequests {
    private final Work work;
    private final StateDatabase state;
    private CompletableFuture<?> last = CompletableFuture.completedFuture(true);

    public FetchRequests(Work work, StateDatabase state) {
        this.work = work;
        this.state = state;
    }

    /** The unfinished fetches of earlier processes, oldest first. */
    CompletableFuture<List<RememberedFetch>> unfinished() {
        return work.offload(() -> RememberedFetch.all(state));
    }

    /** Deletes the partial data of a fetch that is not running, and forgets it. */
    CompletableFuture<?> discard(EndedFetch fetch) {
        return work.offload(() -> RememberedFetch.discard(state, fetch.place(), fetch.options()))
                .thenCompose(discarded -> then(() -> StoredWhys.cancelled(state, fetch.hash())))
                .thenCompose(restated -> forget(fetch.hash(), fetch.place()));
    }

    /** Completes once it is durable on disk. */
    CompletableFuture<?> remember(FetchTask fetch, long wallMillis) {
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
                options.timeouts().lookupSeconds(),
                options.timeouts().stallSeconds(),
                options.update() == null ? null : options.update().earlier(),
                options.update() == null ? null : options.update().keptIn(),
                StoredFetchState.ACTIVE,
                wallMillis);
        return then(() -> {
            state.fetchRequests().put(request);
            if (options.update() != null) {
                state.fetchRequests().removeOtherUpdates(request.hash(), request.output());
            }
        });
    }

    /** Completes once it is durable on disk. */
    CompletableFuture<?> setState(FetchTask fetch, StoredFetchState to) {
        String name = fetch.status().name();
        return then(
                () -> state.fetchRequests().setState(fetch.hash(), fetch.place().output(), to, name));
    }

    /** Completes once it is durable on disk. */
    CompletableFuture<?> forget(Key hash, FetchPlace place) {
        return then(() -> state.fetchRequests().remove(hash, place.output()));
    }

    /**
     * Keeps an attempt, and why it ended as it did. Completes once it is durable on disk.
     *
     * @param view the network when it ended
     */
    CompletableFuture<?> keep(FetchTask fetch, Why why, NetworkView view) {
        CompletableFuture<?> request = last;
        boolean isListed = fetch.state().isEnded() && fetch.state() != FetchState.CANCELLED;
        Optional<FetchJson.Listed> listed = Optional.of(
                        new FetchJson.Listed(fetch.number(), fetch.options(), fetch.status()))
                .filter(one -> isListed);
        CompletableFuture<?> kept = then(() -> StoredWhys.put(state, why, listed, view));
        last = kept.handle((done, failure) -> true).thenCompose(done -> request);
        return kept;
    }

    /** Why the last fetch of a hash ended as it did. */
    CompletableFuture<Optional<Why>> lastWhy(Key hash) {
        return settled().thenCompose(done -> work.offload(() -> StoredWhys.find(state, hash)));
    }

    /** Completes or fails with the latest change of a request. */
    CompletableFuture<?> latest() {
        return last;
    }

    /** Completes once all changes so far are durable on disk or have failed. */
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
