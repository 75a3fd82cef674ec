package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;

/** Starts a node; tests give one that is not real. */
@FunctionalInterface
public interface NodeStarter {
    Node start(NodeConfig config) throws CairnException;
}
