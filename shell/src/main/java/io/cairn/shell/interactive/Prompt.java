package io.cairn.shell.interactive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines from a terminal, with history and completion, and prints lines above the prompt. Falls back to plain lines on a dumb
 * terminal.
 */
public final class Prompt implements AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;
    private volatile @Nullable Thread readingThread;
    private volatile boolean ended;

    private Prompt(Terminal terminal, LineReader reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /**
     * Takes over the terminal of the process.
     *
     * @param history the file that keeps the history between runs
     */
    public static Prompt open(Path history, Suggestions suggestions) throws IOException {
        Path dataDirectory = Objects.requireNonNull(history.toAbsolutePath().getParent(), "the history is in a folder");
        TerminalLibrary.use(dataDirectory);
        Terminal terminal = TerminalBuilder.builder()
                .name("cairn")
                .system(true)
                .dumb(true)
                .nativeSignals(false) // Ctrl-C while a command runs belongs to the command
                .build();
        Signals.register("WINCH", () -> terminal.raise(Terminal.Signal.WINCH));
        LineReader reader = LineReaderBuilder.builder()
                .appName("cairn")
                .terminal(terminal)
                .parser(new DefaultParser())
                .completer(completer(suggestions))
                .variable(LineReader.HISTORY_FILE, history)
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .build();
        return new Prompt(terminal, reader);
    }

    /** The next line; empty at the end of the input. Ctrl-C starts a new line. */
    public Optional<String> read(String prompt) {
        readingThread = Thread.currentThread();
        try {
            Optional<String> line = Optional.empty();
            while (line.isEmpty() && !ended) {
                line = readOrGiveUp(prompt);
            }
            return line;
        } catch (EndOfFileException endOfInput) {
            return Optional.empty();
        } finally {
            readingThread = null;
        }
    }

    private Optional<String> readOrGiveUp(String prompt) {
        try {
            return Optional.of(reader.readLine(prompt));
        } catch (UserInterruptException lineGivenUp) {
            return Optional.empty();
        }
    }

    /** Prints above the line being typed; returns false, and prints nothing, if none is being typed. */
    public boolean printAbove(String line) {
        if (readingThread == null || !reader.isReading()) {
            return false;
        }
        reader.printAbove(line);
        return true;
    }

    /** Ends reading; may be called from any thread. */
    public void interrupt() {
        ended = true;
        Thread thread = readingThread;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private static Completer completer(Suggestions suggestions) {
        FileNameCompleter files = new FileNameCompleter();
        return (reader, line, candidates) -> {
            List<String> before = line.words().subList(0, line.wordIndex());
            for (Suggestions.Suggestion suggestion : suggestions.words(before)) {
                candidates.add(new Candidate(
                        suggestion.word(),
                        suggestion.word(),
                        null,
                        suggestion.about().isEmpty() ? null : suggestion.about(),
                        null,
                        null,
                        true));
            }
            if (suggestions.wantsFile(before)) {
                files.complete(reader, line, candidates);
            }
        };
    }
}
