package io.cairn.shell;

import io.cairn.app.CairnException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths as people write them. */
final class Paths {
    private Paths() {}

    /**
     * A path; {@code ~/} at its start is the home directory, which outside the shell the user's own shell has replaced.
     *
     * @throws CairnException of kind USAGE if it is empty or cannot be a path
     */
    static Path of(String text) throws CairnException {
        if (text.isEmpty()) {
            throw refused(text, "it is empty");
        }
        try {
            return text.startsWith("~/") ? Path.of(System.getProperty("user.home"), text.substring(2)) : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refused(text, invalid.getReason());
        }
    }

    private static CairnException refused(String text, String why) {
        return new CairnException(
                CairnException.Kind.USAGE, "\"" + text + "\" is no path", why, "name a file or a folder");
    }
}
