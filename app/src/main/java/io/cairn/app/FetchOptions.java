package io.cairn.app;

import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;
import java.util.List;

/**
 * What to fetch and where to; {@link #to} and {@link #into} make one.
 *
 * @param keepSharing whether to go on sharing it afterwards
 * @param only patterns of paths within the share, as {@link io.cairn.transfer.content.PathGlob} takes them: what to fetch of it;
 *     empty for all. Not together with {@code keepSharing}, since a part is no share
 * @param sequential whether to fetch from the beginning to the end instead of rarest first
 * @param onExisting what to do if something is at the target
 * @param retried whether the fetch waits and is tried again when nobody has the share, nothing arrives, or the network is down. For
 *     fetches that nobody waits for. All other failures end it, since trying again does not help
 */
public record FetchOptions(
        FetchTarget target,
        Output output,
        boolean keepSharing,
        List<String> only,
        boolean sequential,
        OnExisting onExisting,
        boolean retried) {
    public FetchOptions {
        only = List.copyOf(only);
    }

    /**
     * Where a fetch puts the share.
     *
     * @param isFolder whether the path is a folder, made if missing, that receives the share under its own name; any other path that is not
     *     an existing folder is the target itself
     */
    public record Output(Path path, boolean isFolder) {}

    /** To a path: an existing folder receives the share under its own name; any other path is the target itself. */
    public static Builder to(FetchTarget target, Path path) {
        return builder(target, new Output(path, false));
    }

    /** Into a folder, made if it is missing, under the share's own name. */
    public static Builder into(FetchTarget target, Path folder) {
        return builder(target, new Output(folder, true));
    }

    public static Builder builder(FetchTarget target, Output output) {
        return new Builder(target, output);
    }

    /** The same, tried again until somebody has it. */
    public FetchOptions withRetries() {
        return new FetchOptions(target, output, keepSharing, only, sequential, onExisting, true);
    }

    /** Collects what differs from the default: all of the share, rarest first, once, to where nothing is yet. */
    public static final class Builder {
        private final FetchTarget target;
        private final Output output;
        private boolean keepSharing;
        private List<String> only = List.of();
        private boolean sequential;
        private OnExisting onExisting = OnExisting.REFUSE;
        private boolean retried;

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

        public FetchOptions build() {
            return new FetchOptions(target, output, keepSharing, only, sequential, onExisting, retried);
        }
    }
}
