package io.cairn.app.fetch;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Schedules the retries of background fetches that found no provider or received nothing: after 1, 2, 5, 10, 20 and then every 30
 * minutes, from 1 again if data arrived, and sooner if a node appears, since it may be a provider. Confined to the loop.
 */
final class FetchRetries {
    private static final Set<Kind> RETRIED = EnumSet.of(Kind.NO_PROVIDER, Kind.STALLED, Kind.NETWORK);
    private static final int[] PAUSES_MINUTES = {1, 2, 5, 10, 20, 30};
    private static final long MINUTE_MILLIS = 60_000;

    /** A node that has just started first restores and publishes its shares. */
    private static final long AFTER_CONTACT_MILLIS = 3_000;

    /** In a large network, nodes appear all the time, and a search costs some twenty datagrams. */
    private static final long BETWEEN_MILLIS_MIN = 15_000;

    private final Scheduler scheduler;
    private final Clock clock;
    private final Consumer<FetchTask> again;
    private final Map<FetchTask, Attempts> attempts = new LinkedHashMap<>();

    /** @param again starts a fetch that is due */
    FetchRetries(Scheduler scheduler, Clock clock, Consumer<FetchTask> again) {
        this.scheduler = scheduler;
        this.clock = clock;
        this.again = again;
    }

    /** Whether a failure may resolve itself: a provider, or a member of the private network, may appear, or the network return. */
    static boolean mayResolve(CairnException failure) {
        return RETRIED.contains(failure.kind()) || failure.reason() == Reason.GET_THE_NETWORK_KEY;
    }

    /** Retries a fetch from now on if it fails. */
    void include(FetchTask fetch) {
        attempts.putIfAbsent(fetch, new Attempts(fetch));
    }

    boolean includes(FetchTask fetch) {
        return attempts.containsKey(fetch);
    }

    /**
     * Makes a failed fetch wait for its retry.
     *
     * @return the longest wait, in milliseconds
     */
    long later(FetchTask fetch) {
        return included(fetch).later();
    }

    /** Ends the wait of a fetch, which is still retried if it fails again. Returns whether it was waiting. */
    boolean wake(FetchTask fetch) {
        Attempts waiting = attempts.get(fetch);
        return waiting != null && waiting.wake();
    }

    /** Retries a fetch no more. */
    void exclude(FetchTask fetch) {
        boolean unused = wake(fetch);
        attempts.remove(fetch);
    }

    /** A new node has appeared. */
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
            throw new IllegalArgumentException("not a retried fetch: " + fetch.hash());
        }
        return found;
    }

    /** The attempts of one fetch. */
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
