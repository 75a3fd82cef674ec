package io.cairn.app.config;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The places of the program's files: all in {@code CAIRN_HOME} if it is set, or else in the XDG base directories, with their
 * defaults below the home directory. All paths are absolute: a relative one would change with the working directory.
 *
 * @param data holds identity, state and history; null if neither a variable nor a home directory names a place
 * @param dataSource the variable that names {@code data}, or {@code default}
 * @param configFile read if it exists; null as above
 * @param configSource the variable that names the folder of {@code configFile}, or {@code default}
 */
record Directories(
        @Nullable Path data, String dataSource, @Nullable Path configFile, String configSource) {
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
            return new Directories(folder, "CAIRN_HOME", folder.resolve("config.toml"), "CAIRN_HOME");
        }
        Path data = base(environment, "XDG_DATA_HOME", home, ".local/share");
        Path config = base(environment, "XDG_CONFIG_HOME", home, ".config");
        return new Directories(
                data == null ? null : data.resolve("cairn"),
                source(environment, "XDG_DATA_HOME"),
                config == null ? null : config.resolve("cairn/config.toml"),
                source(environment, "XDG_CONFIG_HOME"));
    }

    /** The variable if it names an absolute path, or {@code default}. */
    static String source(Map<String, String> environment, String variable) {
        return absolute(environment.getOrDefault(variable, "")) == null ? "default" : variable;
    }

    /** @throws CairnException if there is no data directory */
    Path requireData() throws CairnException {
        if (data == null) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "there is no place for this node's key and state",
                    "neither HOME nor the system's list of users names a home directory",
                    Reason.NAME_A_DATA_DIRECTORY.says(
                            "set HOME or CAIRN_HOME to an absolute path, or name a data directory"));
        }
        return data;
    }

    /** Ignores a relative path in an XDG variable, as the XDG Base Directory Specification requires. */
    static @Nullable Path base(
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
