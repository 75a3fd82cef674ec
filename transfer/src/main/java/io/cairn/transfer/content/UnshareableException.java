package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Path;

/** A path cannot be shared: it is unreadable, neither file nor folder, badly named, a link that points outside, or changing. */
public final class UnshareableException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;

    public UnshareableException(Path path, String reason) {
        super(path + ": " + reason);
        this.path = path;
    }

    public UnshareableException(Path path, String reason, Throwable cause) {
        super(path + ": " + reason, cause);
        this.path = path;
    }

    /** The path that cannot be shared. */
    public Path path() {
        return path;
    }
}
