package io.cairn.app;

import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;
import java.util.List;

/**
 * What to fetch and where to.
 *
 * @param output an existing directory, or one that ends in a slash and is made, receives the share under its own name; any other
 *     path is the target itself
 * @param outputIsFolder whether the path was written with a slash at its end
 * @param keepSharing whether to go on sharing it afterwards
 * @param sequential whether to fetch from the beginning to the end instead of rarest first
 * @param only patterns of paths within the share, as {@link io.cairn.transfer.content.PathGlob} takes them: what to fetch of it;
 *     empty for all. Not together with {@code keepSharing}, since a part is no share
 * @param onExisting what to do if something is at the target
 * @param retried whether it waits and is tried again when nobody has it, nothing comes or the network is down, instead of failing: for
 *     fetches that nobody waits for. All other failures end it, since trying again does not mend them
 */
public record FetchOptions(
        FetchTarget target,
        Path output,
        boolean outputIsFolder,
        boolean keepSharing,
        boolean sequential,
        List<String> only,
        OnExisting onExisting,
        boolean retried) {
    public FetchOptions {
        only = List.copyOf(only);
    }

    /** Not tried again. */
    public FetchOptions(
            FetchTarget target,
            Path output,
            boolean outputIsFolder,
            boolean keepSharing,
            boolean sequential,
            List<String> only,
            OnExisting onExisting) {
        this(target, output, outputIsFolder, keepSharing, sequential, only, onExisting, false);
    }

    /** The same, tried again until somebody has it. */
    public FetchOptions withRetries() {
        return new FetchOptions(target, output, outputIsFolder, keepSharing, sequential, only, onExisting, true);
    }

    /** All of a share, rarest first, to where nothing is yet. */
    public FetchOptions(FetchTarget target, Path output, boolean outputIsFolder, boolean keepSharing) {
        this(target, output, outputIsFolder, keepSharing, false, List.of(), OnExisting.REFUSE);
    }
}
