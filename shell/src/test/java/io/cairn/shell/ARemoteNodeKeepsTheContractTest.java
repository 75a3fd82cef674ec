package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.control.client.RemoteNode;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.ControlServer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The same node as in {@link ALocalNodeKeepsTheContractTest}, behind its control socket. */
class ARemoteNodeKeepsTheContractTest extends NodeContract {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    Node start(Path dataDirectory, List<Node> known) throws CairnException {
        Node local = ALocalNodeKeepsTheContractTest.startLocally(dataDirectory, known);
        open.push(local);
        ControlServer server = ControlServer.open(local, ProcessStatus.ofThis(local.info(), "test"), () -> {});
        open.push(server);
        return RemoteNode.connect(server.socket());
    }

    @AfterEach
    void closeTheNodes() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
