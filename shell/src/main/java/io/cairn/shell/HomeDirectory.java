package io.cairn.shell;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's home directory: {@code HOME}, else what the system knows. Java asks the system alone, and says {@code ?} if it knows none. */
final class HomeDirectory {
    private static final String PROPERTY = "user.home";

    /** By custom there is no such folder. Libraries that keep files in the home directory then keep none. */
    private static final String NONE = "/nonexistent";

    private HomeDirectory() {}

    /** Null if there is none. From now on libraries use the same. */
    static @Nullable Path ofProcess(Map<String, String> environment) {
        Path home = of(environment, System.getProperty(PROPERTY));
        System.setProperty(PROPERTY, home == null ? NONE : home.toString());
        return home;
    }

    /** @param known what the system says */
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
