package io.cairn.app.fetch.run;

import io.cairn.app.FetchOptions;
import io.cairn.app.share.FolderOfShare;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.HeldNames;
import io.cairn.transfer.store.file.Mount;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileStore;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a fetch puts its content, as the user wrote it. Accesses the disk: for workers.
 *
 * @param intoFolder whether the share goes into the output under its own name, unless the output already is that share
 * @param namedAsFolder whether the user named the output as a folder, so that the share goes into it in any case
 * @param missing folders that did not exist at the request and are created for it, lowest first
 */
public record FetchPlace(
        Path output, boolean intoFolder, boolean namedAsFolder, boolean refusesExisting, List<Path> missing) {
    public FetchPlace {
        missing = List.copyOf(missing);
    }

    public FetchPlace(Path output, boolean intoFolder, boolean refusesExisting) {
        this(output, intoFolder, false, refusesExisting, List.of());
    }

    public static FetchPlace of(FetchOptions options) {
        Path output = options.output().path().toAbsolutePath().normalize();
        if (options.update() != null) {
            return new FetchPlace(output, false, false);
        }
        return new FetchPlace(
                output,
                options.output().isFolder() || Files.isDirectory(output),
                options.output().isFolder(),
                options.onExisting() == OnExisting.REFUSE,
                options.output().isFolder() ? missing(output) : List.of());
    }

    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        for (Path above = folder; above != null && Files.notExists(above, LinkOption.NOFOLLOW_LINKS); ) {
            missing.add(above);
            above = above.getParent();
        }
        return missing;
    }

    /**
     * Refuses at once, before any network query, what cannot succeed. An existing target is compared later, with the manifest.
     *
     * @throws NoSuchFileException if the path is the target itself and its folder is missing
     * @throws NotDirectoryException if something that should be a folder is not one
     * @throws AccessDeniedException if nothing can be created there
     * @throws FileSystemException with the reason if its file system is read-only or cannot have the target's name
     */
    void check() throws IOException {
        Path folder = intoFolder ? output : output.getParent();
        if (folder == null) {
            throw new NotDirectoryException(output.toString());
        }
        if (!intoFolder && Files.notExists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "no such folder");
        }
        Path existing = folder;
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            throw new NotDirectoryException(existing.toString());
        }
        if (Mount.of(existing).map(FileStore::isReadOnly).orElse(false)) {
            throw new FileSystemException(existing.toString(), null, "the file system is read-only");
        }
        if (!intoFolder) {
            requireName(output);
        }
        if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
            throw new AccessDeniedException(existing.toString(), null, "this user may not write there");
        }
    }

    /** Whether the target exists and must not be replaced. A folder does not count, since it may hold an earlier fetch. */
    boolean isTaken() {
        return refusesExisting
                && !intoFolder
                && Files.exists(output, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether the target of this share exists and must be compared with it. */
    boolean isTaken(Manifest manifest) throws IOException {
        return refusesExisting
                && (candidates(manifest).stream().anyMatch(target -> Files.exists(target, LinkOption.NOFOLLOW_LINKS))
                        || isThere(manifest));
    }

    /** Whether a fetch of that share here has this target and would not replace it. */
    boolean isAt(Path target, Manifest manifest) {
        return refusesExisting && (candidates(manifest).contains(target) || !namedAsFolder && output.equals(target));
    }

    /** Whether the output, a folder not named as one, is the target of an earlier fetch to this very path; nothing is put into it. */
    private boolean isThere(Manifest manifest) throws IOException {
        return intoFolder
                && !namedAsFolder
                && refusesExisting
                && candidates(manifest).stream().noneMatch(target -> Files.exists(target, LinkOption.NOFOLLOW_LINKS))
                && FolderOfShare.is(output, manifest);
    }

    private List<Path> candidates(Manifest manifest) {
        return intoFolder ? NamesOnDisk.candidates(output, manifest.name()) : List.of(output);
    }

    /** The target of a share: the existing one of an earlier fetch, or a name that the file system can hold. Creates a missing folder. */
    Path target(Manifest manifest) throws IOException {
        if (intoFolder) {
            Files.createDirectories(output);
        }
        if (isThere(manifest)) {
            return output;
        }
        Path target = intoFolder ? NamesOnDisk.place(output, manifest.name(), new HeldNames(output)) : output;
        requireName(target);
        return target;
    }

    /** Removes the folders that were created for a fetch of which nothing is kept, if they are empty. */
    public void removeMade() throws IOException {
        try {
            for (Path folder : missing) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException inUse) {
            return; // so are those above
        }
    }

    /** Fails with the system's reason if the file system cannot hold the name, for example because it is too long. */
    private static void requireName(Path path) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException free) {
            return;
        }
    }
}
