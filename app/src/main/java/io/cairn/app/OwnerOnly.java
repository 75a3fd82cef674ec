package io.cairn.app;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/** Files and folders that only their owner may read and write, whatever the umask is, where the file system knows such rights. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** Opens a file for reading and writing, and makes it if it is missing. One that is there is closed to others. */
    static FileChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                attributes(file, FILE));
        tighten(file, FILE);
        return channel;
    }

    /** Opens a file that must not be there yet. */
    static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                attributes(file, FILE));
    }

    /** Makes a folder; the folders above it get the usual rights. */
    static void createFolder(Path folder) throws IOException {
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.createDirectory(folder, attributes(folder, FOLDER));
    }

    /** Closes a file to others, if it is there. */
    static void tightenFile(Path file) throws IOException {
        if (Files.exists(file)) {
            tighten(file, FILE);
        }
    }

    static void tightenFolder(Path folder) throws IOException {
        tighten(folder, FOLDER);
    }

    /** Whether others than the owner may do something with it. */
    static boolean isOpenToOthers(Path path) throws IOException {
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
