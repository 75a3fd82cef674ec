package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Why;
import io.cairn.app.json.WhyJson;
import io.cairn.app.node.StoredNode;
import io.cairn.app.values.Pointers;
import io.cairn.shell.session.Choice;
import io.cairn.shell.session.Names;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Explains the state of a fetch. */
@Command(
        name = "why",
        description = "Explain the state of a fetch: what was asked, found and dialled, and what to do.",
        footer = {
            "",
            "Example: why film.mkv",
            "For a fetch that runs or waits, and for the last hundred that ended. For another hash it looks for providers."
        })
public final class WhyCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "A hash, link or name, or NAME@PUBLISHER.")
    private String hash = "";

    public WhyCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Optional<Session> running = source.attach();
        if (running.isEmpty() && !Pointers.isOne(hash)) {
            Optional<Why> stored = stored();
            if (stored.isPresent()) {
                return tell(stored.get(), Names.of(StoredNode.contacts(source.dataDirectory())));
            }
        }
        try (Session session = running.isPresent() ? running.get() : source.open()) {
            return tell(session.await(session.node().why(session.resolve(hash).hash())), session.names());
        }
    }

    private Optional<Why> stored() throws CairnException, StoppedException {
        try {
            return StoredNode.why(source.dataDirectory(), hash);
        } catch (CairnException refused) {
            hash = Choice.known(source, refused).toHex();
            return StoredNode.why(source.dataDirectory(), hash);
        }
    }

    private int tell(Why why, Names names) {
        new WhyText(source.output(), names, System.currentTimeMillis()).tell(why);
        source.output().json(WhyJson.of(why));
        return 0;
    }
}
