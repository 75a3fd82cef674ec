package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Values;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads a value. */
@Command(
        name = "get",
        description = "Print the newest version of a value: its bytes, with nothing added.",
        footer = {"", "Example: cairn get motd@9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"})
public final class GetCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "NAME", description = "NAME@PUBLISHER as put printed it; NAME alone: of this node.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "PUBLISHER",
            description = "The id of the node that writes the value: 40 digits. Default: this node.")
    private @Nullable String publisher;

    public GetCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String whole = publisher == null ? name : name + "@" + checked(publisher);
        if (Values.Name.parse(whole).isEmpty()) {
            String unused = Values.Name.checked(whole);
        }
        try (Session session = source.open()) {
            Values.Name wanted = Values.Name.parse(whole, session.node().info().node());
            Values.Read value = session.await(
                    "get", "asking for the value", session.node().values().get(wanted));
            session.output().bytes(value.content());
            session.output().json(ValueJson.of(value));
            return 0;
        }
    }

    private static String checked(String publisher) throws CairnException {
        if (!publisher.matches("[0-9a-fA-F]{40}")) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a publisher: " + publisher,
                    "a publisher is a node id of 40 hexadecimal digits",
                    "copy what follows the @ that put printed, or what id prints on that machine");
        }
        return publisher;
    }
}
