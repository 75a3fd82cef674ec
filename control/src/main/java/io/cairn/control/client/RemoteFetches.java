package io.cairn.control.client;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.json.FetchJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The fetches that are known here: the same handle for each time that the node lists one. Thread-safe. */
final class RemoteFetches {
    private static final int KNOWN_MAX = 200;

    private final NodeCalls calls;
    private final Map<Long, RemoteFetch> known = new LinkedHashMap<>();

    RemoteFetches(NodeCalls calls) {
        this.calls = calls;
    }

    Fetch start(FetchOptions options) {
        RemoteFetch fetch = RemoteFetch.start(calls, options);
        CompletableFuture<Long> unused = fetch.id().whenComplete((id, refused) -> {
            if (refused == null) {
                keep(id, fetch);
            }
        });
        return fetch;
    }

    /** All fetches of the node. Handles of those that it has forgotten are forgotten here too. */
    synchronized List<Fetch> all(List<FetchJson.Listed> list) {
        List<Fetch> fetches = some(list);
        known.keySet().retainAll(list.stream().map(FetchJson.Listed::id).toList());
        return fetches;
    }

    /** Some fetches of the node. */
    synchronized List<Fetch> some(List<FetchJson.Listed> list) {
        List<Fetch> fetches = new ArrayList<>();
        for (FetchJson.Listed each : list) {
            fetches.add(known.computeIfAbsent(each.id(), id -> RemoteFetch.listed(calls, each))
                    .at(each.status()));
        }
        return fetches;
    }

    /** The fetches that were heard of last, for a closed node. */
    synchronized List<Fetch> lastKnown() {
        return List.copyOf(known.values());
    }

    /** A client that never lists its fetches keeps as many as a node keeps of those that ended. */
    private synchronized void keep(long id, RemoteFetch fetch) {
        known.putIfAbsent(id, fetch);
        if (known.size() > KNOWN_MAX) {
            known.values()
                    .removeIf(each -> known.size() > KNOWN_MAX && each.latest().isEnded());
        }
    }
}
