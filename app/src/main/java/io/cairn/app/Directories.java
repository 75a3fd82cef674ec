package io.cairn.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its files: {@code CAIRN_HOME} holds all of them if it is set, else the XDG base directories do, with their
 * defaults below the home directory. Nothing here is relative: it would lead elsewhere from each folder.
 *
 * @param data identity, state and history; null if nothing names a place for them
 * @param dataSource the variable that names {@code data}, or {@code default}
 * @param configFile read if it exists; null as above
 */
record Directories(
        @Nullable Path data, String dataSource, @Nullable Path configFile) {
    /**
     * @param home the user's home directory; null if there is none
     * @throws CairnException of kind USAGE if {@code CAIRN_HOME} is not an absolute path
     */
    static Directories of(Map<String, String> environment, @Nullable Path home) throws CairnException {
        String own = environment.get("CAIRN_HOME");
        if (own != null && !own.isEmpty()) {
            Path folder = absolute(own);
            if (folder == null) {
                throw new CairnException(
                        CairnException.Kind.USAGE,
                        "cannot use CAIRN_HOME \"" + own + "\"",
                        "it is not an absolute path",
                        "set it to a path that starts with /, or unset it");
            }
            return new Directories(folder, "CAIRN_HOME", folder.resolve("config.toml"));
        }
        Path data = base(environment, "XDG_DATA_HOME", home, ".local/share");
        Path config = base(environment, "XDG_CONFIG_HOME", home, ".config");
        return new Directories(
                data == null ? null : data.resolve("cairn"),
                absolute(environment.getOrDefault("XDG_DATA_HOME", "")) == null ? "default" : "XDG_DATA_HOME",
                config == null ? null : config.resolve("cairn/config.toml"));
    }

    /** @throws CairnException if nothing names a place */
    Path requireData() throws CairnException {
        if (data == null) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "there is no place for this node's key and state",
                    "neither HOME nor the system's list of users names a home directory",
                    "set HOME or CAIRN_HOME to an absolute path, or name a folder with --data-dir DIR");
        }
        return data;
    }

    /** A relative path in an XDG variable is ignored, as the XDG Base Directory Specification says. */
    private static @Nullable Path base(
            Map<String, String> environment, String variable, @Nullable Path home, String otherwise) {
        Path named = absolute(environment.getOrDefault(variable, ""));
        return named != null ? named : home == null ? null : home.resolve(otherwise);
    }

    private static @Nullable Path absolute(String text) {
        try {
            Path path = Path.of(text);
            return path.isAbsolute() ? path : null;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }
}
