package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops a fetch and deletes what is there of it. */
@Command(name = "cancel", description = "Stop a fetch and delete what is there of it.")
final class CancelCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a fetch.")
    private String hash = "";

    CancelCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            Fetch fetch = FetchControl.named(session, hash);
            fetch.cancel();
            session.output().data("cancelled  " + fetch.hash());
            session.output().json("cancelled", fields -> fields.text("hash", fetch.hash()));
            return 0;
        }
    }
}
