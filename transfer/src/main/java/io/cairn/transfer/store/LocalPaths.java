package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.SharePath;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Where the files of a share are on this machine. The manifest's rules keep out what is dangerous everywhere; here a name is refused that this
 * machine's file system would take for something else, such as {@code C:x} on Windows.
 */
final class LocalPaths {
    private LocalPaths() {}

    /** The places of a share's files in stream order, if the share is at a path. */
    static List<Path> files(Manifest manifest, Path root) throws FileSystemException {
        if (!manifest.isFolder()) {
            return List.of(root);
        }
        List<Path> paths = new ArrayList<>(manifest.files().size());
        for (var file : manifest.files()) {
            paths.add(below(root, file.path()));
        }
        return paths;
    }

    /** The places of a share's empty folders. */
    static List<Path> emptyFolders(Manifest manifest, Path root) throws FileSystemException {
        return below(manifest.emptyFolders(), root);
    }

    /** The places of paths of a share. */
    static List<Path> below(List<SharePath> paths, Path root) throws FileSystemException {
        List<Path> places = new ArrayList<>();
        for (SharePath path : paths) {
            places.add(below(root, path));
        }
        return places;
    }

    /** The folder that something below a folder is in. */
    static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "no folder above");
    }

    /** Adds a folder and all above it, up to but without the root. */
    static void addFolders(Set<Path> folders, Path lowest, Path root) {
        for (Path folder = lowest; !folder.equals(root) && folders.add(folder); ) {
            folder = parent(folder);
        }
    }

    private static Path below(Path root, SharePath path) throws FileSystemException {
        Path place = root;
        for (String component : path.components()) {
            place = child(place, component);
        }
        return place;
    }

    private static Path child(Path folder, String name) throws FileSystemException {
        try {
            Path child = folder.resolve(name);
            if (child.getNameCount() == folder.getNameCount() + 1
                    && child.startsWith(folder)
                    && child.getFileName().toString().equals(name)) {
                return child;
            }
        } catch (InvalidPathException notOnThisSystem) {
            throw failure(folder, name, notOnThisSystem.getReason());
        }
        throw failure(folder, name, "it means something else here");
    }

    private static FileSystemException failure(Path folder, String name, String reason) {
        return new FileSystemException(folder.toString(), null, "cannot hold a file named '" + name + "': " + reason);
    }
}
