package io.cairn.control.reach;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;

/** Starts a node in this process; tests supply a fake. */
@FunctionalInterface
public interface NodeStarter {
    Node start(NodeConfig config) throws CairnException;

    /** What {@link #start} does now, to complete the sentence "the start ...". Any thread. */
    default String step() {
        return "opens the node";
    }
}
