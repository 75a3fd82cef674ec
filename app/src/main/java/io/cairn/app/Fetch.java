package io.cairn.app;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A fetch: waiting, under way, paused or ended. Thread-safe. */
public interface Fetch extends Operation<FetchEvent, FetchEvent.Complete> {
    /** The hash that is fetched. */
    Key hash();

    /** What was asked for. */
    FetchOptions options();

    /** How it stands. */
    Status status();

    /** Completes when the verified file is in place; fails with a {@link CairnException} that says why it is not. */
    @Override
    CompletableFuture<FetchEvent.Complete> completion();

    /** Ends it; what was fetched is kept and a later fetch of the same hash to the same place goes on from there. */
    void stop();

    /**
     * Holds it up until it is resumed, also over a restart of the node; completes when nothing moves any more. What is paused already
     * stays so.
     */
    CompletableFuture<Status> pause();

    /** Goes on with it as soon as fewer than the most fetches at once are under way. What is not paused goes on as it does. */
    CompletableFuture<Status> resume();

    /** Ends it, deletes what was fetched and forgets it; completes when that is done. Fails if it is complete. */
    CompletableFuture<Status> cancel();

    /**
     * @param totalBytes of what is to be fetched of the share
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

        /** The same in another state. */
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
