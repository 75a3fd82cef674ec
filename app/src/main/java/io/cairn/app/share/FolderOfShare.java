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
 * Tells a folder that a share was fetched to, in whole or in part, from one that the share is to be put into. The first holds nothing that
 * the share does not name, and at least one file of the right length. Looks at one foreign entry at most.
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

    /** What may not be looked at is nothing that a fetch left. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException refused) {
        foreign = true;
        return FileVisitResult.TERMINATE;
    }
}
