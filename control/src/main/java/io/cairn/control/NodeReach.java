package io.cairn.control;

import io.cairn.app.CairnException;

/** The way to the node of a data directory. Blocks; called on one thread at a time. */
@FunctionalInterface
public interface NodeReach {
    /**
     * Attaches to the node that runs, or starts one if none does. While another process starts or ends its node, tries again.
     *
     * @throws CairnException if neither works within a few seconds
     */
    Attachment reach() throws CairnException;
}
