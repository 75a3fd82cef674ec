package io.cairn.shell;

import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import java.nio.file.Path;
import java.util.List;

class TheFakeNodeKeepsTheContractTest extends NodeContract {
    private final FakeNode.World world = new FakeNode.World();

    @Override
    Node start(Path dataDirectory, List<Node> known) {
        return new FakeNode(NodeConfig.builder(dataDirectory).port(0).lan(false).build(), world);
    }
}
