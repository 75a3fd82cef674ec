package io.cairn.control.socket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The Unix domain socket of the node that holds a data directory. */
public final class ControlSocket {
    /** The socket in the data directory. */
    public static final String NAME = "control.sock";

    /** The file in the data directory that names a socket elsewhere: one absolute path and a line feed. */
    public static final String POINTER = "control.path";

    /** The longest path of a socket, in bytes: {@code sun_path} of Linux has 108, the last one zero. */
    public static final int PATH_BYTES_MAX = 107;

    private ControlSocket() {}

    /** Where the node of a data directory listens, if one does or did; says nothing about whether it answers. */
    public static Optional<Path> find(Path dataDirectory) throws IOException {
        Path inside = dataDirectory.resolve(NAME);
        if (Files.exists(inside, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(inside);
        }
        return named(dataDirectory);
    }

    /** The socket elsewhere that the data directory names. */
    static Optional<Path> named(Path dataDirectory) throws IOException {
        try {
            Path elsewhere = Path.of(Files.readString(dataDirectory.resolve(POINTER), StandardCharsets.UTF_8)
                    .strip());
            return elsewhere.isAbsolute() ? Optional.of(elsewhere) : Optional.empty();
        } catch (NoSuchFileException | InvalidPathException none) {
            return Optional.empty();
        }
    }

    /** Whether a path is short enough for a socket. */
    public static boolean fits(Path path) {
        return path.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_BYTES_MAX;
    }
}
