package io.cairn.app.fetch;

import io.cairn.app.FetchEvent.Queued;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.dht.env.Scheduler;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Tells the queued fetches their place in the queue and what each waits for, again and again while they wait. Confined to the loop. */
final class QueueNews {
    /** Less than the two seconds that a listener may hear nothing. */
    private static final long AGAIN_MILLIS = 1_500;

    private final Scheduler scheduler;
    private final Collection<FetchTask> queue;
    private final Collection<FetchTask> running;
    private final int atOnceMax;
    private Scheduler.@Nullable Timer timer;

    /**
     * @param queue a view of the queued fetches, the next first
     * @param running a view of those that run
     */
    QueueNews(Scheduler scheduler, Collection<FetchTask> queue, Collection<FetchTask> running, int atOnceMax) {
        this.scheduler = scheduler;
        this.queue = queue;
        this.running = running;
        this.atOnceMax = atOnceMax;
    }

    /** A fetch is now the last of the queue: tells it, and all of them from now on. */
    void queued(FetchTask last) {
        tell(last, queue.size() - 1);
        if (timer == null) {
            timer = scheduler.schedule(AGAIN_MILLIS, this::again);
        }
    }

    void close() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void again() {
        timer = null;
        if (!queue.isEmpty()) {
            int before = 0;
            for (FetchTask fetch : queue) {
                tell(fetch, before++);
            }
            timer = scheduler.schedule(AGAIN_MILLIS, this::again);
        }
    }

    private void tell(FetchTask fetch, int before) {
        fetch.tell(
                running.size() < atOnceMax
                        ? new Queued(0, Queued.For.HASH)
                        : new Queued(running.size() + before, Queued.For.SLOT));
    }
}
