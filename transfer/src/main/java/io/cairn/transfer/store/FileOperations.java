package io.cairn.transfer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;

/**
 * All by which a fetch changes the file system, so that a test can let any of it fail, or stop before it. Nothing here is on disk for good
 * until it was forced: bytes and length of a file by {@link #force}, its name by {@link #forceFolder} of the folder it is in.
 */
interface FileOperations {
    /** What the operating system does. */
    FileOperations SYSTEM = new SystemFiles();

    /** Opens a file, or makes it, as {@link FileChannel#open(Path, OpenOption...)}. */
    FileChannel open(Path file, OpenOption... options) throws IOException;

    /**
     * Makes a file that only its owner may read, and opens it to read and write.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    FileChannel make(Path file) throws IOException;

    /** Writes all that remains in the buffer. */
    void write(FileChannel file, long position, ByteBuffer data) throws IOException;

    /** Cuts a file, or makes it longer with a hole that uses no space. */
    void setLength(FileChannel file, long length) throws IOException;

    void force(FileChannel file) throws IOException;

    /** Forces what a folder lists, so that a file made or renamed in it is found after a power cut. */
    void forceFolder(Path folder) throws IOException;

    /**
     * Makes a folder that only its owner may enter.
     *
     * @throws FileAlreadyExistsException if something has this name
     */
    void createPrivateFolder(Path folder) throws IOException;

    /** Gives a file or folder the permissions that the user's new ones have. */
    void makeUsual(Path path) throws IOException;

    /** @throws FileAlreadyExistsException if something has this name */
    void createFolder(Path folder) throws IOException;

    /**
     * Gives a file a second name.
     *
     * @throws FileAlreadyExistsException if something has this name
     * @throws UnsupportedOperationException if the system has no links
     */
    void link(Path name, Path file) throws IOException;

    /** Replaces what is at the new name, where it is a file or an empty folder. */
    void rename(Path from, Path to) throws IOException;

    /** @throws NoSuchFileException if there is nothing */
    void delete(Path path) throws IOException;

    /** Sets when a file was last modified, nanoseconds since 1970, as fine as the file system keeps it. */
    void setModified(Path file, long nanos) throws IOException;

    /** Runs a task that waits for the disk, beside those who write. */
    void beside(Runnable task);

    /** Lets those who may read a file run it, where the file system knows of that. */
    void makeExecutable(Path file) throws IOException;
}
