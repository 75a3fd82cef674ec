package io.cairn.transfer.store.part;

import io.cairn.dht.id.Key;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.LocalPaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an existing target with a finished part. A file replaces a file atomically. Java cannot exchange folders atomically, so the
 * old target is first renamed to a hidden name, and deleted only once the new one is in place. If a run ends in between, the
 * next run restores the old target before it does anything else.
 */
final class Replacement {
    private static final int NAME_BYTES_MAX = 255;
    private static final int NUMBER_MAX = 9;

    private Replacement() {}

    static void replace(FileOperations operations, Path part, Path target, Key hash) throws IOException {
        Path folder = LocalPaths.parent(target);
        if (!isFolder(part) && !isFolder(target)) {
            operations.rename(part, target);
            operations.forceFolder(folder);
            return;
        }
        Path aside = exists(target) ? free(target, hash) : null;
        if (aside != null) {
            operations.rename(target, aside);
            operations.forceFolder(folder);
        }
        boolean placed = false;
        try {
            operations.rename(part, target);
            placed = true;
        } finally {
            if (!placed && aside != null && !exists(target)) {
                operations.rename(aside, target);
            }
        }
        operations.forceFolder(folder);
        deleteOld(operations, target, hash);
    }

    /** Deletes the old target under its hidden name, once the new one is in place. */
    static void deleteOld(FileOperations operations, Path target, Key hash) throws IOException {
        for (Path aside : names(target, hash)) {
            if (exists(aside)) {
                deleteTree(operations, aside);
            }
        }
    }

    /** Restores the old target if a run ended before the new one was in place. */
    static void putBack(FileOperations operations, Path target, Key hash) throws IOException {
        Path latest = null;
        for (Path aside : names(target, hash)) {
            latest = exists(aside) ? aside : latest;
        }
        if (latest != null && !exists(target)) {
            operations.rename(latest, target);
            operations.forceFolder(LocalPaths.parent(target));
        }
    }

    private static Path free(Path target, Key hash) throws FileAlreadyExistsException {
        return names(target, hash).stream()
                .filter(name -> !exists(name))
                .findFirst()
                .orElseThrow(() -> new FileAlreadyExistsException(
                        target.toString(), null, "and there is no room to set it aside"));
    }

    private static List<Path> names(Path target, Key hash) {
        String suffix = ".old-" + hash.toHex().substring(0, 8);
        String name = target.getFileName().toString();
        boolean fits = name.getBytes(StandardCharsets.UTF_8).length + suffix.length() + 3 <= NAME_BYTES_MAX;
        String aside = "." + (fits ? name : hash.toHex()) + suffix;
        return IntStream.rangeClosed(0, NUMBER_MAX)
                .mapToObj(number -> target.resolveSibling(number == 0 ? aside : aside + "." + number))
                .toList();
    }

    private static void deleteTree(FileOperations operations, Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                operations.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                operations.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
