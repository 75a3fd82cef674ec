package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Values;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.app.values.Pointers;
import io.cairn.dht.id.Key;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Writes a value that points to a share. */
@Command(
        name = "publish",
        description = "Let a name point to a share; prints NAME@PUBLISHER, which fetch takes in place of a hash.",
        footer = {
            "",
            "Example: cairn publish notes 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
            "Run it again when there is a newer version: NAME@PUBLISHER then fetches that."
        })
public final class PublishCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name; at most 128 bytes, without @.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "HASH", description = "A hash, link or name of a share.")
    private String hash = "";

    public PublishCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String checked = Values.Name.checked(name);
        try (Session session = source.open()) {
            Key target = session.resolve(hash).hash();
            Values.Written written = session.await(
                    "publish", "storing the name", session.node().values().put(Pointers.to(checked, target)));
            Stored.tell(session.output(), written);
            session.output().json(ValueJson.published(written, target));
            return 0;
        }
    }
}
