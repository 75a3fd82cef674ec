package io.cairn.transfer.store;

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
 * Keeps what is written inside the folder that the user chose. A link below it, or a file with a second name, may lead anywhere. Looked
 * at when something is opened or moved; the folder itself may be a link, since the user named it.
 */
final class Inside {
    private Inside() {}

    /** @throws FileSystemException if something between a folder and a place below it is a link or no folder, or cannot be looked at */
    static void require(Path root, Path place) throws IOException {
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
                                : "is no folder; move it away");
            }
        }
    }

    /** One look, since another thread may make the folder at this moment; null if nothing is there. */
    private static @Nullable BasicFileAttributes attributes(Path place) throws IOException {
        try {
            return Files.readAttributes(place, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** Whether nothing between a folder and a place below it is a link. */
    static boolean isReached(Path root, Path place) {
        try {
            require(root, place);
            return true;
        } catch (IOException link) {
            return false;
        }
    }

    /**
     * Whether writing to what is at a path changes that and nothing else: it is no link, and the file has no other name.
     */
    static boolean isAlone(Path file) throws IOException {
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
