package io.cairn.app;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to fetch, and to where; made with {@link #to} and {@link #into}.
 *
 * @param keepSharing whether to keep sharing it afterwards
 * @param only patterns of the paths in the share to fetch, as {@link io.cairn.transfer.content.PathGlob} takes them; empty for
 *     all. Excludes {@code keepSharing}, since part of a share cannot be shared
 * @param sequential whether to fetch from beginning to end instead of rarest first
 * @param onExisting what to do if the target exists
 * @param retried whether to wait and retry if no provider is found, nothing arrives, or the network is down; for background fetches.
 *     All other failures end the fetch, since a retry does not help
 * @param update what to do with the copy that the output is; null to make a new one. The output is then the copy itself, even if it is a
 *     folder. Excludes {@code only}, since a version is a whole share
 * @param timeouts how long it waits before it fails, or waits for a retry
 */
public record FetchOptions(
        FetchTarget target,
        Output output,
        boolean keepSharing,
        List<String> only,
        boolean sequential,
        OnExisting onExisting,
        boolean retried,
        @Nullable Update update,
        Timeouts timeouts) {
    public FetchOptions {
        only = List.copyOf(only);
    }

    /**
     * Where a fetch puts the share.
     *
     * @param isFolder whether the path is a folder, created if missing, that receives the share under its own name; otherwise the path is
     *     the target itself, unless it is an existing folder
     */
    public record Output(Path path, boolean isFolder) {}

    /**
     * Brings a copy of a share up to date. Only what differs is fetched and written, file by file. What the user changed in the copy stays
     * beside its place as {@code NAME.conflict-YYYYMMDD-HHMMSS}; what the user added stays.
     *
     * @param earlier the version that this node fetched to or shared from the output last. If the node knows nothing of it, the output is
     *     read; if there is nothing at the output, the whole share is fetched
     * @param keptIn an existing or new folder into which replaced and removed files are moved, under their paths in the share; null to
     *     delete them
     */
    public record Update(Key earlier, @Nullable Path keptIn) {}

    /**
     * How long a fetch waits.
     *
     * @param lookupSeconds without a provider that can be reached, until it fails with {@link CairnException.Kind#NO_PROVIDER}
     * @param stallSeconds without a byte once one has come, until it fails with {@link CairnException.Kind#STALLED}
     */
    public record Timeouts(int lookupSeconds, int stallSeconds) {
        /** Longest wait in seconds: a day. */
        public static final int SECONDS_MAX = 86_400;

        public static final Timeouts DEFAULT = new Timeouts(10, 30);

        public Timeouts {
            if (lookupSeconds < 1 || lookupSeconds > SECONDS_MAX || stallSeconds < 1 || stallSeconds > SECONDS_MAX) {
                throw new IllegalArgumentException(
                        "a timeout is 1 to " + SECONDS_MAX + " seconds, not " + lookupSeconds + " or " + stallSeconds);
            }
        }
    }

    /** To a path: an existing folder receives the share under its own name; any other path is the target itself. */
    public static Builder to(FetchTarget target, Path path) {
        return builder(target, new Output(path, false));
    }

    /** Into a folder, created if missing, under the share's own name. */
    public static Builder into(FetchTarget target, Path folder) {
        return builder(target, new Output(folder, true));
    }

    public static Builder builder(FetchTarget target, Output output) {
        return new Builder(target, output);
    }

    /** The same, retried until a provider is found. */
    public FetchOptions withRetries() {
        return new FetchOptions(target, output, keepSharing, only, sequential, onExisting, true, update, timeouts);
    }

    /** Collects what differs from the defaults: the whole share, rarest first, one attempt, to a target that does not exist. */
    public static final class Builder {
        private final FetchTarget target;
        private final Output output;
        private boolean keepSharing;
        private List<String> only = List.of();
        private boolean sequential;
        private OnExisting onExisting = OnExisting.REFUSE;
        private boolean retried;
        private @Nullable Update update;
        private Timeouts timeouts = Timeouts.DEFAULT;

        private Builder(FetchTarget target, Output output) {
            this.target = target;
            this.output = output;
        }

        public Builder keepSharing(boolean kept) {
            keepSharing = kept;
            return this;
        }

        public Builder only(List<String> globs) {
            only = globs;
            return this;
        }

        public Builder sequential(boolean inOrder) {
            sequential = inOrder;
            return this;
        }

        public Builder onExisting(OnExisting action) {
            onExisting = action;
            return this;
        }

        public Builder retried(boolean again) {
            retried = again;
            return this;
        }

        /** The output is a copy that holds an earlier version, or will be one; old versions of its files are deleted. */
        public Builder updating(Key earlier) {
            return updating(new Update(earlier, null));
        }

        public Builder updating(@Nullable Update how) {
            update = how;
            return this;
        }

        public Builder timeouts(Timeouts waits) {
            timeouts = waits;
            return this;
        }

        public FetchOptions build() {
            return new FetchOptions(
                    target, output, keepSharing, only, sequential, onExisting, retried, update, timeouts);
        }
    }
}
