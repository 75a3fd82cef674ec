package io.cairn.transfer.store;

import java.io.IOException;
import java.nio.file.Path;

/** Chunks that were verified when they were written are not on disk any more, because another program wrote there. They are to be fetched again. */
public final class PartDamagedException extends IOException {
    private static final long serialVersionUID = 1L;

    PartDamagedException(Path part, int chunks) {
        super(part + " was changed by another program: " + chunks + (chunks == 1 ? " chunk is" : " chunks are")
                + " not what was written");
    }
}
