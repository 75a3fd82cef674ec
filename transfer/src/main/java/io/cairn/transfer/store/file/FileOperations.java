package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * All operations by which a fetch changes the file system, so that a test can make any of them fail or stop before it. Nothing is
 * durable until forced: a file's bytes and length by {@link #force}, its name by {@link #forceFolder} on its folder.
 */
public interface FileOperations {
    /** The operating system's own operations. */
    FileOperations SYSTEM = new SystemFiles();

    /** Opens or creates a file, as {@link FileChannel#open(Path, OpenOption...)}. */
    FileChannel open(Path file, OpenOption... options) throws IOException;

    /**
     * Creates a file that only its owner may read, and opens it for reading and writing.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    FileChannel make(Path file) throws IOException;

    /** Writes all remaining bytes of the buffer. */
    void write(FileChannel file, long position, ByteBuffer data) throws IOException;

    /** Truncates a file, or extends it with a hole that uses no space. */
    void setLength(FileChannel file, long length) throws IOException;

    void force(FileChannel file) throws IOException;

    /** Forces a folder's entries to disk, so that files created or renamed in it survive a power cut. */
    void forceFolder(Path folder) throws IOException;

    /**
     * Creates a folder that only its owner may enter.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    void createPrivateFolder(Path folder) throws IOException;

    /** Gives a file or folder the default permissions of the user's new ones. */
    void makeUsual(Path path) throws IOException;

    /** @throws FileAlreadyExistsException if something has this name */
    void createFolder(Path folder) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @throws FileAlreadyExistsException if something has this name
     * @throws UnsupportedOperationException if the system does not support links
     */
    void link(Path name, Path file) throws IOException;

    /** Renames a file or folder; replaces a file or an empty folder of the new name. */
    void rename(Path from, Path to) throws IOException;

    /** @throws NoSuchFileException if the path does not exist */
    void delete(Path path) throws IOException;

    /** Sets a file's modification time in nanoseconds since 1970, at the file system's precision. */
    void setModified(Path file, long nanos) throws IOException;

    /** Runs a task that blocks on the disk in parallel with the writers. */
    void beside(Runnable task);

    /** Lets everyone who may read a file also run it, if the file system supports that. */
    void makeExecutable(Path file) throws IOException;
}
