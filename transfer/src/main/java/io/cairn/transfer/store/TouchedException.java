package io.cairn.transfer.store;

import java.io.IOException;
import java.nio.file.Path;

/** A file is not as this run left it, which was seen just before it was to be placed. */
final class TouchedException extends IOException {
    private static final long serialVersionUID = 1L;

    TouchedException(Path file) {
        super(file + " was changed by another program");
    }
}
