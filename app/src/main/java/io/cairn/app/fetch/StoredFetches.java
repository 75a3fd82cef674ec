package io.cairn.app.fetch;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.why.StoredWhys;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fetches in the state of a node that does not run: the last that ended, and the unfinished ones. */
public final class StoredFetches {
    private StoredFetches() {}

    /** Their statuses, in the order in which they ended, then the unfinished ones: each is paused, or stopped until a node resumes it. Blocks. */
    public static Map<FetchOptions, Fetch.Status> read(StateDatabase state) throws IOException {
        List<RememberedFetch> unfinished = RememberedFetch.all(state);
        Map<FetchOptions, Fetch.Status> statuses = new LinkedHashMap<>();
        StoredWhys.fetches(state).stream()
                .filter(ended -> unfinished.stream().noneMatch(fetch -> isSame(fetch.options(), ended.options())))
                .forEach(fetch -> statuses.put(fetch.options(), fetch.status()));
        for (RememberedFetch fetch : unfinished) {
            FetchState now = fetch.state() == StoredFetchState.PAUSED ? FetchState.PAUSED : FetchState.STOPPED;
            Fetch.Status unknown = new Fetch.Status(
                    fetch.options().target().name(),
                    now,
                    0,
                    0,
                    0,
                    0,
                    0,
                    0,
                    fetch.place().output());
            statuses.put(
                    fetch.options(), fetch.found().map(found -> found.in(now)).orElse(unknown));
        }
        return statuses;
    }

    private static boolean isSame(FetchOptions unfinished, FetchOptions ended) {
        return unfinished.target().hash().equals(ended.target().hash())
                && unfinished.output().equals(ended.output());
    }
}
