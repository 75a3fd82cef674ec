package io.cairn.transfer.store.part;

import java.io.IOException;
import java.nio.file.Path;

/** Another program overwrote verified chunks, so they must be fetched again. */
public final class PartDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    PartDamagedException(Path part, int chunks) {
        super(part + " was changed by another program: " + chunks + (chunks == 1 ? " chunk is" : " chunks are")
                + " not what was written");
    }
}
