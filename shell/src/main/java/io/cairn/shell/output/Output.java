package io.cairn.shell.output;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.json.ErrorJson;
import io.cairn.app.json.JsonFields;
import io.cairn.app.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Keeps the streams apart: data goes to stdout, everything else to stderr, progress only to a terminal on stderr. With JSON, stdout carries
 * only objects, and stderr only errors. Thread-safe: lines are never mixed.
 */
public final class Output {
    private static final String ERASE = "\r\u001b[K";
    private static final long REDRAW_NANOS = 80_000_000L; // twelve times a second: smooth and cheap

    private final Streams streams;
    private final Format format;
    private final Consumer<StdoutFailure> stdoutFailed;
    private @Nullable Predicate<String> prompt;
    private @Nullable String drawn;
    private long drawnNanos;

    /**
     * @param stdoutFailed called once, when data cannot be written
     */
    public Output(Streams streams, Format format, Consumer<StdoutFailure> stdoutFailed) {
        this.streams = streams;
        this.format = format;
        this.stdoutFailed = stdoutFailed;
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

    public boolean isVerbose() {
        return format.verbosity() > 0;
    }

    /** Whether a person sees both streams on one terminal. */
    public boolean isOneScreen() {
        return streams.outTerminal() && streams.errTerminal() && !format.quiet();
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

    /** Prints an unsolicited line above the one being typed. */
    public synchronized void notice(String line) {
        if (format.json() || format.quiet()) {
            return;
        }
        Predicate<String> above = prompt;
        if (above == null || !above.test(line)) {
            toStderr(line);
        }
    }

    /**
     * @param above prints above the line being typed, or returns false if none is being typed
     */
    public synchronized void promptWith(Predicate<String> above) {
        prompt = above;
    }

    /** Prints three lines: what failed, why, what to do next; with JSON also an object. */
    public void error(CairnException failure) {
        error(failure, failure.kind().exitCode());
    }

    /** The same with another exit code than that of its kind. */
    public void error(CairnException failure, int exitCode) {
        String what = CommandWords.what(failure);
        String next = CommandWords.next(failure);
        json(ErrorJson.of(failure, exitCode, what, next));
        toStderr(format.style().red("error:") + " " + Plain.line(what) + "\n"
                + format.style().bold("why:") + "   " + Plain.line(failure.why()) + "\n"
                + format.style().bold("next:") + "  " + Plain.line(next));
    }

    /** The next step in the words of the command line. */
    public String next(Advice advice) {
        return CommandWords.next(advice);
    }

    /** Draws a fetch's progress in place, if possible. */
    public void progress(FetchEvent.Progress progress) {
        draw(columns -> ProgressLine.fetch(progress, columns), progress.verifiedBytes() == progress.totalBytes());
    }

    /** Draws the number of bytes done in place, if possible. */
    public void progress(String label, long doneBytes, long totalBytes) {
        draw(columns -> ProgressLine.bytes(label, doneBytes, totalBytes, columns), doneBytes == totalBytes);
    }

    /** Draws the progress of something without a unit in place, if possible. */
    public void progressOf(String label, long done, long total) {
        draw(columns -> ProgressLine.part(label, done, total, columns), done == total);
    }

    /** Draws a stage in place, if possible; returns whether it was. */
    public boolean transientStage(String word, String text) {
        draw(columns -> cut(Stage.label(word) + text, columns), true);
        return format.animated();
    }

    /** Erases what was drawn in place. */
    public synchronized void endProgress() {
        if (drawn != null) {
            drawn = null;
            write(streams.err(), ERASE.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Erases the {@code ^C} that a terminal shows, and what was drawn in place. */
    public synchronized void eraseLine() {
        drawn = null;
        if (format.animated()) {
            write(streams.err(), ERASE.getBytes(StandardCharsets.UTF_8));
        }
    }

    private synchronized void draw(IntFunction<String> line, boolean now) {
        long nanos = System.nanoTime();
        if (!format.animated() || (!now && drawn != null && nanos - drawnNanos < REDRAW_NANOS)) {
            return;
        }
        drawn = line.apply(streams.width().getAsInt());
        drawnNanos = nanos;
        write(streams.err(), (ERASE + drawn).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void toStderr(String lines) {
        String before = drawn == null ? "" : ERASE;
        String after = drawn == null ? "" : drawn;
        write(streams.err(), (before + lines + "\n" + after).getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void toStdout(byte[] bytes) {
        if (streams.out().failure() != null) {
            return;
        }
        boolean cover = drawn != null && streams.outTerminal();
        if (cover) {
            write(streams.err(), ERASE.getBytes(StandardCharsets.UTF_8));
        }
        write(streams.out(), bytes);
        StdoutFailure failure = streams.out().failure();
        if (failure != null) {
            stdoutFailed.accept(failure);
        }
        if (cover && drawn != null) {
            write(streams.err(), drawn.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A failure of stdout is recorded there; one of stderr cannot be reported anywhere. */
    private static void write(OutputStream stream, byte[] bytes) {
        try {
            stream.write(bytes);
            stream.flush();
        } catch (IOException refused) {
            LoggerFactory.getLogger(Output.class).debug("a line could not be written", refused);
        }
    }

    private static String cut(String line, int columns) {
        return line.substring(0, Math.min(line.length(), Math.max(0, columns - 1)));
    }
}
