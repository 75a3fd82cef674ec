package io.cairn.app.fetch.run;

import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.part.UnfinishedFetches;
import io.cairn.transfer.store.state.StoredFetch;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Creates the runs of this node's fetches. Confined to the loop. */
public final class FetchRuns {
    private final FetchTools tools;
    private final Map<Key, StoredFetch> placedBefore = new HashMap<>();

    public FetchRuns(FetchTools tools) {
        this.tools = tools;
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

    /** A run that has not started. */
    public FetchRun of(FetchTask task) {
        return new FetchRun(tools, task, placedBefore.get(task.hash()));
    }
}
