package io.cairn.transfer.content;

import java.io.IOException;
import java.nio.file.Path;

/** A file served in place changed after it was shared. */
public final class ContentChangedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient Path path;
    private final String what;
    private final boolean removed;

    public ContentChangedException(Path path, String what) {
        this(path, what, false);
    }

    private ContentChangedException(Path path, String what, boolean removed) {
        super(path + " " + what);
        this.path = path;
        this.what = what;
        this.removed = removed;
    }

    /** The file no longer exists. */
    public static ContentChangedException removed(Path path) {
        return new ContentChangedException(path, "was removed since it was shared", true);
    }

    /** Whether the file was removed rather than changed. */
    public boolean isRemoved() {
        return removed;
    }

    /** What happened to the file, as the end of a sentence that begins with its name. */
    public String what() {
        return what;
    }

    /** The file that changed. */
    public Path path() {
        return path;
    }
}
