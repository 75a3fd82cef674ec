package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Checks free disk space before a write, and explains a failed one. */
public final class DiskSpace {
    private DiskSpace() {}

    /** @throws DiskFullException if the folder's disk has less free space */
    public static void require(Path folder, Path forWhat, long neededBytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (neededBytes > free) {
            throw new DiskFullException(forWhat, neededBytes, free);
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
        long free = free(path);
        boolean full = text.contains("no space left")
                || text.contains("quota exceeded")
                || text.contains("not enough space")
                || free >= 0 && free < 64 << 10;
        return full ? new DiskFullException(path, neededBytes, Math.max(0, free), failure) : failure;
    }

    private static long free(Path path) {
        try {
            Path folder = path.getParent();
            return folder == null ? -1 : Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            return -1; // the original failure is reported
        }
    }
}
