package io.cairn.shell.command.people;

import io.cairn.app.CairnException;
import io.cairn.app.Contacts;
import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Contacts.Presence;
import io.cairn.app.Operation;
import io.cairn.app.json.people.ContactJson;
import io.cairn.dht.id.Endpoint;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Table;
import io.cairn.shell.output.Table.Column;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.session.TableOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists contacts and groups, and who of them answers; its verbs change them. */
@Command(
        name = "contacts",
        synopsisSubcommandLabel = "[COMMAND]",
        description = "List the nodes that you named, who of them is reachable now, and their groups.",
        footer = {
            "",
            "Example: cairn contacts add ann 5f1c0d4be3a1c22ab4e0a0a2a1c3b7d9e8f6e09a",
            "The name then stands for the id: get motd --from ann, fetch notes@ann.",
            "Each contact is looked for wherever it is, for ten seconds at most."
        })
public final class ContactsCommand implements Callable<Integer> {
    private static final int GROUPS_COLUMNS_MIN = 6;
    private static final int MEMBERS_COLUMNS_MIN = 12;

    private final SessionSource source;

    @Mixin
    private final TableOptions options = new TableOptions();

    @Option(names = "--known", description = "Only list them; ask nobody.")
    private boolean known;

    private ContactsCommand(SessionSource source) {
        this.source = source;
    }

    /** The verb with its own verbs. */
    public static CommandLine with(SessionSource source) {
        return new CommandLine(new ContactsCommand(source))
                .addSubcommand(new ContactsAddCommand(source))
                .addSubcommand(new ContactsRemoveCommand(source))
                .addSubcommand(new ContactsGroupCommand(source));
    }

    /**
     * A contact in the list.
     *
     * @param presence null if it was not asked
     */
    private record Row(Person person, @Nullable Presence presence, String groups) {}

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Contacts contacts = session.node().contacts();
            List<Group> groups = contacts.groups();
            List<Row> rows = known
                    ? contacts.all().stream()
                            .map(person -> row(person, null, groups))
                            .toList()
                    : present(session, contacts).stream()
                            .map(presence -> row(presence.person(), presence, groups))
                            .toList();
            options.print(
                    session.output(),
                    rows,
                    "no contacts yet; contacts add NAME NODE names one",
                    this::table,
                    ContactsCommand::tell);
            if (!groups.isEmpty()) {
                options.print(session.output(), groups, "", ContactsCommand::groups, ContactsCommand::tell);
            }
            return 0;
        }
    }

    private static List<Presence> present(Session session, Contacts contacts) throws CairnException, StoppedException {
        Operation<Presence, List<Presence>> search = contacts.presence();
        try {
            return session.await("contacts", "asking who is reachable", search.completion());
        } finally {
            search.completion().cancel(false);
        }
    }

    private static Row row(Person person, @Nullable Presence presence, List<Group> groups) {
        return new Row(
                person,
                presence,
                groups.stream()
                        .filter(group -> group.members().contains(person.name()))
                        .map(Group::name)
                        .collect(Collectors.joining(",")));
    }

    private Table table(List<Row> rows) {
        Table table = new Table(
                Column.whole("NAME"),
                Column.whole("NODE"),
                Column.whole(known ? "" : "NOW"),
                Column.text("GROUPS", GROUPS_COLUMNS_MIN));
        for (Row row : rows) {
            table.add(
                    Plain.line(row.person().name()),
                    options.id(row.person().node()),
                    now(row.presence()),
                    Plain.line(row.groups()));
        }
        return table;
    }

    private static Table groups(List<Group> groups) {
        Table table = new Table(Column.whole("GROUP"), Column.text("MEMBERS", MEMBERS_COLUMNS_MIN));
        groups.forEach(group -> table.add(Plain.line(group.name()), members(group)));
        return table;
    }

    private static void tell(Output output, Row row) {
        Presence presence = row.presence();
        String now = now(presence);
        output.data(Plain.line(row.person().name()) + "  " + row.person().node() + (now.isEmpty() ? "" : "  " + now));
        output.json(presence == null ? ContactJson.of(row.person()) : ContactJson.of(presence));
    }

    private static void tell(Output output, Group group) {
        output.data(Plain.line(group.name()) + "  group  " + members(group));
        output.json(ContactJson.of(group));
    }

    static String members(Group group) {
        return group.members().isEmpty() ? "nobody" : Plain.line(String.join(", ", group.members()));
    }

    private static String now(@Nullable Presence presence) {
        if (presence == null) {
            return "";
        }
        Endpoint at = presence.at();
        return at == null
                ? switch (presence.reach()) {
                    case SILENT -> "not reachable";
                    case UNKNOWN, REACHABLE -> "not known: the time was too short";
                }
                : "reachable at " + at;
    }
}
