package io.cairn.app.fetch;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetchState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The unfinished fetches in the state of a node that does not run. */
public final class StoredFetches {
    private StoredFetches() {}

    /** Their statuses, oldest first: each is paused, or stopped until a node resumes it. Blocks. */
    public static Map<FetchOptions, Fetch.Status> read(StateDatabase state) throws IOException {
        Map<FetchOptions, Fetch.Status> statuses = new LinkedHashMap<>();
        for (RememberedFetch fetch : RememberedFetch.all(state)) {
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
}
