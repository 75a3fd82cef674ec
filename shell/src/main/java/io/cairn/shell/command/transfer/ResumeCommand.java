package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.Subscription;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Resumes fetches in the background. */
@Command(name = "resume", description = "Resume fetches that are paused, stopped or failed, in the background.")
public final class ResumeCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            arity = "1..*",
            paramLabel = "HASH",
            description = "The hash of a fetch, its first digits, or its name.")
    private List<String> fetches = new ArrayList<>();

    public ResumeCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            FetchControl.prepare(session, source);
            List<Fetch> resumed = new ArrayList<>();
            for (String name : fetches) {
                resumed.add(resume(session, FetchControl.named(session, name)));
            }
            if (source.isOneShot() && session.isHere()) {
                for (Fetch fetch : resumed) {
                    follow(session, fetch);
                }
            }
            return 0;
        }
    }

    /** A failed fetch starts again and resumes from its partial data. */
    private static Fetch resume(Session session, Fetch fetch) throws CairnException, StoppedException {
        Fetch resumed = fetch;
        Fetch.Status status = fetch.status();
        if (status.isEnded() && status.state() != FetchState.DONE) {
            resumed = BackgroundFetch.start(session, fetch.options());
            status = resumed.status();
        } else {
            status = session.await(fetch.resume());
        }
        FetchControl.tell(session, fetch, "resumed", "resumed", status);
        return resumed;
    }

    /** Waits for the end of a fetch, because the node ends with this command. */
    private static void follow(Session session, Fetch fetch) throws CairnException, StoppedException {
        FetchReport report = new FetchReport(session.output(), session.names(), fetch.hash());
        Subscription following = fetch.events(report);
        try {
            report.complete(session.await(fetch.completion()));
        } finally {
            following.close();
            session.output().endProgress();
        }
    }
}
