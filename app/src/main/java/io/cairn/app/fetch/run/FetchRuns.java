package io.cairn.app.fetch.run;

import io.cairn.app.Why;
import io.cairn.app.network.NetworkView;
import io.cairn.app.why.LookupNow;
import io.cairn.app.why.Whys;
import io.cairn.app.work.Work;
import io.cairn.dht.Provider;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.part.UnfinishedFetches;
import io.cairn.transfer.store.state.StoredFetch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Creates the runs of this node's fetches. Confined to the loop. */
public final class FetchRuns {
    private final FetchTools tools;
    private final Map<Key, StoredFetch> placedBefore = new HashMap<>();

    private final Whys whys;

    public FetchRuns(FetchTools tools) {
        this.tools = tools;
        this.whys = new Whys(tools.clock(), tools.view());
    }

    /**
     * Finds content that an earlier process placed just before it was killed: a fetch to the same target then needs no peer, and content
     * to be shared is shared again.
     */
    public CompletableFuture<Void> restore() {
        return tools.work()
                .offload(() -> new UnfinishedFetches(tools.state()).takePlaced())
                .thenAccept(placed -> placed.forEach(fetch -> {
                    placedBefore.put(fetch.hash(), fetch);
                    if (fetch.keepSharing()) {
                        Work.watch(
                                tools.shares().adopt(fetch.manifest(), fetch.target()),
                                "going on sharing " + fetch.target());
                    }
                }));
    }

    /** Refuses at once, before any network query, what cannot succeed. */
    public CompletableFuture<FetchTask> check(FetchTask task) {
        return tools.work().offload(() -> {
            FetchChoice.of(task.options());
            task.place().check();
            return task;
        });
    }

    /** Why a fetch stands where it stands, as far as this process has seen. */
    public Why why(FetchTask task) {
        return whys.ofFetch(task.hash(), task.status(), task.failure(), task.seen());
    }

    /** An answer about a fetch, with what an earlier attempt found. */
    public Why after(@Nullable Why before, Why now) {
        return whys.after(before, now);
    }

    /** The network as this node sees it now. */
    public NetworkView view() {
        return tools.view().get();
    }

    /** What a look-up finds now for a hash that was never fetched here. */
    public CompletableFuture<Why> lookUp(Key hash) {
        List<Provider> providers = new ArrayList<>();
        Optional<Manifest> shared = tools.shares().manifest(hash);
        return LookupNow.of(
                        tools.dht(),
                        tools.work().scheduler(),
                        tools.shares().publications().key(hash),
                        providers::add)
                .thenApply(search -> whys.ofLookup(
                        hash, shared.map(Manifest::name).orElse(""), shared.isPresent(), search, providers));
    }

    /**
     * A run that has not started.
     *
     * @param isRetried whether another follows if this one finds nobody
     */
    public FetchRun of(FetchTask task, boolean isRetried) {
        return new FetchRun(
                tools, task, new FetchObstacles(tools, task, whys), placedBefore.get(task.hash()), isRetried);
    }
}
