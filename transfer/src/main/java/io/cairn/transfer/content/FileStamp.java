package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * By what a file is known again without reading it. Promises little: a program can change a file and set its time back.
 *
 * @param size in bytes
 * @param modifiedNanos time of the last modification, nanoseconds since 1970, as fine as the file system keeps it
 * @param fileKey the file system's name for the file (device and inode), empty where it has none; may change at a restart of the machine
 */
public record FileStamp(long size, long modifiedNanos, String fileKey) {
    /** The stamp of what is at a path now, links followed. */
    public static FileStamp of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    /** The stamp of a file with these attributes. */
    public static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.toString(attributes.fileKey(), ""));
    }

    /** Whether size and time agree: then the file is taken to be unchanged, even if it was moved here from elsewhere. */
    public boolean agreesWith(FileStamp other) {
        return size == other.size && modifiedNanos == other.modifiedNanos;
    }
}
