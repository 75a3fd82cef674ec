package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The file system itself. */
final class SystemFiles implements FileOperations {
    /** One thread per fetch with a running journal round; the threads mostly wait for disks and use little CPU. */
    private static final Executor BESIDE = Executors.newCachedThreadPool(run -> {
        Thread thread = new Thread(run, "cairn-journal");
        thread.setDaemon(true);
        return thread;
    });

    private final UsualPermissions permissions = new UsualPermissions();

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }

    @Override
    public FileChannel make(Path file) throws IOException {
        return OwnerOnly.create(file, StandardOpenOption.SPARSE);
    }

    @Override
    public void createPrivateFolder(Path folder) throws IOException {
        OwnerOnly.createFolder(folder);
    }

    @Override
    public void makeUsual(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            PosixFileAttributes now = view.readAttributes();
            Set<PosixFilePermission> usual = permissions.of(now.isDirectory());
            if (!now.permissions().equals(usual)) {
                Files.setPosixFilePermissions(path, usual);
            }
        }
    }

    @Override
    public void write(FileChannel file, long position, ByteBuffer data) throws IOException {
        for (long at = position; data.hasRemaining(); ) {
            at += file.write(data, at);
        }
    }

    @Override
    public void setLength(FileChannel file, long length) throws IOException {
        long now = file.size();
        if (now > length) {
            file.truncate(length);
        } else if (now < length) {
            file.write(ByteBuffer.allocate(1), length - 1);
        }
    }

    @Override
    public void force(FileChannel file) throws IOException {
        file.force(true);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException windows) {
            return; // Windows cannot open a folder as a file; NTFS journals its folders itself
        }
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.delete(path);
    }

    @Override
    public void makeExecutable(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return; // Windows has no such permission
        }
        Set<PosixFilePermission> permissions = view.readAttributes().permissions();
        addIf(permissions, PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);
        addIf(permissions, PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_EXECUTE);
        addIf(permissions, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);
        view.setPermissions(permissions);
    }

    private static void addIf(
            Set<PosixFilePermission> permissions, PosixFilePermission present, PosixFilePermission added) {
        if (permissions.contains(present)) {
            permissions.add(added);
        }
    }

    @Override
    public void setModified(Path file, long nanos) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(nanos, TimeUnit.NANOSECONDS));
    }

    @Override
    public void beside(Runnable task) {
        BESIDE.execute(task);
    }
}
