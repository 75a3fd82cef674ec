package io.cairn.transfer.store.copy;

import java.nio.file.Path;
import java.util.List;

/**
 * What an update changed in a copy.
 *
 * @param chunksReused chunks of changed files that the copy had
 * @param placed new and changed files
 * @param removed files that the version lacks
 * @param conflicts where the user's own changes of files are now that the update replaced or removed
 */
public record CopyChanges(int chunksReused, int placed, int removed, List<Path> conflicts) {
    public CopyChanges {
        conflicts = List.copyOf(conflicts);
    }
}
