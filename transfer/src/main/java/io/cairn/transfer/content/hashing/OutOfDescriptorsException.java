package io.cairn.transfer.content.hashing;

import java.nio.file.FileSystemException;

/** A file cannot be opened because the process or the whole system has no file descriptor left. A retry may succeed. */
public final class OutOfDescriptorsException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * @param limit most descriptors the process may have open at once; 0 if unknown
     */
    public OutOfDescriptorsException(String file, long limit) {
        super(
                file,
                null,
                "no file descriptor is left" + (limit > 0 ? "; this process may have " + limit + " open at once" : ""));
    }
}
