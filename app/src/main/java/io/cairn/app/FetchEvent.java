package io.cairn.app;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An event of a fetch. Pure data; the JSON output has one line for each. */
public sealed interface FetchEvent {
    /** The part of the fetch's state that this describes until the next such event; null for a momentary event. */
    default @Nullable Object describes() {
        return this instanceof PeerChanged || this instanceof ChunkBad || this instanceof Obstacle ? null : getClass();
    }

    /** Whether the fetch has ended and no event follows. */
    default boolean isLast() {
        return this instanceof Complete
                || this instanceof Failed
                || this instanceof Stopped
                || this instanceof Cancelled;
    }

    /**
     * It waits: sent at least every two seconds.
     *
     * @param ahead the running fetches and those that wait before it; 0 if it does not wait for a slot
     */
    record Queued(int ahead, For waitsFor) implements FetchEvent {
        /** Text and JSON output have the name in lower case. */
        public enum For {
            /** As many fetches run as may at once. */
            SLOT,
            /** This node does something else with its hash. */
            HASH
        }
    }

    /** Paused until the user resumes it. */
    record Paused() implements FetchEvent {}

    /** Resumed by the user; it is queued or starts at once. */
    record Resumed() implements FetchEvent {}

    /** No provider was found, or nothing arrived: retried after {@code waitMillis}, or sooner when a node appears. */
    record RetriedLater(String why, long waitMillis) implements FetchEvent {}

    /** The look-up is in progress: sent within a second, and again as it changes. */
    record Lookup(int asked, int answered, int providers) implements FetchEvent {}

    /**
     * What stands in its way, as far as it is seen: sent soon after that, long before the fetch gives up, and not again while it stays the
     * same. It may still resolve itself.
     *
     * @param why the cause, as a clause
     */
    record Obstacle(String why, Advice next) implements FetchEvent {}

    /** The target exists and may already be the share: it is read, and progress events follow. */
    record Comparing(Path target) implements FetchEvent {}

    /** The manifest has arrived. {@code resumedBytes} were fetched by an earlier run. */
    record ManifestArrived(String name, long size, int chunks, NodeId from, long resumedBytes) implements FetchEvent {}

    /** Verified so far; sent at least every two seconds, even without progress. */
    record Progress(
            long verifiedBytes,
            long totalBytes,
            int chunks,
            int chunkCount,
            long bytesPerSecond,
            int peers,
            long etaMillis)
            implements FetchEvent {}

    /** A peer's state changed; its id is null until the peer has sent it. */
    record PeerChanged(@Nullable NodeId node, Endpoint endpoint, State state, String reason) implements FetchEvent {
        /** Text and JSON output have the name in lower case. */
        public enum State {
            CONNECTING,
            CONNECTED,
            /** The session was not established. */
            FAILED,
            /** The session has ended. */
            LOST,
            /** The fetch no longer uses the peer. */
            DROPPED;

            public String text() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }

    /** A chunk did not match its digests; it is fetched again, from another peer if possible. */
    record ChunkBad(int chunk, NodeId node, Endpoint endpoint) implements FetchEvent {}

    /** All chunks are verified; the files move to their target. */
    record Placing(int chunks) implements FetchEvent {}

    /** All chunks were verified on arrival, and the files are in place, unchanged since. */
    record Verified(int chunks) implements FetchEvent {}

    /**
     * The verified file is in place.
     *
     * @param alreadyThere whether it was in place before this fetch, so that nothing was fetched
     * @param substituted files renamed because the file system cannot hold their names: paths in the share, and names on disk
     * @param updated what changed in the copy that it brought up to date; null if it made a new one
     */
    record Complete(
            Key hash,
            String name,
            Path path,
            long size,
            int chunks,
            long millis,
            List<Contribution> peers,
            int badChunks,
            boolean alreadyThere,
            Map<String, String> substituted,
            @Nullable Updated updated)
            implements FetchEvent {
        public Complete {
            peers = List.copyOf(peers);
            substituted = Collections.unmodifiableMap(new LinkedHashMap<>(substituted));
        }

        /** Of a new copy, with all names as in the share. */
        public Complete(
                Key hash,
                String name,
                Path path,
                long size,
                int chunks,
                long millis,
                List<Contribution> peers,
                int badChunks,
                boolean alreadyThere) {
            this(hash, name, path, size, chunks, millis, peers, badChunks, alreadyThere, Map.of(), null);
        }
    }

    /**
     * What an update changed in its copy.
     *
     * @param chunksFetched chunks that came from peers
     * @param chunksReused chunks of new and changed files that the copy held
     * @param filesPlaced new and changed files
     * @param filesRemoved files that the version lacks
     * @param conflicts where the user's own changes are now, of files that the update replaced or removed
     */
    record Updated(int chunksFetched, int chunksReused, int filesPlaced, int filesRemoved, List<Path> conflicts) {
        public Updated {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** The last event of a failed fetch: what failed, why, and what to do next. */
    record Failed(CairnException failure) implements FetchEvent {}

    /** The last event of a stopped fetch; what arrived is kept. */
    record Stopped() implements FetchEvent {}

    /** The last event of a cancelled fetch; what arrived is deleted. */
    record Cancelled() implements FetchEvent {}

    /** The contribution of one peer. */
    record Contribution(NodeId node, Endpoint endpoint, int chunks, long bytes) {}
}
