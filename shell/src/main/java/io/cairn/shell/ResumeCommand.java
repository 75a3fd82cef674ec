package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchOptions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Goes on with a fetch that was stopped, in the background. */
@Command(name = "resume", description = "Go on with a fetch that was paused, in the background.")
final class ResumeCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "HASH", description = "The hash or name of a fetch.")
    private String hash = "";

    ResumeCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.open()) {
            Fetch fetch = FetchControl.named(session, hash);
            BackgroundFetch.start(
                    session,
                    new FetchOptions(session.resolve(hash), fetch.status().target(), false, false));
            return 0;
        }
    }
}
