package io.cairn.transfer.store.part;

import java.io.IOException;
import java.nio.file.Path;

/** A file was found, just before placing, to differ from how this run left it. */
final class TouchedException extends IOException {
    private static final long serialVersionUID = 1L;

    TouchedException(Path file) {
        super(file + " was changed by another program");
    }
}
