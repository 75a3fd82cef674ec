package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;

class ALocalNodeKeepsTheContractTest extends NodeContract {
    @Override
    Node start(Path dataDirectory, List<Node> known) throws CairnException {
        return startLocally(dataDirectory, known);
    }

    static Node startLocally(Path dataDirectory, List<Node> known) throws CairnException {
        return LocalNode.start(config(dataDirectory, known));
    }

    static NodeConfig config(Path dataDirectory, List<Node> known) {
        List<String> bootstrap =
                known.stream().map(node -> "127.0.0.1:" + node.info().port()).toList();
        return NodeConfig.builder(dataDirectory)
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("contract")
                .lan(false)
                .build();
    }
}
