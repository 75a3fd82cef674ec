package io.cairn.transfer.store.part;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;

/**
 * The destination of a fetch.
 *
 * @param target the future file or folder; its parent folder must exist
 * @param chosen the selected files of the share
 * @param onExisting what to do if the target exists
 * @param keepSharing whether to share it when it is complete; stored for the next start
 */
public record PartPlace(Path target, FileSelection chosen, OnExisting onExisting, boolean keepSharing) {
    public PartPlace {
        target = target.toAbsolutePath().normalize();
    }
}
