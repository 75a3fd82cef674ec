package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Peer;
import io.cairn.app.json.PeerJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists peers. */
@Command(name = "peers", description = "List known peers: NODE, address, source, received, sent.")
public final class PeersCommand implements Callable<Integer> {
    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    public PeersCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            options.print(
                    session.output(),
                    session.node().peers(),
                    "no peers yet; connect HOST:PORT greets one",
                    this::table,
                    PeersCommand::tell);
            return 0;
        }
    }

    private Table table(List<Peer> peers) {
        Table table = new Table(
                Column.whole("NODE"),
                Column.whole("ADDRESS"),
                Column.whole("VIA"),
                Column.figures("RECEIVED"),
                Column.figures("SENT"));
        for (Peer peer : peers) {
            table.add(
                    options.id(peer.node()),
                    peer.endpoint().toString(),
                    peer.via().text(),
                    Sizes.bytes(peer.receivedBytes()),
                    Sizes.bytes(peer.sentBytes()));
        }
        return table;
    }

    private static void tell(Output output, Peer peer) {
        output.data(peer.node() + "  " + peer.endpoint() + "  " + peer.via().text() + "  received "
                + Sizes.bytes(peer.receivedBytes()) + "  sent " + Sizes.bytes(peer.sentBytes()));
        output.json(PeerJson.of(peer));
    }
}
