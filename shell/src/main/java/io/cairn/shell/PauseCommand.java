package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a fetch and keeps what is there. */
@Command(name = "pause", description = "Stop a fetch and keep what is there; resume goes on.")
final class PauseCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a fetch.")
    private String hash = "";

    PauseCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            Fetch fetch = FetchControl.named(session, hash);
            fetch.stop();
            session.output().data("paused  " + fetch.hash());
            session.output().json("paused", fields -> fields.text("hash", fetch.hash()));
            return 0;
        }
    }
}
