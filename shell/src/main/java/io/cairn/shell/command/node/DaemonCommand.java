package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.shell.command.transfer.BackgroundFetch;
import io.cairn.shell.session.Banner;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A node without a shell. */
@Command(name = "daemon", description = "Run a node without a shell, until Ctrl-C or SIGTERM.")
public final class DaemonCommand implements Callable<Integer> {
    private final SessionSource source;

    @Option(names = "--detach", description = "Start it in the background; return when it is ready.")
    private boolean detach;

    public DaemonCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        if (detach) {
            return new DetachedDaemon(source).start();
        }
        try (Session session = source.openOwn()) {
            session.output().note(Banner.of(session.node().info()));
            Banner.whenJoined(session.node(), session.output()::note);
            CompletableFuture<?> unused = BackgroundFetch.takeUp(session, "");
            MemoryAtRest.watch();
            return session.stops().awaitStop().exitCodeOfServer();
        }
    }
}
