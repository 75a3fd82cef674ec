package io.cairn.app;

import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.OnExisting;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Where a fetch puts what it fetches, as the user wrote it. Touches the disk: for workers. */
record FetchPlace(Path output, boolean intoFolder, boolean refusesExisting) {
    static FetchPlace of(FetchOptions options) {
        Path output = options.output().toAbsolutePath().normalize();
        return new FetchPlace(
                output,
                options.outputIsFolder() || Files.isDirectory(output),
                options.onExisting() == OnExisting.REFUSE);
    }

    /**
     * Refuses at once what cannot succeed, before the network is asked. What is at the target is compared later, with the manifest.
     *
     * @throws NoSuchFileException if the path is the target itself and its folder is missing
     * @throws NotDirectoryException if something that should be a folder is none
     * @throws AccessDeniedException if nothing can be made there
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
        if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
            throw new AccessDeniedException(existing.toString(), null, "this user may not write there");
        }
    }

    /** Whether something that is not to be replaced is at the target itself; not a folder, which may hold what was fetched before. */
    boolean isTaken() {
        return refusesExisting
                && !intoFolder
                && Files.exists(output, LinkOption.NOFOLLOW_LINKS)
                && !Files.isDirectory(output, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether something is where this share goes, which is to be compared with it. */
    boolean isTaken(Manifest manifest) {
        Path target = intoFolder ? output.resolve(manifest.name()) : output;
        return refusesExisting && Files.exists(target, LinkOption.NOFOLLOW_LINKS);
    }

    /** Whether this is where a fetch of that share was placed, and another of the same would not replace it. */
    boolean isAt(Path target, Manifest manifest) {
        return refusesExisting && target.equals(intoFolder ? output.resolve(manifest.name()) : output);
    }

    /** The target of a share, but for what already is there; makes the folder it goes into if the user named one that is missing. */
    Path target(Manifest manifest) throws IOException {
        if (intoFolder) {
            Files.createDirectories(output);
        }
        return intoFolder ? output.resolve(manifest.name()) : output;
    }
}
