package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Files and folders that only their owner may read and write, whatever the umask, if the file system supports such permissions. */
public final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Opens a file for reading and writing, and creates it if missing. An existing file loses the permissions of others. */
    public static FileChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                attributes(file, FILE));
        tightenFile(file);
        return channel;
    }

    /**
     * Creates a file and opens it for reading and writing.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    public static FileChannel create(Path file, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(Arrays.asList(more));
        options.addAll(Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
        return FileChannel.open(file, options, attributes(file, FILE));
    }

    /**
     * Creates a folder in an existing one.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    public static void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder, attributes(folder, FOLDER));
    }

    /**
     * Creates a folder and the missing ones above it, which get the usual permissions.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    public static void createFolders(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        createFolder(folder);
    }

    /** Removes the permissions of others from a file, if it exists. */
    public static void tightenFile(Path file) throws IOException {
        if (Files.exists(file)) {
            tighten(file, FILE);
        }
    }

    /** Removes the permissions of others from a folder. */
    public static void tightenFolder(Path folder) throws IOException {
        tighten(folder, FOLDER);
    }

    /** Whether anyone but the owner has permissions on it. */
    public static boolean isOpenToOthers(Path path) throws IOException {
        return isPosix(path) && !FOLDER.containsAll(Files.getPosixFilePermissions(path));
    }

    private static void tighten(Path path, Set<PosixFilePermission> rights) throws IOException {
        if (isOpenToOthers(path)) {
            Files.setPosixFilePermissions(path, rights);
        }
    }

    private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> rights) {
        return isPosix(path)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
