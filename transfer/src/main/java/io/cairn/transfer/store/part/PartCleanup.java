package io.cairn.transfer.store.part;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Deletes partial files: only those that the manifest names and the folders they leave empty, never other entries. */
final class PartCleanup {
    private PartCleanup() {}

    static void delete(FileOperations operations, Manifest manifest, Path part) throws IOException {
        if (!manifest.isFolder()) {
            deleteFile(operations, part, part);
            return;
        }
        TreeSet<Path> folders = new TreeSet<>(
                Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(path -> path));
        folders.add(part);
        List<Path> files = LocalPaths.files(manifest, part);
        for (Path file : files) {
            deleteFile(operations, part, file);
        }
        List<Path> lowest = new ArrayList<>(LocalPaths.emptyFolders(manifest, part));
        files.forEach(file -> lowest.add(LocalPaths.parent(file)));
        for (Path start : lowest) {
            LocalPaths.addFolders(folders, start, part);
        }
        for (Path folder : folders) {
            deleteIfEmpty(operations, part, folder);
        }
    }

    /** Deletes the unselected files of a partial folder, which exist because they share chunks with selected ones, and empty folders. */
    static void deleteOthers(FileOperations operations, Manifest manifest, Path part, FileSelection chosen)
            throws IOException {
        List<Path> files = LocalPaths.files(manifest, part);
        Set<Path> folders = new LinkedHashSet<>();
        for (int file = 0; file < files.size(); file++) {
            if (!chosen.contains(file)) {
                deleteFile(operations, part, files.get(file));
                LocalPaths.addFolders(folders, LocalPaths.parent(files.get(file)), part);
            }
        }
        List<Path> lowestFirst = new ArrayList<>(folders);
        lowestFirst.sort(Comparator.comparingInt(Path::getNameCount).reversed());
        for (Path folder : lowestFirst) {
            deleteIfEmpty(operations, part, folder);
        }
    }

    private static void deleteFile(FileOperations operations, Path part, Path file) throws IOException {
        if (Inside.isReached(part, file)
                && Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
            operations.delete(file);
        }
    }

    private static void deleteIfEmpty(FileOperations operations, Path part, Path folder) throws IOException {
        if (!Inside.isReached(part, folder)) {
            return;
        }
        try {
            operations.delete(folder);
        } catch (NoSuchFileException neverMade) {
            return;
        } catch (DirectoryNotEmptyException someoneElsesFile) {
            return;
        }
    }
}
