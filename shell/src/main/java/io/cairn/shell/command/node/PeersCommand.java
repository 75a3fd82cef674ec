package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Peer;
import io.cairn.app.json.PeerJson;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists peers. */
@Command(name = "peers", description = "List known peers: NODE, address, source, received, sent.")
public final class PeersCommand implements Callable<Integer> {
    private final SessionSource source;

    public PeersCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            List<Peer> peers = session.node().peers();
            for (Peer peer : peers) {
                session.output()
                        .data(peer.node() + "  " + peer.endpoint() + "  "
                                + peer.via().text() + "  received " + Sizes.bytes(peer.receivedBytes()) + "  sent "
                                + Sizes.bytes(peer.sentBytes()));
                session.output().json(PeerJson.of(peer));
            }
            if (peers.isEmpty()) {
                session.output().note("no peers yet; connect HOST:PORT greets one");
            }
            return 0;
        }
    }
}
