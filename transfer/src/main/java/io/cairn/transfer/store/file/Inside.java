package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps writes inside the folder that the user chose: a link below it, or a file with a second name, may lead anywhere. The checks
 * run when a file is opened or moved. The folder itself may be a link, since the user named it.
 */
public final class Inside {
    private Inside() {}

    /** @throws FileSystemException if any folder between the root and a place below it is a link, not a folder, or unreadable */
    public static void require(Path root, Path place) throws IOException {
        if (place.equals(root)) {
            return;
        }
        Path folder = root;
        for (Path name : root.relativize(LocalPaths.parent(place))) {
            folder = folder.resolve(name);
            BasicFileAttributes seen = attributes(folder);
            if (seen != null && !seen.isDirectory()) {
                throw new FileSystemException(
                        folder.toString(),
                        null,
                        seen.isSymbolicLink()
                                ? "is a link, and nothing is written through it; move it away"
                                : "is not a folder; move it away");
            }
        }
    }

    /** Reads the attributes in one call, since another thread may be creating the folder; null if nothing exists. */
    private static @Nullable BasicFileAttributes attributes(Path place) throws IOException {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** Whether {@link #require} accepts the place. */
    public static boolean isReached(Path root, Path place) {
        try {
            require(root, place);
            return true;
        } catch (IOException link) {
            return false;
        }
    }

    /** Whether writing to the file changes no other path: it is a regular file, not a link, and has no second name. */
    public static boolean isAlone(Path file) throws IOException {
        try {
            Map<String, Object> seen =
                    Files.readAttributes(file, "unix:isRegularFile,nlink", LinkOption.NOFOLLOW_LINKS);
            return Boolean.TRUE.equals(seen.get("isRegularFile"))
                    && Integer.valueOf(1).equals(seen.get("nlink"));
        } catch (NoSuchFileException absent) {
            return false;
        } catch (UnsupportedOperationException | IllegalArgumentException notUnix) {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
