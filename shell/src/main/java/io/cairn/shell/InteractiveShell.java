package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.command.transfer.BackgroundFetch;
import io.cairn.shell.interactive.Prompt;
import io.cairn.shell.output.EditedLine;
import io.cairn.shell.session.Banner;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The shell at a terminal. Ctrl-C ends the running command, Ctrl-D the shell. */
final class InteractiveShell {
    private final Session session;
    private final Shell shell;

    InteractiveShell(Session session, Shell shell) {
        this.session = session;
        this.shell = shell;
    }

    int run() throws CairnException {
        session.stops().endOnlyTheCommand();
        PrintStream stderr = System.err;
        try (Prompt prompt = Prompt.open(
                session.node().info().dataDirectory().resolve("history"),
                new Completions(session.node(), shell.commands()),
                session.output()::liveLines,
                session.output()::resized)) {
            session.output().promptWith(new Around(prompt));
            shell.askWith(new AtPrompt(prompt));
            System.setErr(session.output().stderr()); // the log
            CompletableFuture<?> unusedEnd = session.stops().termination().thenRun(prompt::interrupt);
            session.output().note(Banner.of(session.node()));
            Banner.whenJoined(session.node(), session.output()::note);
            CompletableFuture<?> unused = session.isHere()
                    ? BackgroundFetch.takeUp(session, BackgroundFetch.HINT)
                    : CompletableFuture.completedFuture(null);
            Optional<String> line = next(prompt);
            while (line.isPresent()) {
                session.stops().rearm();
                shell.run(line.get());
                if (shell.isLeft()) {
                    return 0;
                }
                if (session.stops().wish().getNow(Stop.INTERRUPT) != Stop.INTERRUPT) {
                    return session.stops().awaitStop().exitCodeOfServer();
                }
                line = next(prompt);
            }
            return 0; // Ctrl-D or SIGTERM
        } catch (IOException noTerminal) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot use the terminal",
                    String.valueOf(noTerminal.getMessage()),
                    "give the commands on stdin: echo peers | cairn",
                    noTerminal);
        } finally {
            session.output().promptWith(null);
            System.setErr(stderr);
        }
    }

    private Optional<String> next(Prompt prompt) {
        session.output().beginEditing();
        try {
            return prompt.read("cairn> ");
        } finally {
            session.output().endEditing();
        }
    }

    /** Asks at the prompt. Ctrl-C ends the command, as it does while one runs; where yes or no is asked, it is a no. */
    private final class AtPrompt implements SessionSource.Asking {
        private final Prompt prompt;

        AtPrompt(Prompt prompt) {
            this.prompt = prompt;
        }

        @Override
        public String answer(String question) throws CairnException, StoppedException {
            Optional<String> entered = entered(question);
            if (entered.isPresent()) {
                return entered.get();
            }
            session.stops().request(Stop.INTERRUPT);
            return session.stops().await(new CompletableFuture<>());
        }

        @Override
        public boolean isAgreed(String question) {
            return entered(question + YES_OR_NO)
                    .filter(SessionSource.Asking::isYes)
                    .isPresent();
        }

        private Optional<String> entered(String question) {
            session.output().beginEditing();
            try {
                return prompt.ask(question);
            } finally {
                session.output().endEditing();
            }
        }
    }

    /** The prompt, for the output. */
    private record Around(Prompt prompt) implements EditedLine {
        @Override
        public int columns() {
            return prompt.columns();
        }

        @Override
        public boolean printAbove(String lines) {
            return prompt.printAbove(lines);
        }

        @Override
        public void redraw() {
            prompt.redrawBlock();
        }
    }
}
