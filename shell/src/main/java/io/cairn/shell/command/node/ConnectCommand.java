package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.json.PeerJson;
import io.cairn.dht.id.Contact;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Greets a node. */
@Command(name = "connect", description = "Connect to a node; prints NODE  ADDRESS.")
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
            session.output().data(contact.id() + "  " + contact.endpoint());
            session.output().json(PeerJson.of(contact, "connected"));
            return 0;
        }
    }
}
