package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/** Deletes partial files: those the manifest names and the folders they leave empty, never anything else that was put there. */
final class PartCleanup {
    private PartCleanup() {}

    static void delete(Manifest manifest, Path part) throws IOException {
        if (!manifest.isFolder()) {
            Files.deleteIfExists(part);
            return;
        }
        TreeSet<Path> folders = new TreeSet<>(
                Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(path -> path));
        folders.add(part);
        List<Path> files = LocalPaths.files(manifest, part);
        for (Path file : files) {
            deleteFile(file);
        }
        List<Path> lowest = new ArrayList<>(LocalPaths.emptyFolders(manifest, part));
        files.forEach(file -> lowest.add(LocalPaths.parent(file)));
        for (Path start : lowest) {
            LocalPaths.addFolders(folders, start, part);
        }
        for (Path folder : folders) {
            deleteIfEmpty(folder);
        }
    }

    private static void deleteFile(Path file) throws IOException {
        if (!Files.isDirectory(file)) {
            Files.deleteIfExists(file);
        }
    }

    private static void deleteIfEmpty(Path folder) throws IOException {
        try {
            Files.delete(folder);
        } catch (NoSuchFileException neverMade) {
            return;
        } catch (DirectoryNotEmptyException someoneElsesFile) {
            return;
        }
    }
}
