package io.cairn.transfer.store.state;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fetch as requested by the user, stored from the moment of the request. Its progress is a {@link StoredFetch}.
 *
 * @param output absolute; the target itself, or a folder that receives the share under its own name
 * @param name the share's name; empty if unknown
 * @param peers addresses that came with the hash
 * @param only patterns of the files to fetch, as written; empty for all
 * @param lookupSeconds how long it waits for a provider
 * @param stallSeconds how long it waits for a byte
 * @param updates the version of the copy at the output that it brings up to date; null if it makes a new copy
 * @param keptIn where an update keeps what it replaces and removes; null to keep none of it
 * @param createdMillis time of the request, wall-clock milliseconds since 1970; fetches start in this order
 */
public record FetchRequest(
        Key hash,
        Path output,
        boolean intoFolder,
        String name,
        List<Endpoint> peers,
        boolean keepSharing,
        boolean sequential,
        List<String> only,
        OnExisting onExisting,
        int lookupSeconds,
        int stallSeconds,
        @Nullable Key updates,
        @Nullable Path keptIn,
        StoredFetchState state,
        long createdMillis) {
    public FetchRequest {
        peers = List.copyOf(peers);
        only = List.copyOf(only);
    }
}
