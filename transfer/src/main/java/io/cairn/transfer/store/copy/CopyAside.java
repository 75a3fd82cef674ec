package io.cairn.transfer.store.copy;

import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.FreeNames;
import io.cairn.transfer.store.file.LocalPaths;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Saves what an update takes from a copy: old versions in the folder where they are kept, if there is one, and what the user changed beside
 * its place as {@code NAME.conflict-YYYYMMDD-HHMMSS}. A file that is replaced gets a second name first, so its place is never empty.
 */
public final class CopyAside {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final FileOperations operations;
    private final Path target;
    private final @Nullable Path keptIn;
    private final String conflict;
    private final List<Path> conflicts = new ArrayList<>();
    private final Set<Path> changedFolders = new LinkedHashSet<>();

    /** @param keptIn where to keep old versions; null to keep none */
    public CopyAside(FileOperations operations, Path target, @Nullable Path keptIn, long wallMillis) {
        this.operations = operations;
        this.target = target;
        this.keptIn = keptIn;
        this.conflict =
                ".conflict-" + TIME.format(Instant.ofEpochMilli(wallMillis).atZone(ZoneId.systemDefault()));
    }

    /** Where the user's changes are now. */
    public List<Path> conflicts() {
        return List.copyOf(conflicts);
    }

    /** The folders whose entries changed and are not forced yet. */
    public Set<Path> changedFolders() {
        return changedFolders;
    }

    /** Saves a file that is replaced next: with a second name, or as a copy where there is none. */
    public void save(Path file, boolean isOurs) throws IOException {
        Path name = name(file, isOurs);
        if (name != null) {
            try {
                operations.link(name, file);
            } catch (UnsupportedOperationException | FileSystemException noLinks) {
                Files.copy(file, name, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
            saved(name, isOurs);
        }
    }

    /** Takes a file away that the next version lacks: deletes it, unless it is kept or was changed by the user. */
    public void remove(Path file, boolean isOurs) throws IOException {
        Path name = name(file, isOurs);
        if (name == null) {
            operations.delete(file);
        } else {
            moveTo(name, file);
            saved(name, isOurs);
        }
        changedFolders.add(LocalPaths.parent(file));
    }

    /** Moves away what is no file where a file belongs, or no folder where a folder belongs. */
    public void move(Path inTheWay) throws IOException {
        Path name = free(conflictName(inTheWay), true);
        operations.rename(inTheWay, name);
        saved(name, false);
    }

    private void moveTo(Path name, Path file) throws IOException {
        try {
            operations.rename(file, name);
        } catch (FileSystemException otherFileSystem) {
            Files.copy(file, name, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            operations.delete(file);
        }
    }

    private void saved(Path name, boolean isOurs) {
        changedFolders.add(LocalPaths.parent(name));
        if (!isOurs) {
            conflicts.add(name);
        }
    }

    private @Nullable Path name(Path file, boolean isOurs) throws IOException {
        if (!isOurs) {
            return free(conflictName(file), false);
        }
        if (keptIn == null) {
            return null;
        }
        Path name = file.equals(target)
                ? keptIn.resolve(target.getFileName())
                : keptIn.resolve(target.relativize(file).toString());
        Files.createDirectories(LocalPaths.parent(name));
        if (Files.exists(name, LinkOption.NOFOLLOW_LINKS) && Files.isSameFile(name, file)) {
            operations.delete(name); // an earlier run ended between the two names
        }
        return free(name, false);
    }

    private Path conflictName(Path file) {
        return file.resolveSibling(file.getFileName() + conflict);
    }

    private static Path free(Path name, boolean folder) throws FileAlreadyExistsException {
        return FreeNames.of(name, folder)
                .filter(free -> !Files.exists(free, LinkOption.NOFOLLOW_LINKS))
                .findFirst()
                .orElseThrow(() -> new FileAlreadyExistsException(name.toString(), null, "and so are all its numbers"));
    }
}
