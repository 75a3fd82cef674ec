package io.cairn.transfer.store.part;

import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.LocalPaths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * The last step of a fetch, after all data is forced to disk: renames the part and forces the rename.
 *
 * <p>The rename never replaces anything. Java has no rename that refuses an existing target, so a file is linked to the target, which
 * fails if the target exists, and then unlinked from its old name. On a file system without links, the file is renamed after a check, with
 * a short race between the two. A folder is renamed after a check as well; since a rename cannot replace a file or a non-empty folder,
 * that race can cost at most an empty folder.
 */
final class PartPlacement {
    private PartPlacement() {}

    /** @throws FileAlreadyExistsException if the target exists */
    static void rename(FileOperations operations, Path part, Path target) throws IOException {
        if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS) || !link(operations, part, target)) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            operations.rename(part, target);
        }
        operations.forceFolder(LocalPaths.parent(target));
    }

    /** Whether both names belong to one file: an earlier run ended after linking but before removing the old name. */
    static boolean isSameFile(Path part, Path target) throws IOException {
        try {
            Object partKey = key(part);
            return partKey != null && Objects.equals(partKey, key(target));
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static boolean link(FileOperations operations, Path part, Path target) throws IOException {
        try {
            operations.link(target, part);
        } catch (FileAlreadyExistsException exists) {
            if (!isSameFile(part, target)) {
                throw exists;
            }
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            return false; // the following rename reports any other failure
        }
        operations.forceFolder(LocalPaths.parent(target)); // a power cut must not take both names
        operations.delete(part);
        return true;
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }
}
