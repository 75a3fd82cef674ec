package io.cairn.transfer.store.file;

import java.io.IOException;
import java.nio.file.Path;

/** There is not enough space on a disk. */
public final class DiskFullException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final long neededBytes;
    private final long freeBytes;

    DiskFullException(Path path, long neededBytes, long freeBytes) {
        super(path + " needs " + neededBytes + " bytes, but its disk has " + freeBytes + " left");
        this.path = path;
        this.neededBytes = neededBytes;
        this.freeBytes = freeBytes;
    }

    DiskFullException(Path path, long neededBytes, long freeBytes, Throwable cause) {
        this(path, neededBytes, freeBytes);
        initCause(cause);
    }

    /** The file or folder to be written. */
    public Path path() {
        return path;
    }

    /** The number of bytes still to be written. */
    public long neededBytes() {
        return neededBytes;
    }

    /** The free bytes of the disk for this user. */
    public long freeBytes() {
        return freeBytes;
    }
}
