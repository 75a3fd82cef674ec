package io.cairn.control.http;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths in requests: the node's working directory is not the client's, so that only absolute ones mean the same to both. */
final class Absolute {
    private Absolute() {}

    /** @throws IllegalArgumentException if the text is not an absolute path */
    static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.isAbsolute()) {
                return path.normalize();
            }
        } catch (InvalidPathException invalid) {
            throw new IllegalArgumentException("not a path: " + text, invalid);
        }
        throw new IllegalArgumentException("not an absolute path: " + text);
    }

    static String text(Path path) {
        return path.toAbsolutePath().normalize().toString();
    }
}
