package io.cairn.app;

import java.util.ArrayDeque;
import java.util.Deque;

/** Bytes a second over the last three seconds, from totals told now and then. */
final class TransferRate {
    private static final long WINDOW_MILLIS = 3_000;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes in how many bytes there are by now. */
    void sample(long nowMillis, long totalBytes) {
        samples.addLast(new Sample(nowMillis, totalBytes));
        while (samples.size() > 2 && samples.getFirst().atMillis() < nowMillis - WINDOW_MILLIS) {
            samples.removeFirst();
        }
    }

    long bytesPerSecond() {
        if (samples.size() < 2) {
            return 0;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        return (last.bytes() - first.bytes()) * 1000 / Math.max(1, last.atMillis() - first.atMillis());
    }

    private record Sample(long atMillis, long bytes) {}
}
