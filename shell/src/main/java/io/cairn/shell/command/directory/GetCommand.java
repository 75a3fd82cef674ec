package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Values;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.app.values.Pointers;
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

    @Parameters(
            paramLabel = "NAME",
            description = "NAME@PUBLISHER as put printed it, or NAME@CONTACT; NAME alone: of this node.")
    private String name = "";

    @Option(
            names = "--from",
            paramLabel = "PUBLISHER",
            description = "The node that writes the value: its id of 40 digits, or a contact. Default: this node.")
    private @Nullable String publisher;

    public GetCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        if (publisher != null || !Pointers.isOne(name)) {
            String unused = Values.Name.checked(name);
        }
        try (Session session = source.open()) {
            Values.Name wanted = publisher == null
                    ? Pointers.name(session.node(), name)
                    : new Values.Name(
                            Values.Name.checked(name), session.node().contacts().resolve(publisher));
            Values.Read value = session.await(
                    "get", "asking for the value", session.node().values().get(wanted));
            session.output().bytes(value.content());
            session.output().json(ValueJson.of(value));
            return 0;
        }
    }
}
