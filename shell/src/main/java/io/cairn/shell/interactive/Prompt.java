package io.cairn.shell.interactive;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
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
    private static final int COLUMNS_DEFAULT = 80;

    /** Lines that the history does not keep, in the form of JLine, where a colon would begin another pattern: those with an invite. */
    private static final String SECRETS = "*cairn-network\\:*";

    private final Terminal terminal;
    private final LineWithBlock reader;
    private volatile @Nullable Thread readingThread;
    private volatile boolean ended;

    private Prompt(Terminal terminal, LineWithBlock reader) {
        this.terminal = terminal;
        this.reader = reader;
    }

    /**
     * Takes over the terminal of the process. What is typed while no line is edited is not shown until the next one is.
     *
     * @param history the file that keeps the history between runs
     * @param block the lines to show below the edited one, for a width
     * @param resized is told of each resize while no line is edited
     */
    public static Prompt open(Path history, Suggestions suggestions, IntFunction<List<String>> block, Runnable resized)
            throws IOException {
        Path dataDirectory = Objects.requireNonNull(history.toAbsolutePath().getParent(), "the history is in a folder");
        TerminalLibrary.use(dataDirectory);
        Terminal terminal = TerminalBuilder.builder()
                .name("cairn")
                .system(true)
                .dumb(true)
                .nativeSignals(false) // Ctrl-C while a command runs belongs to the command
                .build();
        terminal.echo(false);
        LineWithBlock reader = new LineWithBlock(
                terminal,
                new HashMap<>(Map.of(LineReader.HISTORY_FILE, history, LineReader.HISTORY_IGNORE, SECRETS)),
                block);
        reader.setParser(new DefaultParser());
        reader.setCompleter(completer(suggestions));
        reader.option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
        reader.option(LineReader.Option.HISTORY_IGNORE_SPACE, true);
        Signals.register("WINCH", () -> {
            terminal.raise(Terminal.Signal.WINCH);
            if (!reader.isReading()) {
                resized.run();
            }
        });
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

    /** The answer to a question, which the history does not keep; no text at the end of the input, and none at all at Ctrl-C. */
    public Optional<String> ask(String question) {
        readingThread = Thread.currentThread();
        reader.setVariable(LineReader.DISABLE_HISTORY, true);
        reader.setVariable(LineReader.DISABLE_COMPLETION, true);
        try {
            return readOrGiveUp(question);
        } catch (EndOfFileException endOfInput) {
            return Optional.of("");
        } finally {
            reader.setVariable(LineReader.DISABLE_HISTORY, false);
            reader.setVariable(LineReader.DISABLE_COMPLETION, false);
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
        return reader.printsAbove(line);
    }

    /** Draws the block below the line again, if one is being typed. */
    public void redrawBlock() {
        reader.redrawBlock();
    }

    /** The width of the terminal now. */
    public int columns() {
        int columns = terminal.getSize().getColumns();
        return columns > 0 ? columns : COLUMNS_DEFAULT;
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
            for (Suggestions.Suggestion suggestion : suggestions.words(before, line.word())) {
                candidates.add(new Candidate(
                        suggestion.word(),
                        suggestion.word(),
                        null,
                        suggestion.about().isEmpty() ? null : suggestion.about(),
                        null,
                        null,
                        !suggestion.word().endsWith("-")));
            }
            if (suggestions.wantsFile(before)) {
                files.complete(reader, line, candidates);
            }
        };
    }
}
