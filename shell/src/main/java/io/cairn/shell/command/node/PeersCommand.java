package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node.Peer;
import io.cairn.app.json.PeerJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.Names;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists peers. */
@Command(name = "peers", description = "List known peers: NODE, address, source, received, sent, contact.")
public final class PeersCommand implements Callable<Integer> {
    private static final int CONTACT_COLUMNS_MIN = 7;

    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    public PeersCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            Names names = session.names();
            options.print(
                    session.output(),
                    session.node().peers(),
                    "no peers yet; connect HOST:PORT greets one",
                    peers -> table(peers, names),
                    (output, peer) -> tell(output, peer, names));
            return 0;
        }
    }

    private Table table(List<Peer> peers, Names names) {
        boolean isNamed = names.hasAnyOf(peers.stream().map(Peer::node).toList());
        Table table = new Table(
                Column.whole("NODE"),
                Column.whole("ADDRESS"),
                Column.whole("VIA"),
                Column.figures("RECEIVED"),
                Column.figures("SENT"),
                Column.text(isNamed ? "CONTACT" : "", isNamed ? CONTACT_COLUMNS_MIN : 0));
        for (Peer peer : peers) {
            table.add(
                    options.id(peer.node()),
                    peer.endpoint().toString(),
                    peer.via().text(),
                    Sizes.bytes(peer.receivedBytes()),
                    Sizes.bytes(peer.sentBytes()),
                    isNamed ? names.in(peer.node()) : "");
        }
        return table;
    }

    private static void tell(Output output, Peer peer, Names names) {
        output.data(peer.node() + "  " + peer.endpoint() + "  " + peer.via().text() + "  received "
                + Sizes.bytes(peer.receivedBytes()) + "  sent " + Sizes.bytes(peer.sentBytes())
                + names.after(peer.node()));
        output.json(PeerJson.of(peer).ofContact(names.of(peer.node())));
    }
}
