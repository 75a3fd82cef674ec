package io.cairn.app;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program keeps its things: {@code CAIRN_HOME} holds all if it is set, else the XDG base directories do, with their
 * defaults below the home directory.
 *
 * @param data identity, state and history
 * @param configFile read if it exists
 */
record Directories(Path data, Path configFile) {
    static Directories of(Map<String, String> environment, Path home) {
        String own = given(environment, "CAIRN_HOME");
        if (own != null) {
            return new Directories(Path.of(own), Path.of(own, "config.toml"));
        }
        return new Directories(
                base(environment, "XDG_DATA_HOME", home.resolve(".local/share")).resolve("cairn"),
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("cairn/config.toml"));
    }

    /** A relative path in an XDG variable is to be ignored, says the XDG Base Directory Specification. */
    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = given(environment, variable);
        return value != null && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }

    private static @Nullable String given(Map<String, String> environment, String variable) {
        String value = environment.get(variable);
        return value == null || value.isEmpty() ? null : value;
    }
}
