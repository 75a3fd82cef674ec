package io.cairn.shell.command.people;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Contacts;
import io.cairn.app.Contacts.Group;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.people.ContactJson;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a group of contacts, changes it, or forgets it. */
@Command(
        name = "group",
        description = "Put contacts under one name, in place of those under it so far; prints GROUP  members.",
        footer = {"", "Example: cairn contacts group lab ann bob"})
final class ContactsGroupCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "GROUP", description = "The name of the group.")
    private String name = "";

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "NAME", description = "Its members: contacts.")
    private List<String> members = new ArrayList<>();

    @Option(names = "--remove", description = "Forget the group; its members stay contacts.")
    private boolean remove;

    ContactsGroupCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        if (remove != members.isEmpty()) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot change the group " + name,
                    remove ? "it is to be removed, and members are named" : "it has no members",
                    remove ? "leave out the members, or --remove" : "name its members, or give --remove");
        }
        String checked = Contacts.checked(name);
        try (Session session = source.open()) {
            Contacts contacts = session.node().contacts();
            Group group = session.await(
                    remove ? contacts.removeGroup(checked) : contacts.setGroup(new Group(checked, members)));
            JsonObject json = remove ? ContactJson.removed(group) : ContactJson.of(group);
            session.output()
                    .data((remove ? "removed  " : "") + Plain.line(group.name()) + "  "
                            + ContactsCommand.members(group));
            session.output().json(json);
            return 0;
        }
    }
}
