package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.json.PeerJson;
import io.cairn.dht.id.Contact;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Names;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Greets a node. */
@Command(name = "connect", description = "Connect to a node; prints NODE  ADDRESS, and the contact.")
public final class ConnectCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HOST:PORT", description = "The address it listens on.")
    private String hostAndPort = "";

    public ConnectCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Contact contact = session.await(
                    "connect",
                    "greeting " + Plain.line(hostAndPort),
                    session.node().connect(hostAndPort));
            Names names = session.names();
            session.output().data(contact.id() + "  " + contact.endpoint() + names.after(contact.id()));
            session.output().json(PeerJson.of(contact, "connected").ofContact(names.of(contact.id())));
            return 0;
        }
    }
}
