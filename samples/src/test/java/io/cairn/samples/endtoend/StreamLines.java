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

/** Reads and keeps the lines of a process's stream, on a separate thread so that the process never blocks on it. */
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

    /** The first matching line; null if the stream or the time ends before it. */
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

    /** Checks every line once; guarded by this object's lock. */
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
