package io.cairn.control;

import io.cairn.app.CairnException;
import java.util.function.BooleanSupplier;

/** The way to the node of a data directory. Blocks; called on one thread at a time. */
@FunctionalInterface
public interface NodeReach {
    /**
     * Attaches to the node that runs, or starts one if none does. While another process starts or ends its node, tries again.
     *
     * @param wanted asked before each attempt: whether anybody still wants the node
     * @throws CairnException if neither works within a few seconds, or the node is not wanted any more
     */
    Attachment reach(BooleanSupplier wanted) throws CairnException;
}
