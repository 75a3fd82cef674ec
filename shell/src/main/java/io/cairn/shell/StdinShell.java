package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.command.transfer.BackgroundFetch;
import io.cairn.shell.session.Banner;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Runs commands from a file or pipe up to the first that fails, and returns its code. */
final class StdinShell {
    private final Session session;
    private final Shell shell;
    private final BufferedReader lines;

    StdinShell(Session session, Shell shell, InputStream in) {
        this.session = session;
        this.shell = shell;
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** Returns 0 at the end of the input. */
    int run() throws CairnException {
        session.output().note(Banner.of(session.node()));
        Banner.whenJoined(session.node(), session.output()::note);
        try {
            if (session.isHere()) {
                session.await(BackgroundFetch.takeUp(session, BackgroundFetch.HINT));
            }
            Optional<String> line = nextLine();
            while (line.isPresent()) {
                int code = shell.run(line.get());
                CompletableFuture<Stop> wish = session.stops().wish();
                if (wish.isDone()) {
                    return wish.join().exitCodeOfServer();
                }
                if (code != 0 || shell.isLeft()) {
                    return code;
                }
                line = nextLine();
            }
            return 0;
        } catch (StoppedException stopped) {
            return stopped.stop().exitCodeOfServer();
        }
    }

    /** Reads on a separate thread, since a signal cannot interrupt a read. */
    private Optional<String> nextLine() throws CairnException, StoppedException {
        CompletableFuture<Optional<String>> line = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try {
                        line.complete(Optional.ofNullable(lines.readLine()));
                    } catch (IOException failure) {
                        line.completeExceptionally(new CairnException(
                                CairnException.Kind.OTHER,
                                "cannot read commands from stdin",
                                "Bad file descriptor".equals(failure.getMessage())
                                        ? "it is closed"
                                        : String.valueOf(failure.getMessage()),
                                "give them through a pipe or a file, or start the node without a shell: cairn daemon",
                                failure));
                    }
                },
                "stdin");
        reader.setDaemon(true);
        reader.start();
        return session.await(line);
    }
}
