package io.cairn.shell;

import io.cairn.app.CairnException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths as people write them. */
final class Paths {
    private Paths() {}

    /**
     * A path; {@code ~/} at its start is the home directory, which outside the shell the user's own shell has replaced, unless there is a
     * folder called so.
     *
     * @throws CairnException of kind USAGE if it is empty or cannot be a path
     */
    static Path of(String text) throws CairnException {
        if (text.isEmpty()) {
            throw refused(text, "it is empty");
        }
        try {
            return text.startsWith("~/") && !Files.exists(Path.of(text))
                    ? Path.of(System.getProperty("user.home"), text.substring(2))
                    : Path.of(text);
        } catch (InvalidPathException invalid) {
            throw refused(text, invalid.getReason());
        }
    }

    /** Why nothing is found at a path: the bytes of a name that are no text in the locale's encoding are lost before Java starts. */
    static String whyMissing(String text) {
        if (text.indexOf('\ufffd') >= 0) {
            return "there is no such file or folder; a name that is not valid UTF-8 cannot be shared, rename it";
        }
        return Files.isSymbolicLink(Path.of(text))
                ? "it is a symbolic link that leads to nothing"
                : "there is no such file or folder";
    }

    private static CairnException refused(String text, String why) {
        return new CairnException(
                CairnException.Kind.USAGE, "\"" + text + "\" is no path", why, "name a file or a folder");
    }
}
