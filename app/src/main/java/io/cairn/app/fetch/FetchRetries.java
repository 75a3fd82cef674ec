package io.cairn.app.fetch;

import io.cairn.app.fetch.run.FetchTask;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * When a fetch that nobody waits for is tried again, after nobody was found or nothing came: after 1, 2, 5, 10, 20 and then every 30 minutes,
 * anew from 1 when something had come, and sooner when a node appears, which may have what is missing. Confined to the loop.
 */
final class FetchRetries {
    private static final int[] PAUSES_MINUTES = {1, 2, 5, 10, 20, 30};
    private static final long MINUTE_MILLIS = 60_000;

    /** A node that has just started reads what it shares and publishes it. */
    private static final long AFTER_CONTACT_MILLIS = 3_000;

    /** In a large network nodes appear all the time: a search costs some twenty datagrams. */
    private static final long BETWEEN_MILLIS_MIN = 15_000;

    private final Scheduler scheduler;
    private final Clock clock;
    private final Consumer<FetchTask> again;
    private final Map<FetchTask, Attempts> attempts = new LinkedHashMap<>();

    /** @param again begins a fetch that is due */
    FetchRetries(Scheduler scheduler, Clock clock, Consumer<FetchTask> again) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.again = again;
    }

    /** From now on a fetch is tried again when it fails. */
    void include(FetchTask fetch) {
        attempts.putIfAbsent(fetch, new Attempts(fetch));
    }

    boolean includes(FetchTask fetch) {
        return attempts.containsKey(fetch);
    }

    /**
     * A fetch has failed: it waits from now on.
     *
     * @return for how long at most, in milliseconds
     */
    long later(FetchTask fetch) {
        return included(fetch).later();
    }

    /** It waits no more, but is tried again when it fails once more; whether it did wait. */
    boolean wake(FetchTask fetch) {
        Attempts waiting = attempts.get(fetch);
        return waiting != null && waiting.wake();
    }

    /** It is never tried again. */
    void exclude(FetchTask fetch) {
        boolean unused = wake(fetch);
        attempts.remove(fetch);
    }

    /** A node was heard that was not known before. */
    void contactAppeared() {
        attempts.values().forEach(Attempts::hasten);
    }

    void close() {
        attempts.values().forEach(Attempts::wake);
        attempts.clear();
    }

    private Attempts included(FetchTask fetch) {
        Attempts found = attempts.get(fetch);
        if (found == null) {
            throw new IllegalArgumentException("not a fetch that is tried again: " + fetch.hash());
        }
        return found;
    }

    /** What has been tried of one fetch. */
    private final class Attempts {
        private final FetchTask fetch;
        private int failures;
        private long bytesBefore;
        private long failedMillis;
        private long dueMillis;
        private Scheduler.@Nullable Timer timer;

        Attempts(FetchTask fetch) {
            this.fetch = fetch;
        }

        long later() {
            long bytes = fetch.status().verifiedBytes();
            if (bytes > bytesBefore) {
                failures = 0;
            }
            bytesBefore = bytes;
            failedMillis = clock.monotonicMillis();
            long pauseMillis = PAUSES_MINUTES[Math.min(failures++, PAUSES_MINUTES.length - 1)] * MINUTE_MILLIS;
            plan(failedMillis + pauseMillis);
            return pauseMillis;
        }

        void hasten() {
            long soonest = Math.max(clock.monotonicMillis() + AFTER_CONTACT_MILLIS, failedMillis + BETWEEN_MILLIS_MIN);
            if (timer != null && soonest < dueMillis) {
                plan(soonest);
            }
        }

        boolean wake() {
            if (timer == null) {
                return false;
            }
            timer.cancel();
            timer = null;
            return true;
        }

        private void plan(long atMillis) {
            boolean unused = wake();
            dueMillis = atMillis;
            timer = scheduler.schedule(Math.max(0, atMillis - clock.monotonicMillis()), () -> {
                timer = null;
                again.accept(fetch);
            });
        }
    }
}
