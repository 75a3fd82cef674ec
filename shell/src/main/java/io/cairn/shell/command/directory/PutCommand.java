package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Values;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.nio.ByteBuffer;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes a value under a name of this node. */
@Command(
        name = "put",
        description = "Write a value of at most 512 bytes under a name; prints NAME@PUBLISHER.",
        footer = {
            "",
            "Example: cairn put motd \"back at noon\"",
            "Only this node can change the value. Any node reads it: get NAME@PUBLISHER.",
            "It is renewed while a node runs on this data directory, and lasts two days",
            "without one."
        })
public final class PutCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name; at most 128 bytes, without @.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "VALUE|-|@FILE",
            hideParamSyntax = true,
            description = "The value, or a file; - or nothing: stdin.")
    private @Nullable String value;

    @Option(
            names = "--if-sequence",
            paramLabel = "N",
            description = "Write only over the version with this sequence (0: over none); else exit 8.")
    private @Nullable Long ifSequence;

    public PutCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String checked = Values.Name.checked(name);
        ByteBuffer content = ValueInput.read(source, value);
        try (Session session = source.open()) {
            Values.Written written = session.await(
                    "put",
                    "storing the value",
                    session.node().values().put(new Values.Put(checked, content, ifSequence)));
            Stored.tell(session.output(), written);
            session.output().json(ValueJson.of(written));
            return 0;
        }
    }
}
