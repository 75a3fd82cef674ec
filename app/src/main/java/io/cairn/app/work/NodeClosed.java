package io.cairn.app.work;

import io.cairn.app.CairnException;

/** The answer of a node that is closed or closing. */
public final class NodeClosed {
    private NodeClosed() {}

    public static CairnException exception() {
        return new CairnException(
                CairnException.Kind.INTERRUPTED,
                "the node cannot do this",
                "it is closed",
                "start a node and run the same command again");
    }
}
