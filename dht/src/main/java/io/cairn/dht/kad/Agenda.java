package io.cairn.dht.kad;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is held, the most urgent first, by a moment that does not change while it is in here. What is no longer held leaves when its turn
 * comes, or when it is the greater part: so adding and taking cost O(log n), and forgetting nothing.
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

    /** Takes the most urgent out if its moment has come; null if there is none. */
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

    /** Takes note that something is no longer held. */
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
