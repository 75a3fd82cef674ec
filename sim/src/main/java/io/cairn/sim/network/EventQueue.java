package io.cairn.sim.network;

import io.cairn.dht.env.Scheduler.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time: events run in the order of their instants, those of one instant in the order they were created. Nothing really waits, so an
 * hour of a small network takes seconds. Not thread-safe.
 *
 * <p>A hierarchical timing wheel (Varghese and Lauck, 1987): four wheels of 4,096 slots; the first has one slot per millisecond, and a slot
 * of each further wheel spans a full turn of the one before. An event waits in the wheel of the highest base-4,096 digit in which its
 * instant differs from now; when time enters its slot, it moves down. So creating, running and cancelling an event takes constant time
 * however many wait, and a cancelled event, as nearly every time-out is, leaves nothing behind. Events of one instant always wait in one
 * list in order of creation, which the moves down preserve.
 */
public final class EventQueue {
    private static final int DIGIT_BITS = 12;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int WHEELS = 4;
    private static final int WORDS = SLOTS / Long.SIZE;

    /** Longest delay: about 4,000 years. */
    private static final long DELAY_MAX_MILLIS = 1L << WHEELS * DIGIT_BITS - 1;

    private final @Nullable Event[] first = new @Nullable Event[WHEELS * SLOTS];
    private final @Nullable Event[] last = new @Nullable Event[WHEELS * SLOTS];

    /** A bit for each slot with waiting events. */
    private final long[] occupied = new long[WHEELS * WORDS];

    private long nowMillis;
    private long processed;
    private int waiting;

    /** Milliseconds since the simulation began. */
    public long nowMillis() {
        return nowMillis;
    }

    /** The number of events run. */
    public long processed() {
        return processed;
    }

    /** The number of waiting events. */
    public int waiting() {
        return waiting;
    }

    /**
     * @param delayMillis at least 0
     */
    public Timer schedule(long delayMillis, Runnable task) {
        Task event = new Task(task);
        add(event, delayMillis);
        return event;
    }

    /**
     * Runs the next event if it is due by {@code untilMillis}.
     *
     * @return whether one ran
     */
    public boolean step(long untilMillis) {
        Event event = due(untilMillis);
        if (event == null) {
            return false;
        }
        nowMillis = event.atMillis;
        unlink(event);
        waiting--;
        processed++;
        event.happen();
        return true;
    }

    /** Runs the events due within a time, and moves the clock to its end. */
    public void run(long durationMillis) {
        long untilMillis = nowMillis + durationMillis;
        boolean ran = true;
        while (ran) {
            ran = step(untilMillis);
        }
        nowMillis = untilMillis;
    }

    void add(Event event, long delayMillis) {
        if (delayMillis < 0 || delayMillis > DELAY_MAX_MILLIS) {
            throw new IllegalArgumentException("a delay of " + delayMillis + " ms");
        }
        event.atMillis = nowMillis + delayMillis;
        link(event);
        waiting++;
    }

    /** Removes an event if it is still waiting. */
    void remove(Event event) {
        if (event.slot != Event.NOWHERE) {
            unlink(event);
            waiting--;
        }
    }

    private @Nullable Event due(long untilMillis) {
        do {
            int slot = firstOccupied(0, digit(nowMillis, 0));
            if (slot >= 0) {
                Event event = first[slot];
                return event != null && event.atMillis <= untilMillis ? event : null;
            }
        } while (advance(untilMillis));
        return null;
    }

    /** Moves time to the next occupied slot of a higher wheel, and its events down. */
    private boolean advance(long untilMillis) {
        for (int wheel = 1; wheel < WHEELS; wheel++) {
            int slot = firstOccupied(wheel, digit(nowMillis, wheel) + 1);
            if (slot >= 0) {
                int turnBits = (wheel + 1) * DIGIT_BITS;
                long startMillis = nowMillis >>> turnBits << turnBits | (long) (slot & SLOTS - 1) << wheel * DIGIT_BITS;
                if (startMillis > untilMillis) {
                    return false;
                }
                nowMillis = startMillis;
                moveDown(slot);
                return true;
            }
        }
        return false;
    }

    private void moveDown(int slot) {
        Event event = first[slot];
        first[slot] = null;
        last[slot] = null;
        occupied[slot >>> 6] &= ~(1L << slot);
        while (event != null) {
            Event following = event.next;
            link(event);
            event = following;
        }
    }

    private void link(Event event) {
        long differing = event.atMillis ^ nowMillis;
        int wheel = differing == 0 ? 0 : (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
        int slot = wheel * SLOTS + digit(event.atMillis, wheel);
        Event former = last[slot];
        event.slot = slot;
        event.previous = former;
        event.next = null;
        last[slot] = event;
        if (former == null) {
            first[slot] = event;
            occupied[slot >>> 6] |= 1L << slot;
        } else {
            former.next = event;
        }
    }

    private void unlink(Event event) {
        Event before = event.previous;
        Event after = event.next;
        int slot = event.slot;
        if (before == null) {
            first[slot] = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last[slot] = before;
        } else {
            after.previous = before;
        }
        if (before == null && after == null) {
            occupied[slot >>> 6] &= ~(1L << slot);
        }
        event.slot = Event.NOWHERE;
        event.previous = null;
        event.next = null;
    }

    /** The first occupied slot of a wheel from a digit on, or -1. */
    private int firstOccupied(int wheel, int digit) {
        if (digit == SLOTS) {
            return -1;
        }
        int end = (wheel + 1) * WORDS;
        int word = wheel * WORDS + (digit >>> 6);
        long bits = occupied[word] & -1L << digit;
        while (bits == 0 && ++word < end) {
            bits = occupied[word];
        }
        return bits == 0 ? -1 : word * Long.SIZE + Long.numberOfTrailingZeros(bits);
    }

    private static int digit(long millis, int wheel) {
        return (int) (millis >>> wheel * DIGIT_BITS) & SLOTS - 1;
    }

    private final class Task extends Event implements Timer {
        private final Runnable task;

        Task(Runnable task) {
            this.task = task;
        }

        @Override
        void happen() {
            task.run();
        }

        @Override
        public void cancel() {
            remove(this);
        }
    }
}
