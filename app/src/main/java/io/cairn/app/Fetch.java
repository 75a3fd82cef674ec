package io.cairn.app;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** A fetch: under way, or ended. Thread-safe. */
public interface Fetch {
    /** The hash that is fetched. */
    Key hash();

    /** How it stands. */
    Status status();

    /** Completes when the verified file is in place; fails with a {@link CairnException} that says why it is not. */
    CompletableFuture<FetchEvent.Complete> completion();

    /** Stops it; what was fetched is kept and a later fetch of the same hash to the same place goes on from there. */
    void stop();

    /** Stops it and deletes what was fetched. */
    void cancel();

    /**
     * @param state one of {@code lookup}, {@code manifest}, {@code chunks}, {@code placing}, {@code done}, {@code failed},
     *     {@code stopped}
     * @param bytesPerSecond over the last seconds
     */
    record Status(
            String name,
            String state,
            long verifiedBytes,
            long totalBytes,
            int chunks,
            int chunkCount,
            int peers,
            long bytesPerSecond,
            Path target) {}
}
