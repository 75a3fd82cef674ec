package io.cairn.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's home directory: {@code HOME}, or else the system's. Java itself asks only the system, and gets {@code ?} if it has none. */
final class HomeDirectory {
    private static final String PROPERTY = "user.home";

    /** By convention, this folder never exists. Libraries that keep files in the home directory then keep none. */
    private static final String NONE = "/nonexistent";

    private HomeDirectory() {}

    /** Null if there is none. Makes libraries use the same directory from now on. */
    static @Nullable Path ofProcess(Map<String, String> environment) {
        Path home = of(environment, System.getProperty(PROPERTY));
        System.setProperty(PROPERTY, home == null ? NONE : home.toString());
        return home;
    }

    /** @param known the system's value */
    static @Nullable Path of(Map<String, String> environment, @Nullable String known) {
        Path named = absolute(environment.get("HOME"));
        return named != null ? named : absolute(known);
    }

    private static @Nullable Path absolute(@Nullable String text) {
        try {
            return text != null && Path.of(text).isAbsolute() ? Path.of(text) : null;
        } catch (InvalidPathException noPath) {
            return null;
        }
    }
}
