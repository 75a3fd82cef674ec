package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.shell.command.transfer.BackgroundFetch;
import io.cairn.shell.session.Banner;
import io.cairn.shell.session.ContactNotices;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;

/** A node without a shell. */
@Command(name = "daemon", description = "Run a node without a shell, until Ctrl-C or SIGTERM.")
public final class DaemonCommand implements Callable<Integer> {
    private final SessionSource source;

    public DaemonCommand(SessionSource source) {
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
