package io.cairn.app.fetch;

import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.fetch.run.FetchPlace;
import io.cairn.app.fetch.run.OwnCopy;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.store.part.UnfinishedFetches;
import io.cairn.transfer.store.state.FetchRequest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An unfinished fetch of an earlier run: its request, and its partial data.
 *
 * @param stored null if its manifest never arrived
 * @param requested whether the request is in the database; false if the process was killed before that
 */
record RememberedFetch(
        FetchOptions options,
        FetchPlace place,
        StoredFetchState state,
        @Nullable StoredFetch stored,
        boolean requested) {
    /** All unfinished fetches, oldest first. Blocks: for workers. */
    static List<RememberedFetch> all(StateDatabase state) throws IOException {
        List<StoredFetch> stored = new UnfinishedFetches(state).list();
        Set<StoredFetch> asked = new HashSet<>();
        List<RememberedFetch> all = new ArrayList<>();
        for (FetchRequest request : state.fetchRequests().all()) {
            StoredFetch content = stored.stream()
                    .filter(fetch -> fetch.hash().equals(request.hash()) && isAt(fetch.target(), request))
                    .findFirst()
                    .orElse(null);
            if (content != null) {
                asked.add(content);
            }
            boolean refuses = request.updates() == null && request.onExisting() == OnExisting.REFUSE;
            all.add(new RememberedFetch(
                    options(request),
                    new FetchPlace(request.output(), request.intoFolder(), refuses),
                    request.state(),
                    content,
                    true));
        }
        for (StoredFetch fetch : stored) {
            if (!asked.contains(fetch)) {
                all.add(unasked(fetch));
            }
        }
        return all;
    }

    /** Its status when its process ended; empty if its manifest never arrived. */
    Optional<Fetch.Status> found() {
        return Optional.ofNullable(stored)
                .map(fetch -> new Fetch.Status(
                        fetch.manifest().name(),
                        FetchState.QUEUED,
                        OwnCopy.bytes(fetch.manifest(), fetch.chunks()),
                        fetch.manifest().totalBytes(),
                        fetch.chunks().size(),
                        fetch.manifest().chunkCount(),
                        0,
                        0,
                        fetch.target()));
    }

    /** Deletes the partial data of a fetch that is not running. Blocks: for workers. */
    static boolean discard(StateDatabase state, FetchPlace place, FetchOptions options) throws IOException {
        UnfinishedFetches unfinished = new UnfinishedFetches(state);
        Key hash = options.target().hash();
        boolean found = false;
        for (StoredFetch fetch : unfinished.list()) {
            if (fetch.hash().equals(hash)
                    && isAt(fetch.target(), place.output(), place.intoFolder(), options.onExisting())) {
                unfinished.discard(fetch);
                found = true;
            }
        }
        place.removeMade();
        return found;
    }

    private static RememberedFetch unasked(StoredFetch fetch) {
        FetchTarget target = new FetchTarget(fetch.hash(), fetch.manifest().name(), -1, List.of());
        return new RememberedFetch(
                FetchOptions.to(target, fetch.target())
                        .keepSharing(fetch.keepSharing())
                        .retried(true)
                        .build(),
                new FetchPlace(fetch.target(), false, true),
                fetch.state(),
                fetch,
                false);
    }

    private static FetchOptions options(FetchRequest request) {
        return FetchOptions.builder(
                        new FetchTarget(request.hash(), request.name(), -1, request.peers()),
                        new FetchOptions.Output(request.output(), request.intoFolder()))
                .keepSharing(request.keepSharing())
                .sequential(request.sequential())
                .only(request.only())
                .onExisting(request.onExisting())
                .updating(
                        request.updates() == null ? null : new FetchOptions.Update(request.updates(), request.keptIn()))
                .timeouts(new FetchOptions.Timeouts(request.lookupSeconds(), request.stallSeconds()))
                .retried(true)
                .build();
    }

    private static boolean isAt(Path target, FetchRequest request) {
        return isAt(target, request.output(), request.intoFolder(), request.onExisting());
    }

    /**
     * Whether a fetch to an output has this target; if it picks a free name, any name in that folder. An output folder is the target
     * itself if more of a share is added to it.
     */
    private static boolean isAt(Path target, Path output, boolean intoFolder, OnExisting onExisting) {
        if (intoFolder) {
            return output.equals(target.getParent()) || output.equals(target);
        }
        return output.equals(target)
                || onExisting == OnExisting.RENAME && Objects.equals(output.getParent(), target.getParent());
    }
}
