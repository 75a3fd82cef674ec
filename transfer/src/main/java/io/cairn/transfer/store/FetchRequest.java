package io.cairn.transfer.store;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;
import java.util.List;

/**
 * A fetch as the user asked for it, from the moment it was asked for; what of it is here is another matter, told by {@link StoredFetch}.
 *
 * @param output where to, absolute: a folder that receives the share under its own name, or the target itself
 * @param name as far as it is known, else empty
 * @param peers addresses that came with the hash
 * @param only patterns of the files to fetch, as written; empty for all
 * @param createdMillis when it was asked for, wall-clock milliseconds since 1970: the order in which fetches begin
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
        StoredFetchState state,
        long createdMillis) {
    public FetchRequest {
        peers = List.copyOf(peers);
        only = List.copyOf(only);
    }
}
