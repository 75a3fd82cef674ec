package io.cairn.shell.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The end of the terminal on stderr: lines that stay, above live lines that are redrawn in place. While a person edits a line, its editor
 * draws both. Thread-safe.
 */
final class Screen {
    private static final String ERASE = "\r\u001b[J"; // to the end of the screen: a resize may have wrapped a line
    private static final String WRAP_OFF = "\u001b[?7l";
    private static final String WRAP_ON = "\u001b[?7h";
    private static final long REDRAW_NANOS = 80_000_000L; // twelve times a second: smooth and cheap

    private final Streams streams;
    private final boolean animated;
    private final LiveLines live = new LiveLines();
    private @Nullable EditedLine prompt;
    private boolean editing;
    private boolean drawn;
    private long drawnNanos;

    /** @param animated whether a line may be redrawn in place; otherwise live lines are kept and not drawn */
    Screen(Streams streams, boolean animated) {
        this.streams = streams;
        this.animated = animated;
    }

    synchronized void resized() {
        streams.console().resized();
        draw();
    }

    synchronized int columns() {
        return prompt == null ? streams.console().columns() : prompt.columns();
    }

    synchronized void promptWith(@Nullable EditedLine line) {
        prompt = line;
    }

    synchronized void beginEditing() {
        erase();
        editing = true;
    }

    synchronized void endEditing() {
        editing = false;
        draw();
    }

    List<String> liveLines(int columns) {
        return animated ? live.fit(columns) : List.of();
    }

    Optional<LiveLine> live(Object about) {
        return live.of(about);
    }

    /** @param now even if the lines have just been drawn */
    synchronized void show(Object about, LiveLine line, boolean now) {
        live.put(about, line);
        if (now || !drawn || System.nanoTime() - drawnNanos >= REDRAW_NANOS) {
            draw();
        }
    }

    /** Keeps a live line for the next time that they are drawn. */
    void prepare(Object about, LiveLine line) {
        live.put(about, line);
    }

    synchronized void remove(Object about) {
        if (live.remove(about)) {
            draw();
        }
    }

    /** Erases what a terminal echoed, and draws the live lines again. */
    synchronized void clean() {
        if (animated) {
            write(streams.err(), ERASE);
            draw();
        }
    }

    /** Prints lines that stay. */
    synchronized void print(String lines) {
        if (editing && prompt != null && prompt.printAbove(lines)) {
            return;
        }
        erase();
        write(streams.err(), lines + "\n");
        draw();
    }

    /** Prints to another stream of the same terminal. */
    synchronized void print(Runnable printing) {
        erase();
        printing.run();
        draw();
    }

    /**
     * Draws the live lines. The cursor returns to the start of the first, where it stays if a resize wraps the lines anew. The terminal
     * does not wrap them while they are drawn, in case it has just become narrower.
     */
    synchronized void draw() {
        if (!animated) {
            return;
        }
        drawnNanos = System.nanoTime();
        if (editing) {
            if (prompt != null) {
                prompt.redraw();
            }
            return;
        }
        List<String> lines = live.fit(columns());
        if (!lines.isEmpty() && prompt == null && streams.inTerminal() && streams.outTerminal()) {
            streams.console().hideTyping();
        }
        String before = drawn ? ERASE : "";
        String up = lines.size() > 1 ? "\u001b[" + (lines.size() - 1) + "A" : "";
        String block = lines.isEmpty() ? "" : WRAP_OFF + String.join("\n", lines) + WRAP_ON + "\r" + up;
        drawn = !lines.isEmpty();
        write(streams.err(), before + block);
    }

    private void erase() {
        if (drawn) {
            drawn = false;
            write(streams.err(), ERASE);
        }
    }

    /** A failure of stderr cannot be reported anywhere. */
    private static void write(OutputStream stream, String text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException refused) {
            LoggerFactory.getLogger(Screen.class).debug("a line could not be written", refused);
        }
    }
}
