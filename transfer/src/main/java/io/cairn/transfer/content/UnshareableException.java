package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Path;

/** Something on disk cannot be shared as it is: unreadable, no file or folder, badly named, leading outside, changing. */
public final class UnshareableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String reason;

    public UnshareableException(Path path, String reason) {
        super(path + ": " + reason);
        this.path = path;
        this.reason = reason;
    }

    UnshareableException(Path path, String reason, Throwable cause) {
        super(path + ": " + reason, cause);
        this.path = path;
        this.reason = reason;
    }

    /** What cannot be shared. */
    public Path path() {
        return path;
    }

    /** Why, without the path. */
    public String reason() {
        return reason;
    }
}
