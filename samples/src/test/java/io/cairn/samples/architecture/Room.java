package io.cairn.samples.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A row of the tables of rooms in docs/ARCHITECTURE.md.
 *
 * @param name the package, without {@code io.cairn.}
 * @param uses rooms of the same module that it may use
 * @param openTo other modules that may use it
 */
record Room(String name, List<String> uses, List<String> openTo) {
    private static final Pattern ROW = Pattern.compile("\\| `([a-z.]+)` \\| ([^|]+) \\| ([^|]*) \\| ([^|]*) \\|");
    private static final Pattern CODE = Pattern.compile("`([a-z.]+)`");

    static final List<Room> ALL = read();

    String packageName() {
        return "io.cairn." + name;
    }

    String module() {
        return moduleOf(name);
    }

    static String moduleOf(String room) {
        int dot = room.indexOf('.');
        return dot < 0 ? room : room.substring(0, dot);
    }

    @Override
    public String toString() {
        return name;
    }

    private static List<Room> read() {
        try (Stream<String> lines = Files.lines(ProjectFolder.root().resolve("docs/ARCHITECTURE.md"))) {
            return lines.map(ROW::matcher)
                    .filter(Matcher::matches)
                    .map(row -> new Room(row.group(1), codes(row.group(3)), codes(row.group(4))))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> codes(String cell) {
        return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
    }
}
