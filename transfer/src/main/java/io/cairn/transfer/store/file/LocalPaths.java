package io.cairn.transfer.store.file;

import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The places of a share's existing files on this machine. */
public final class LocalPaths {
    private LocalPaths() {}

    /** The places of the files of a share at a path, in stream order. */
    public static List<Path> files(Manifest manifest, Path root) throws IOException {
        return NamesOnDisk.present(manifest, root).files();
    }

    /** The places of the empty folders of a share at a path. */
    public static List<Path> emptyFolders(Manifest manifest, Path root) throws IOException {
        return NamesOnDisk.present(manifest, root).folders(manifest.emptyFolders());
    }

    /** The folder that contains a path. */
    public static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "no folder above");
    }

    /** Adds a folder and all folders above it, up to but excluding the root. */
    public static void addFolders(Set<Path> folders, Path lowest, Path root) {
        for (Path folder = lowest; !folder.equals(root) && folders.add(folder); ) {
            folder = parent(folder);
        }
    }
}
