package io.cairn.transfer.content;

import java.nio.file.FileSystemException;

/** A file cannot be opened because this process, or the whole system, has no file descriptor left. It may work a moment later. */
public final class OutOfDescriptorsException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    /**
     * @param limit most descriptors the process may have open at once; 0 if it is not known
     */
    public OutOfDescriptorsException(String file, long limit) {
        super(
                file,
                null,
                "no file descriptor is left" + (limit > 0 ? "; this process may have " + limit + " open at once" : ""));
    }
}
