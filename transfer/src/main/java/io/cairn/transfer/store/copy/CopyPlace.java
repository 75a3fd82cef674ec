package io.cairn.transfer.store.copy;

import io.cairn.dht.id.Key;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The copy that an update brings up to date.
 *
 * @param target the file or folder; if it does not exist, the update makes the copy
 * @param earlier the version that it held last, if the state database knows none
 * @param keptIn where old versions of files are moved, under their paths in the share; null to delete them
 * @param keepSharing whether to share it afterwards; stored for the next start
 */
public record CopyPlace(Path target, Key earlier, @Nullable Path keptIn, boolean keepSharing) {
    public CopyPlace {
        target = target.toAbsolutePath().normalize();
    }
}
