package io.cairn.app;

/** What a node answers when it is closed, or is being closed. */
final class NodeClosed {
    private NodeClosed() {}

    static CairnException exception() {
        return new CairnException(
                CairnException.Kind.INTERRUPTED,
                "the node cannot do this",
                "it is closed",
                "start a node and run the same command again");
    }
}
