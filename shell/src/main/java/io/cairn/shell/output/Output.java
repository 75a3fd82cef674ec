package io.cairn.shell.output;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streams apart: data goes to stdout, everything else to stderr, progress only to a terminal on stderr. With JSON, stdout carries
 * only objects, and stderr only errors. Thread-safe: lines are never mixed.
 */
public final class Output {
    private static final long SILENCE_NANOS = 1_900_000_000L;

    /** What the live line of the command in the foreground is about. */
    private static final Object FOREGROUND = "foreground";

    private final Streams streams;
    private final Format format;
    private final Consumer<StdoutFailure> stdoutFailed;
    private final Screen screen;
    private volatile boolean inShell;
    private volatile long lineNanos = System.nanoTime();

    /**
     * @param stdoutFailed called once, when data cannot be written
     */
    public Output(Streams streams, Format format, Consumer<StdoutFailure> stdoutFailed) {
        this.streams = streams;
        this.format = format;
        this.stdoutFailed = stdoutFailed;
        this.screen = new Screen(streams, format.animated());
    }

    /**
     * @param json objects instead of text
     * @param quiet only errors on stderr
     * @param verbosity how often {@code -v} was given
     * @param style of stderr
     * @param animated whether a line may be redrawn in place
     */
    public record Format(boolean json, boolean quiet, int verbosity, Style style, boolean animated) {}

    public boolean isJson() {
        return format.json();
    }

    /** Whether stderr carries only errors. */
    public boolean isQuiet() {
        return format.quiet();
    }

    public boolean isVerbose() {
        return format.verbosity() > 0;
    }

    /** Whether a person sees both streams on one terminal. */
    public boolean isOneScreen() {
        return streams.outTerminal() && streams.errTerminal() && !format.quiet();
    }

    /** From now on, advice names the verbs of the shell. */
    public void enterShell() {
        inShell = true;
    }

    /** Whether lists are tables for a person: on a terminal, but not as JSON. */
    public boolean isTabular() {
        return streams.outTerminal() && !format.json();
    }

    /** Whether lines are redrawn in place. */
    public boolean isAnimated() {
        return format.animated();
    }

    /** The width of the terminal. */
    public int columns() {
        return screen.columns();
    }

    /** Adapts the live lines to another width of the terminal. */
    public void resized() {
        screen.resized();
    }

    /** A link as displayed: quoted on a terminal, because it may be pasted into a shell, where {@code &} has another meaning. */
    public String pasteable(String link) {
        return streams.errTerminal() ? "'" + link + "'" : link;
    }

