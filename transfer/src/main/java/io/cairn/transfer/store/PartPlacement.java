package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * The last steps of a fetch: what the manifest says beside the bytes, then all forced to disk, then the rename, then the rename forced too.
 *
 * <p>The rename never replaces anything. Java has no rename that refuses an existing target, so a file is linked to the target, which
 * fails if something is there, and then unlinked from its old name; where the file system has no links, a look and then a rename, with a moment in
 * between. A folder is renamed after a look as well: a rename cannot replace a file or a folder with something in it, so the moment
 * can cost at most an empty folder.
 */
final class PartPlacement {
    private PartPlacement() {}

    /** Makes the part what the manifest says and forces it to disk; its bytes must be there already. */
    static void complete(Manifest manifest, Path part) throws IOException {
        Set<Path> folders = new LinkedHashSet<>();
        List<Path> executables = new ArrayList<>();
        List<Path> paths = LocalPaths.files(manifest, part);
        for (int file = 0; file < paths.size(); file++) {
            if (manifest.files().get(file).executable()) {
                executables.add(paths.get(file));
            }
            if (manifest.isFolder()) {
                LocalPaths.addFolders(folders, LocalPaths.parent(paths.get(file)), part);
            }
        }
        for (Path folder : LocalPaths.emptyFolders(manifest, part)) {
            Files.createDirectories(folder);
            LocalPaths.addFolders(folders, folder, part);
        }
        if (manifest.isFolder()) {
            folders.add(part);
        }
        ParallelForce.each(executables, PartPlacement::makeExecutable);
        ParallelForce.each(folders, FolderSync::force);
    }

    /** @throws FileAlreadyExistsException if something is at the target */
    static void rename(Path part, Path target) throws IOException {
        if (Files.isDirectory(part, LinkOption.NOFOLLOW_LINKS) || !link(part, target)) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
        FolderSync.force(LocalPaths.parent(target));
    }

    /** Whether two names are of one file: a link was made, and the run ended before the old name was removed. */
    static boolean isSameFile(Path part, Path target) throws IOException {
        try {
            Object partKey = key(part);
            return partKey != null && Objects.equals(partKey, key(target));
        } catch (NoSuchFileException absent) {
            return false;
        }
    }

    private static boolean link(Path part, Path target) throws IOException {
        try {
            Files.createLink(target, part);
        } catch (FileAlreadyExistsException exists) {
            if (!isSameFile(part, target)) {
                throw exists;
            }
        } catch (UnsupportedOperationException | FileSystemException noLinks) {
            return false; // the rename that follows tells any other failure
        }
        Files.delete(part);
        return true;
    }

    private static Object key(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    private static void makeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // Windows has no such permission
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        addIf(permissions, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
        addIf(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
        addIf(permissions, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
        view.setPermissions(permissions);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void addIf(
            Set<PosixFilePermission> permissions, PosixFilePermission present, PosixFilePermission added) {
        if (permissions.contains(present)) {
            permissions.add(added);
        }
    }
}
