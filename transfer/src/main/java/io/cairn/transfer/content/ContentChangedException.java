package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is served in place is no longer what was shared. */
public final class ContentChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String what;

    public ContentChangedException(Path path, String what) {
        super(path + " " + what);
        this.path = path;
        this.what = what;
    }

    /** What happened to it; completes a sentence that begins with the file. */
    public String what() {
        return what;
    }

    /** The file that changed. */
    public Path path() {
        return path;
    }
}
