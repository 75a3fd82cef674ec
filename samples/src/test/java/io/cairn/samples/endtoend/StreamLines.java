package io.cairn.samples.endtoend;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The lines of a process's stream, read on a thread of their own so that the process never waits for us, and kept. */
final class StreamLines {
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private StreamLines() {}

    static StreamLines of(InputStream stream) {
        StreamLines read = new StreamLines();
        Thread reader = new Thread(() -> read.readAll(stream), "reader");
        reader.setDaemon(true);
        reader.start();
        return read;
    }

    /** The first line that fits, or null if the stream ends or the time is over before there is one. */
    @Nullable
    String await(Predicate<String> which, Duration patience) {
        Search search = new Search(which);
        awaitThat(() -> search.goOn() || ended, patience);
        return search.found;
    }

    /** Waits until all has been read. */
    void awaitEnd(Duration patience) {
        if (!awaitThat(() -> ended, patience)) {
            throw new AssertionError("the process ended but somebody keeps its output open");
        }
    }

    synchronized List<String> soFar() {
        return List.copyOf(lines);
    }

    private synchronized boolean awaitThat(BooleanSupplier condition, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return false;
                }
                wait(leftMillis);
            }
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void readAll(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(could not read on: " + closed.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Looks at every line once; used under this object's lock. */
    private final class Search {
        private final Predicate<String> which;
        private int seen;
        private @Nullable String found;

        Search(Predicate<String> which) {
            this.which = which;
        }

        boolean goOn() {
            while (found == null && seen < lines.size()) {
                String line = lines.get(seen++);
                if (which.test(line)) {
                    found = line;
                }
            }
            return found != null;
        }
    }
}
