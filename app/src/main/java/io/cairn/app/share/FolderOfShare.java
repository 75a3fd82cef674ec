package io.cairn.app.share;

import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Distinguishes a folder to which a share was fetched, in whole or in part, from a folder that is to receive the share. The former holds
 * only entries of the share, and at least one file of the right length. Looks at no more than one foreign entry.
 */
public final class FolderOfShare extends SimpleFileVisitor<Path> {
    private final Map<Path, Long> lengths = new HashMap<>();
    private boolean foreign;
    private boolean fits;

    private FolderOfShare(Manifest manifest, Path folder) throws IOException {
        List<Path> places = NamesOnDisk.present(manifest, folder).files();
        int next = 0;
        for (FileEntry file : manifest.files()) {
            lengths.put(places.get(next++), file.length());
        }
    }

    public static boolean is(Path folder, Manifest manifest) throws IOException {
        if (!manifest.isFolder() || !Files.isDirectory(folder)) {
            return false;
        }
        FolderOfShare looked = new FolderOfShare(manifest, folder);
        Files.walkFileTree(folder, looked);
        return looked.fits && !looked.foreign;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        Long length = lengths.get(file);
        foreign = length == null || !attributes.isRegularFile();
        fits |= length != null && length == attributes.size();
        return foreign ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    /** An unreadable entry was not left by a fetch. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException refused) {
        foreign = true;
        return FileVisitResult.TERMINATE;
    }
}
