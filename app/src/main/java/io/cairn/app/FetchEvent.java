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

/** What a fetch tells of itself. Pure data; the JSON output has one line for each. */
public sealed interface FetchEvent {
    /** What of the fetch's state this describes until the next such event; null if it tells of a moment only. */
    default @Nullable Object describes() {
        return this instanceof PeerChanged || this instanceof ChunkBad ? null : getClass();
    }

    /** It waits until fewer fetches are under way; {@code ahead} of it are those and others that wait. */
    record Queued(int ahead) implements FetchEvent {}

    /** It is paused until the user resumes it. */
    record Paused() implements FetchEvent {}

    /** The user resumes it; it is queued or starts at once. */
    record Resumed() implements FetchEvent {}

    /** Nobody has it now, or nothing came: it is tried again after so long, or sooner when a node appears. */
    record RetriedLater(String why, long waitMillis) implements FetchEvent {}

    /** The look-up goes on: shown within a second, and again as it changes. */
    record Lookup(int asked, int answered, int providers) implements FetchEvent {}

    /** Something is at the target that may be the share already: it is read, and progress tells how far. */
    record Comparing(Path target) implements FetchEvent {}

    /** The manifest has arrived. {@code resumedBytes} were fetched by an earlier run. */
    record ManifestArrived(String name, long size, int chunks, NodeId from, long resumedBytes) implements FetchEvent {}

    /** Verified so far; at least every two seconds, also when nothing moves. */
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

    /** A chunk did not match its digests; it will be fetched again, elsewhere if possible. */
    record ChunkBad(int chunk, NodeId node, Endpoint endpoint) implements FetchEvent {}

    /** All chunks are here and verified; the files move to their target. */
    record Placing(int chunks) implements FetchEvent {}

    /** All chunks were verified as they arrived, and their files are in place as the fetch left them. */
    record Verified(int chunks) implements FetchEvent {}

    /**
     * The verified file is in place.
     *
     * @param alreadyThere whether it was before this fetch began, so that nothing was fetched
     * @param substituted what is there under another name, since the file system cannot hold its own: paths in the share, and names on disk
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
            Map<String, String> substituted)
            implements FetchEvent {
        public Complete {
            peers = List.copyOf(peers);
            substituted = Collections.unmodifiableMap(new LinkedHashMap<>(substituted));
        }

        /** With all names as they are in the share. */
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
            this(hash, name, path, size, chunks, millis, peers, badChunks, alreadyThere, Map.of());
        }
    }

    /** The last event of a fetch without its file: what failed, why, and what to do next. */
    record Failed(CairnException failure) implements FetchEvent {}

    /** The last event of a fetch that was told to stop; what arrived is kept. */
    record Stopped() implements FetchEvent {}

    /** The last event of a fetch that was cancelled; what arrived is deleted. */
    record Cancelled() implements FetchEvent {}

    /** What one peer gave. */
    record Contribution(NodeId node, Endpoint endpoint, int chunks, long bytes) {}
}
