package io.cairn.transfer.store.file;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/** Checks free disk space before a write, and explains a failed one. */
public final class DiskSpace {
    private DiskSpace() {}

    /**
     * The bytes that this user may write to the folder's file system; empty if the system does not tell, as for a file system without a
     * limit. Asks about the folder itself: {@code Files.getFileStore} first searches the table of mounts, in which the root of a chroot is
     * missing.
     */
    public static OptionalLong free(Path folder) {
        File asked = folder.toFile();
        long free = asked.getUsableSpace();
        return free > 0 || asked.getTotalSpace() > 0 ? OptionalLong.of(free) : OptionalLong.empty();
    }

    /** @throws DiskFullException if the folder's disk is known to have less free space */
    public static void require(Path folder, Path forWhat, long neededBytes) throws DiskFullException {
        OptionalLong free = free(folder);
        if (free.isPresent() && neededBytes > free.getAsLong()) {
            throw new DiskFullException(forWhat, neededBytes, free.getAsLong());
        }
    }

    /**
     * Detects a write that failed because the disk is full. Java gives only the system's text, which may be in any language, so this
     * checks the free space too; an exceeded quota shows only in the text.
     *
     * @param neededBytes bytes still to be written
     */
    public static IOException explain(IOException failure, Path path, long neededBytes) {
        String text = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        Path folder = path.getParent();
        long free = folder == null ? -1 : free(folder).orElse(-1);
        boolean full = text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space")
                || free >= 0 && free < 64 << 10;
        return full ? new DiskFullException(path, neededBytes, Math.max(0, free), failure) : failure;
    }
}
