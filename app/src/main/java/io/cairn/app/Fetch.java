package io.cairn.app;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A fetch: waiting, running, paused or ended. Thread-safe. */
public interface Fetch extends Operation<FetchEvent, FetchEvent.Complete> {
    /** The hash being fetched. */
    Key hash();

    /** The request. */
    FetchOptions options();

    /** Its current status. */
    Status status();

    /** Completes when the verified file is in place; fails with a {@link CairnException} otherwise. */
    @Override
    CompletableFuture<FetchEvent.Complete> completion();

    /** Ends it. What arrived is kept; a later fetch of the same hash to the same place resumes from there. */
    void stop();

    /**
     * Pauses it until it is resumed, even across restarts of the node; completes once its work has stopped. A paused fetch stays
     * paused.
     */
    CompletableFuture<Status> pause();

    /** Resumes it if paused, or retries it now if waiting, once a slot for a running fetch is free. Otherwise does nothing. */
    CompletableFuture<Status> resume();

    /** Ends it, deletes its partial data and forgets it; completes when that is done. Fails if the fetch is complete. */
    CompletableFuture<Status> cancel();

    /**
     * @param totalBytes of the part of the share to fetch
     * @param bytesPerSecond over the last seconds
     */
    record Status(
            String name,
            FetchState state,
            long verifiedBytes,
            long totalBytes,
            int chunks,
            int chunkCount,
            int peers,
            long bytesPerSecond,
            Path target) {
        public boolean isEnded() {
            return state.isEnded();
        }

        /** The same status in another state. */
        public Status in(FetchState next) {
            return new Status(
                    name,
                    next,
                    verifiedBytes,
                    totalBytes,
                    chunks,
                    chunkCount,
                    peers,
                    next == FetchState.CHUNKS ? bytesPerSecond : 0,
                    target);
        }
    }
}
