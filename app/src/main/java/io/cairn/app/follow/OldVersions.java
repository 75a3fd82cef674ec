package io.cairn.app.follow;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The older versions of changed and removed files, beside a copy: {@code NAME.versions/YYYYMMDD-HHMMSS-mmm/PATH}, one folder for each update.
 * Reads and writes the disk.
 */
final class OldVersions {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS").withZone(ZoneId.systemDefault());
    private static final Pattern NAME = Pattern.compile("\\d{8}-\\d{6}-\\d{3}");

    private OldVersions() {}

    /** The folder for what an update at this time replaces and removes. */
    static Path folder(Path copy, long wallMillis) {
        return base(copy).resolve(TIME.format(Instant.ofEpochMilli(wallMillis)));
    }

    /** Deletes all but the newest folders; leaves everything alone that does not bear such a name. */
    static void keep(Path copy, int count) throws IOException {
        Path base = base(copy);
        if (!Files.isDirectory(base)) {
            return;
        }
        List<Path> oldestFirst;
        try (Stream<Path> entries = Files.list(base)) {
            oldestFirst = entries.filter(entry ->
                            NAME.matcher(entry.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(entry -> entry.getFileName().toString()))
                    .toList();
        }
        for (Path old : oldestFirst.subList(0, Math.max(0, oldestFirst.size() - count))) {
            delete(old);
        }
    }

    private static Path base(Path copy) {
        return copy.resolveSibling(copy.getFileName() + ".versions");
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
