package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.NamesOnDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Where the files of a share are on this machine, as they are there. */
final class LocalPaths {
    private LocalPaths() {}

    /** The places of a share's files in stream order, if the share is at a path. */
    static List<Path> files(Manifest manifest, Path root) throws IOException {
        return NamesOnDisk.present(manifest, root).files();
    }

    /** The places of a share's empty folders. */
    static List<Path> emptyFolders(Manifest manifest, Path root) throws IOException {
        return NamesOnDisk.present(manifest, root).folders(manifest.emptyFolders());
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
}
