package io.cairn.shell.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The controlling terminal, through {@code stty}: Java has no call for it, and a start does not open JLine's jar. The width is 80 if
 * unknown.
 */
final class SttyConsole implements Console {
    private static final int COLUMNS_DEFAULT = 80;

    /** For a system without a signal at a resize. */
    private static final long FRESH_NANOS = 2_000_000_000L;

    private int columns;
    private long askedNanos;
    private boolean asked;
    private boolean hidden;
    private boolean isShownAtExit;

    @Override
    public synchronized int columns() {
        if (columns == 0 || System.nanoTime() - askedNanos > FRESH_NANOS) {
            columns = columns(stty("size"));
            askedNanos = System.nanoTime();
        }
        return columns;
    }

    @Override
    public synchronized void resized() {
        columns = 0;
    }

    @Override
    public synchronized void hideTyping() {
        if (!asked && isForeground()) {
            hidden = true;
            if (!isShownAtExit) {
                isShownAtExit = true;
                Runtime.getRuntime().addShutdownHook(new Thread(this::showTyping, "show-typing"));
            }
            stty("-echo");
        }
        asked = true;
    }

    @Override
    public synchronized void showAnswer() {
        if (hidden) {
            showTyping();
            asked = false;
        }
    }

    @Override
    public synchronized void showTyping() {
        if (hidden && isForeground()) {
            hidden = false;
            stty("echo");
        }
        asked = true;
    }

    /** The system stops a process in the background that changes its terminal. */
    private static boolean isForeground() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2)
                    .split(" ", -1); // state, parent, group, session, terminal,
            return fields[2].equals(fields[5]); // the terminal's foreground group
        } catch (IOException | IndexOutOfBoundsException noProc) {
            return false;
        }
    }

    private static int columns(String size) {
        try {
            int found = Integer.parseInt(size.substring(size.indexOf(' ') + 1));
            return found > 0 ? found : COLUMNS_DEFAULT;
        } catch (NumberFormatException unknown) {
            return COLUMNS_DEFAULT;
        }
    }

    /** What {@code stty} answers; empty if it cannot. */
    private static String stty(String word) {
        try {
            Process stty = new ProcessBuilder("stty", word)
                    .redirectInput(Path.of("/dev/tty").toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException unavailable) {
            LoggerFactory.getLogger(SttyConsole.class).debug("no stty {}", word, unavailable);
            return "";
        }
    }
}
