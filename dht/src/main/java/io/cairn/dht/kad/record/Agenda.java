package io.cairn.dht.kad.record;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A queue of held records, most urgent first, ordered by a moment that must not change while the record is queued. A record no longer held
 * is removed when its turn comes, or in a sweep once such records are the majority: adding and taking cost O(log n), forgetting costs
 * nothing.
 */
final class Agenda {
    private static final int FORGOTTEN_MIN = 64;

    private final ToLongFunction<Held> moment;
    private @Nullable PriorityQueue<Held> queue;

    Agenda(ToLongFunction<Held> moment) {
        this.moment = moment;
    }

    void add(Held held) {
        if (queue == null) {
            queue = new PriorityQueue<>(Comparator.comparingLong(moment));
        }
        queue.add(held);
    }

    /** Removes and returns the most urgent if its moment has come; null if there is none. */
    @Nullable
    Held takeUntil(long wallMillis) {
        Held first = first();
        if (queue == null || first == null || moment.applyAsLong(first) > wallMillis) {
            return null;
        }
        return queue.poll();
    }

    /** The moment of the most urgent; {@link Long#MAX_VALUE} if there is none. */
    long nextMillis() {
        Held first = first();
        return first == null ? Long.MAX_VALUE : moment.applyAsLong(first);
    }

    /** Called when a record is no longer held. */
    void forgotten(int heldNow) {
        if (queue != null && queue.size() > 2 * heldNow + FORGOTTEN_MIN) {
            queue.removeIf(held -> held.live() == 0);
        }
    }

    private @Nullable Held first() {
        if (queue == null) {
            return null;
        }
        Held first = queue.peek();
        while (first != null && first.live() == 0) {
            queue.poll();
            first = queue.peek();
        }
        return first;
    }
}
