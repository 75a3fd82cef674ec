package io.cairn.transfer.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Whether a disk has room, before and after. */
final class DiskSpace {
    private DiskSpace() {}

    /** @throws DiskFullException if the disk of a folder has not so much left */
    static void require(Path folder, Path forWhat, long neededBytes) throws IOException {
        long free = Files.getFileStore(folder).getUsableSpace();
        if (neededBytes > free) {
            throw new DiskFullException(forWhat, neededBytes, free);
        }
    }

    /**
     * Tells whether a write failed because the disk is full. Java gives only the system's text, which may be in any language, so the free
     * space is asked as well; a quota shows in the text alone.
     *
     * @param neededBytes what was still to be written
     */
    static IOException explain(IOException failure, Path path, long neededBytes) {
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
            return -1; // the failure that is being explained counts
        }
    }
}
