package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.NodeLauncher;
import io.cairn.control.reach.NodeStarter;

/** The launcher of this process, as commands see it. */
record Launched(NodeLauncher launcher) implements NodeStarter {
    static NodeStarter by(NodeLauncher launcher) {
        return new Launched(launcher);
    }

    @Override
    public Node start(NodeConfig config) throws CairnException {
        return launcher.start(config);
    }

    @Override
    public String step() {
        return launcher.step().text();
    }
}
