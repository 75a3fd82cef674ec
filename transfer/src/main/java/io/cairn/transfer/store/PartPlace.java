package io.cairn.transfer.store;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;

/**
 * Where a fetch puts what it fetches.
 *
 * @param target the file or folder to be; its folder must exist
 * @param chosen the files of the share that are fetched
 * @param onExisting what to do if something is at the target
 * @param keepSharing remembered for the next start
 */
public record PartPlace(Path target, FileSelection chosen, OnExisting onExisting, boolean keepSharing) {
    public PartPlace {
        target = target.toAbsolutePath().normalize();
    }
}
