package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.work.Reasons;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Parses paths as users write them. */
public final class Paths {
    /** Java's replacement for bytes that are invalid in the locale's encoding. */
    private static final char LOST_BYTES = '\ufffd';

    private Paths() {}

    /**
     * A path; {@code ~/} at its start stands for the home directory, unless a folder has that name. (Outside Cairn's shell, the user's
     * own shell has already replaced it.)
     *
     * @throws CairnException of kind USAGE if it is empty or cannot be a path
     */
    public static Path of(String text) throws CairnException {
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

    /**
     * A path to write to.
     *
     * @throws CairnException as {@link #of}, and for a name, even of the working directory, that is not valid UTF-8: its bytes
     *     are lost before Java starts, and the file would get another name
     */
    public static Path toWrite(String text) throws CairnException {
        Path path = of(text);
        if (isLost(path)) {
            throw refused(path.toAbsolutePath().toString(), "it is not valid UTF-8");
        }
        return path;
    }

    private static boolean isLost(Path path) {
        return path.toAbsolutePath().toString().indexOf(LOST_BYTES) >= 0;
    }

    /** Why a path does not exist, as the file system reports it. */
    public static String whyMissing(String text) {
        Path path = Path.of(text);
        if (isLost(path)) {
            return text.indexOf(LOST_BYTES) >= 0
                    ? "there is no such file or folder; a name that is not valid UTF-8 cannot be shared, rename it"
                    : "it is in a folder whose name is not valid UTF-8; rename that folder";
        }
        boolean link = Files.isSymbolicLink(path);
        try {
            return path.toRealPath() + " was not there a moment ago";
        } catch (NoSuchFileException missing) {
            return link ? "it is a symbolic link that leads to nothing" : "there is no such file or folder";
        } catch (FileSystemException loop) {
            return link && !(loop instanceof AccessDeniedException)
                    ? "it is a symbolic link that leads to itself"
                    : Reasons.of(loop);
        } catch (IOException other) {
            return Reasons.of(other);
        }
    }

    /**
     * The file or folder at a path.
     *
     * @param verb what it is for, such as "share"
     * @param nothing what has not happened, such as "nothing has been shared"
     * @throws CairnException if it is missing, neither a file nor a folder, or not readable; or as {@link #of}
     */
    public static Path readable(String text, String verb, String nothing) throws CairnException {
        Path path = of(text);
        String why = !Files.exists(path)
                ? whyMissing(text)
                : !Files.isRegularFile(path) && !Files.isDirectory(path)
                        ? "it is neither a file nor a folder"
                        : !Files.isReadable(path) ? "permission denied" : "";
        if (!why.isEmpty()) {
            throw new CairnException(
                    CairnException.Kind.OTHER, "cannot " + verb + " " + text, why, "check the path; " + nothing);
        }
        return path;
    }

    private static CairnException refused(String text, String why) {
        return new CairnException(
                CairnException.Kind.USAGE, "\"" + text + "\" is no path", why, "name a file or a folder");
    }
}
