package io.cairn.dht.sim;

import io.cairn.dht.env.Scheduler.Timer;
import java.util.PriorityQueue;

/**
 * Virtual time: events run in the order of their instants, those of one instant in the order in which they were made. Nothing waits, so
 * an hour of a small network takes seconds. Not safe for several threads.
 */
public final class EventQueue {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowMillis;
    private long made;
    private long processed;

    /** Milliseconds since the simulation began. */
    public long nowMillis() {
        return nowMillis;
    }

    /** How many events have run. */
    public long processed() {
        return processed;
    }

    /**
     * @param delayMillis at least 0
     */
    public Timer schedule(long delayMillis, Runnable task) {
        if (delayMillis < 0) {
            throw new IllegalArgumentException("a delay of " + delayMillis + " ms");
        }
        Event event = new Event(nowMillis + delayMillis, made++, task);
        events.add(event);
        return event::cancel;
    }

    /**
     * Runs the next event, if it is due by then.
     *
     * @return whether one ran
     */
    public boolean step(long untilMillis) {
        for (Event next = events.peek(); next != null && next.atMillis <= untilMillis; next = events.peek()) {
            events.remove();
            if (!next.isCancelled) {
                nowMillis = next.atMillis;
                processed++;
                next.task.run();
                return true;
            }
        }
        return false;
    }

    /** Runs what is due within a time, and moves the clock to its end. */
    public void run(long durationMillis) {
        long untilMillis = nowMillis + durationMillis;
        boolean ran = true;
        while (ran) {
            ran = step(untilMillis);
        }
        nowMillis = untilMillis;
    }

    private static final class Event implements Comparable<Event> {
        private final long atMillis;
        private final long number;
        private final Runnable task;
        private boolean isCancelled;

        Event(long atMillis, long number, Runnable task) {
            this.atMillis = atMillis;
            this.number = number;
            this.task = task;
        }

        void cancel() {
            isCancelled = true;
        }

        @Override
        public int compareTo(Event other) {
            int order = Long.compare(atMillis, other.atMillis);
            return order == 0 ? Long.compare(number, other.number) : order;
        }
    }
}
