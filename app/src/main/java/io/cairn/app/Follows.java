package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.List;

/** Folders under names: watched here, followed elsewhere. Thread-safe. Futures fail with a {@link CairnException}. */
public interface Follows {
    /** Most old versions that a followed copy keeps. */
    int KEEP_MAX = 1_000;

    /**
     * Shares a file or folder, publishes its hash under a name of this node, and does so again whenever it changes, until the share is removed
     * or the node closes. Each later version is told as a {@link Node.Notice.VersionPublished}. The former version is no longer shared then.
     * Completes with the first version. Watching the same path under the same name again replaces the options.
     */
    Operation<Node.HashProgress, Version> watch(Watch watch);

    /** The folders that are watched, in the order they were added. */
    List<Watched> watched();

    /**
     * Keeps a copy of what a name points to up to date. Completes only by failing: if the name or its first version cannot be had, or by
     * cancelling. Later failures are told as {@link FollowEvent.Delayed} and tried again.
     */
    Operation<FollowEvent, FollowEvent.UpToDate> follow(Follow follow);

    /**
     * A folder to watch.
     *
     * @param name under which its newest version is published
     * @param kept whether later runs on the data directory go on with it
     */
    record Watch(Path path, String name, ShareOptions options, boolean kept) {}

    /** A watched folder and its newest version. */
    record Watched(Path path, String name, Key hash, boolean kept) {}

    /**
     * A version that was published.
     *
     * @param sequence of the name's value
     * @param storedOn nodes that hold the name's value now
     */
    record Version(Values.Name name, Node.ShareReport share, long sequence, int storedOn, int targets) {}

    /**
     * A name to follow.
     *
     * @param output where the copy is, or will be: as for a fetch at the first time, and where it was put then later
     * @param keep how many older versions of changed and removed files to keep, 0 to {@link #KEEP_MAX}
     */
    record Follow(Values.Name name, FetchOptions.Output output, int keep) {
        public Follow {
            if (keep < 0 || keep > KEEP_MAX) {
                throw new IllegalArgumentException("a copy keeps 0 to " + KEEP_MAX + " old versions, not " + keep);
            }
        }
    }

    /** What happens to a followed copy. */
    sealed interface FollowEvent {
        /** A version was found that the copy lacks; its fetch begins. */
        record Newer(Values.Name name, Key hash, long sequence) implements FollowEvent {}

        /** The fetch of a version reports; its end is told as {@link UpToDate} or {@link Delayed}. */
        record Fetching(Key hash, FetchEvent event) implements FollowEvent {}

        /** The copy holds this version, the newest that is known. */
        record UpToDate(Values.Name name, long sequence, FetchEvent.Complete complete) implements FollowEvent {
            /** The version. */
            public Key hash() {
                return complete.hash();
            }
        }

        /** A version could not be fetched yet. */
        record Delayed(Values.Name name, CairnException cause, int retrySeconds) implements FollowEvent {}
    }
}
