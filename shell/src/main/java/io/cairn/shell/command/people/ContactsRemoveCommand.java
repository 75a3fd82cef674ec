package io.cairn.shell.command.people;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts.Person;
import io.cairn.app.json.people.ContactJson;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Forgets the name of a node. */
@Command(name = "remove", description = "Forget the name of a node, also in groups.")
final class ContactsRemoveCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "NAME", description = "The contact.")
    private String name = "";

    ContactsRemoveCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Person former = session.await(session.node().contacts().remove(name));
            session.output().data("removed  " + Plain.line(former.name()) + "  " + former.node());
            session.output().json(ContactJson.removed(former));
            return 0;
        }
    }
}
