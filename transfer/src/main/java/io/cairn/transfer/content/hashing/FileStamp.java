package io.cairn.transfer.content.hashing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Identifies an unchanged file without reading it. Not proof: a program can change a file and reset its time.
 *
 * @param size in bytes
 * @param modifiedNanos modification time in nanoseconds since 1970, at the file system's precision
 * @param fileKey the file system's identifier of the file (device and inode), empty if it has none; may change when the machine restarts
 */
public record FileStamp(long size, long modifiedNanos, String fileKey) {
    /** The current stamp of a file; follows links. */
    public static FileStamp of(Path file) throws IOException {
        return of(Files.readAttributes(file, BasicFileAttributes.class));
    }

    /** The current stamp of a regular file, without following links; null if there is none. */
    public static @Nullable FileStamp ofRegular(Path path) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? of(attributes) : null;
        } catch (NoSuchFileException absent) {
            return null;
        }
    }

    /** The stamp of a file with these attributes. */
    public static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(
                attributes.size(),
                attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                Objects.toString(attributes.fileKey(), ""));
    }

    /** Whether size and time agree. If so, the file counts as unchanged, even if it was moved. */
    public boolean agreesWith(FileStamp other) {
        return size == other.size && modifiedNanos == other.modifiedNanos;
    }
}
