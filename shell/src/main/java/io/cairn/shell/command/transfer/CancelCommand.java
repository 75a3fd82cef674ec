package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops fetches and deletes their partial data. */
@Command(name = "cancel", description = "Stop unfinished fetches and delete their partial data.")
public final class CancelCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            arity = "1..*",
            paramLabel = "HASH",
            description = "The hash of a fetch, its first digits, or its name.")
    private List<String> fetches = new ArrayList<>();

    public CancelCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            FetchControl.prepare(session, source);
            FetchControl.each(session, fetches, FetchState.CANCELLED, Fetch::cancel);
            return 0;
        }
    }
}
