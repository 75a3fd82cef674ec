package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;

/** Starts a node; tests give one that is not real. */
@FunctionalInterface
interface NodeStarter {
    Node start(NodeConfig config) throws CairnException;
}