    /** Prints a line of data; nothing with JSON. */
    public void data(String line) {
        if (!format.json()) {
            toStdout((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Prints bytes as they are; on a terminal, as text that cannot control it and ends its line. Nothing with JSON. */
    public void bytes(ByteBuffer content) {
        if (format.json()) {
            return;
        }
        byte[] bytes = new byte[content.remaining()];
        content.duplicate().get(bytes);
        if (streams.outTerminal()) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            data(text.lines().map(Plain::line).collect(Collectors.joining("\n")));
        } else {
            toStdout(bytes);
        }
    }

    /** Prints a line of data; only with JSON. */
    public void json(JsonObject object) {
        if (format.json()) {
            toStdout(object.line());
        }
    }

    /** Prints a line of data that only programs read. */
    public void json(String type, Consumer<JsonFields> fields) {
        json(new JsonObject(type, fields));
    }

    /** Prints a line about progress; nothing with JSON or if quiet. */
    public void note(String line) {
        if (!format.json() && !format.quiet()) {
            toStderr(line);
        }
    }

    /** Prints a line about progress with a label in front: {@code lookup     asked 4 nodes}. */
    public void stage(String word, String text) {
        note(format.style().green(Stage.label(word)) + text);
    }

    /** Prints a warning: something that needs attention but is not a failure. */
    public void warning(String line) {
        note(format.style().yellow(Stage.label("warning")) + line);
    }

    /**
     * Prints around a line that is edited, between {@link #beginEditing} and {@link #endEditing}.
     *
     * @param line null once its terminal is closed
     */
    public void promptWith(@Nullable EditedLine line) {
        screen.promptWith(line);
    }

    /** Takes what others print to stderr, such as the log, and prints it where lines belong. */
    public PrintStream stderr() {
        return new PrintStream(new LineStream(screen), true, StandardCharsets.UTF_8);
    }

    /** From now on, the line editor draws the live lines below its own. */
    public void beginEditing() {
        screen.beginEditing();
    }

    /** From now on, a command runs. */
    public void endEditing() {
        screen.endEditing();
    }

    /** The live lines, for the line editor. It may hold locks of its own: this takes no other. */
    public List<String> liveLines(int columns) {
        return screen.liveLines(columns);
    }

    /** Prints three lines: what failed, why, what to do next; with JSON also an object. */
    public void error(CairnException failure) {
        error(failure, failure.kind().exitCode());
    }

    /** The same with another exit code than that of its kind. */
    public void error(CairnException failure, int exitCode) {
        String what = CommandWords.what(failure);
        String next = CommandWords.next(failure, inShell);
        json(ErrorJson.of(failure, exitCode, what, next));
        toStderr(format.style().red("error:") + " " + Plain.line(what) + "\n"
                + format.style().bold("why:") + "   " + Plain.line(failure.why()) + "\n"
                + format.style().bold("next:") + "  " + Plain.line(next));
    }

    /** The next step in the words of the command line. */
    public String next(Advice advice) {
        return CommandWords.next(advice);
    }

    /** Draws a fetch's progress in place; elsewhere than on a terminal, prints a line every two seconds. So do the next ones. */
    public void progress(FetchEvent.Progress progress) {
        show(ProgressLine.fetch(progress), progress.verifiedBytes() == progress.totalBytes());
    }

    /** Draws the number of bytes done. */
    public void progress(String label, long doneBytes, long totalBytes) {
        show(ProgressLine.bytes(label, doneBytes, totalBytes), doneBytes == totalBytes);
    }

    /** Draws the progress of something without a unit. */
    public void progressOf(String label, long done, long total) {
        show(ProgressLine.part(label, done, total), done == total);
    }

    /** Draws a stage. */
    public void transientStage(String word, String text) {
        show(StageLine.now("", word, text), true);
    }

    /** Draws a stage if it lasts until {@link #refresh}. */
    public void waiting(String word, String text) {
        screen.prepare(FOREGROUND, StageLine.now("", word, text));
    }

    /** Draws the live lines again, or prints that of the foreground after a silence: to be called once a second while something lasts. */
    public void refresh() {
        if (format.animated()) {
            screen.draw();
        } else {
            screen.live(FOREGROUND).ifPresent(this::log);
        }
    }

    /** Ends the live line of the command in the foreground. */
    public void endProgress() {
        screen.remove(FOREGROUND);
    }

    /** Draws how something else than the command stands. */
    public void live(Object about, String name, String word, String text) {
        screen.show(about, StageLine.now(name, word, text), true);
    }

    /** Ends a live line. */
    public void endProgress(Object about) {
        screen.remove(about);
    }

    /** The live line of a fetch in the background. */
    public Background background(String name) {
        Background line = new Background(screen, name);
        screen.show(line, StageLine.now(name, "starts", ""), true);
        return line;
    }

    /** Erases the {@code ^C} that a terminal shows, and the live line of the command in the foreground. */
    public void eraseLine() {
        screen.remove(FOREGROUND);
        screen.clean();
    }

    private void show(LiveLine line, boolean now) {
        if (format.animated()) {
            screen.show(FOREGROUND, line, now);
        } else {
            screen.prepare(FOREGROUND, line);
            log(line);
        }
    }

    private synchronized void log(LiveLine line) {
        if (System.nanoTime() - lineNanos > SILENCE_NANOS) {
            note(line.plain());
        }
    }

    private void toStderr(String lines) {
        lineNanos = System.nanoTime();
        screen.print(lines);
    }

    private synchronized void toStdout(byte[] bytes) {
        if (streams.out().failure() != null) {
            return;
        }
        if (streams.outTerminal()) {
            screen.print(() -> write(streams.out(), bytes));
        } else {
            write(streams.out(), bytes);
        }
        StdoutFailure failure = streams.out().failure();
        if (failure != null) {
            stdoutFailed.accept(failure);
        }
    }

    /** A failure is recorded in the stream. */
    private static void write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
            stream.flush();
        } catch (IOException refused) {
            LoggerFactory.getLogger(Output.class).debug("a line could not be written", refused);
        }
    }
}
