package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of one {@code .cairnignore} file, in a subset of {@code .gitignore} syntax. Each line is a {@link PathGlob}
 * relative to the file's folder; {@code #} begins a comment, {@code !} re-includes entries that an earlier line excluded, a trailing
 * slash matches only folders, and a backslash escapes {@code #}, {@code !} or a trailing space. The last matching line decides.
 */
final class IgnoreFile {
    /** The file's name. The file itself is never shared. */
    static final String NAME = ".cairnignore";

    private static final long BYTES_MAX = 1 << 20;

    private final List<Line> lines;

    private IgnoreFile(List<Line> lines) {
        this.lines = lines;
    }

    /** @throws UnshareableException naming the invalid line, or the reason the file cannot be read */
    static IgnoreFile read(Path file) throws IOException {
        if (Files.size(file) > BYTES_MAX) {
            throw new UnshareableException(file, "longer than 1 MiB");
        }
        List<Line> lines = new ArrayList<>();
        List<String> texts;
        try {
            texts = Files.readAllLines(file);
        } catch (MalformedInputException notUtf8) {
            throw new UnshareableException(file, "not UTF-8", notUtf8);
        } catch (IOException unreadable) {
            throw new UnshareableException(file, "cannot be read: " + unreadable.getMessage(), unreadable);
        }
        for (int i = 0; i < texts.size(); i++) {
            try {
                Line line = line(texts.get(i));
                if (line != null) {
                    lines.add(line);
                }
            } catch (IllegalArgumentException wrong) {
                throw new UnshareableException(file, "line " + (i + 1) + ": " + wrong.getMessage(), wrong);
            }
        }
        return new IgnoreFile(lines);
    }

    /** Whether the file excludes an entry; null if no line matches it. */
    @Nullable
    Boolean ignores(List<String> path, IsFolder isFolder) throws IOException {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            if (line.glob.matchesWhole(path) && (!line.foldersOnly || isFolder.test())) {
                return !line.takesBack;
            }
        }
        return null;
    }

    /** Checks whether an entry is a folder; called only when a line depends on it. */
    interface IsFolder {
        boolean test() throws IOException;
    }

    private static @Nullable Line line(String text) {
        String pattern = withoutSpaces(text);
        if (pattern.isEmpty() || pattern.startsWith("#")) {
            return null;
        }
        boolean takesBack = pattern.startsWith("!");
        String glob = takesBack ? pattern.substring(1) : pattern;
        return new Line(PathGlob.ofIgnoreFile(glob), takesBack, glob.endsWith("/"));
    }

    private static String withoutSpaces(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == ' ' && !(end > 1 && text.charAt(end - 2) == '\\')) {
            end--;
        }
        return text.substring(0, end);
    }

    private record Line(PathGlob glob, boolean takesBack, boolean foldersOnly) {}
}
