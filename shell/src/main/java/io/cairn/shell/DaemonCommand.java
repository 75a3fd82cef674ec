package io.cairn.shell;

import io.cairn.app.CairnException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** A node without a shell. */
@Command(name = "daemon", description = "Run a node without a shell, until Ctrl-C or SIGTERM.")
final class DaemonCommand implements Callable<Integer> {
    private final SessionSource source;

    DaemonCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        try (Session session = source.openToStay()) {
            session.node().onNotice(new ContactNotices(session.output()));
            session.output().note(Banner.of(session.node().info()));
            Banner.whenJoined(session.node(), session.output()::note);
            CompletableFuture<?> unused = BackgroundFetch.takeUp(session, "");
            return session.stops().awaitStop().exitCodeOfServer();
        }
    }
}
