package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Node.NodeInfo;
import io.cairn.app.json.NodeJson;
import io.cairn.app.json.people.ContactJson;
import io.cairn.app.people.ContactCard;
import io.cairn.dht.id.Endpoint;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Stage;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the identity of this node. */
@Command(name = "id", description = "Show the identity and addresses of this node.")
public final class IdCommand implements Callable<Integer> {
    private final SessionSource source;

    @Option(names = "--card", description = "Print one line to hand over: contacts add NAME CARD takes it.")
    private boolean card;

    public IdCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            NodeInfo info = session.node().info();
            Output output = session.output();
            if (card) {
                ContactCard mine = ContactCard.of(info.publicKey(), info.addresses());
                output.data(mine.toString());
                output.json(ContactJson.card(mine.toString(), mine.node(), mine.addresses()));
                return 0;
            }
            output.data(Stage.label("node") + info.node());
            output.data(Stage.label("key") + info.publicKey());
            output.data(Stage.label("addresses")
                    + info.addresses().stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
            output.data(Stage.label("port") + info.port());
            output.data(Stage.label("network") + Plain.line(info.network()));
            output.data(Stage.label("data") + Plain.line(info.dataDirectory().toString()));
            output.json(NodeJson.of(info));
            return 0;
        }
    }
}
