package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.app.Subscription;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends events to listeners that subscribe and unsubscribe at any time. Keeps all events for the first listener, so that none is lost
 * between the creation of the source and the subscription; keeps the latest of each kind for later listeners. Its state and its
 * listeners' calls are confined to the loop.
 */
public final class Broadcast<E> {
    /** Most events kept for the first listener, and most kinds kept: more than a search or fetch emits in its first minute. */
    private static final int KEPT_MAX = 256;

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final LoopAccess loop;
    private final Function<? super E, @Nullable Object> kind;
    private final Set<Listener<E>> listeners = new LinkedHashSet<>();
    private final Map<Object, E> latest = new LinkedHashMap<>();
    private @Nullable Deque<E> unheard = new ArrayDeque<>();
    private boolean ended;

    /** @param kind the key by which the latest event is kept for later listeners; null for events that do not describe the state */
    public Broadcast(LoopAccess loop, Function<? super E, @Nullable Object> kind) {
        this.loop = loop;
        this.kind = kind;
    }

    /** Sends an event. Any thread; immediate on the loop. */
    public void tell(E event) {
        loop.run(() -> {
            keep(event);
            List.copyOf(listeners).forEach(listener -> listener.hear(event));
        });
    }

    /** Adds a listener. Any thread; returns once the listener has received the events kept for it. */
    public Subscription subscribe(Consumer<? super E> consumer) {
        Listener<E> listener = new Listener<>(consumer);
        try {
            loop.ask(() -> {
                Deque<E> first = unheard;
                unheard = null;
                List.copyOf(first == null ? latest.values() : first).forEach(listener::hear);
                return ended || listeners.add(listener);
            });
        } catch (CairnException isClosed) {
            LOG.debug("a listener subscribed after the node was closed");
        }
        return () -> {
            listener.closed = true;
            loop.run(() -> listeners.remove(listener));
        };
    }

    /** No more events follow: removes the listeners, but keeps the events for later ones. On the loop. */
    public void end() {
        ended = true;
        listeners.clear();
    }

    private void keep(E event) {
        Deque<E> waiting = unheard;
        if (waiting != null && listeners.isEmpty()) {
            dropRepeated(waiting, event);
            if (waiting.size() < KEPT_MAX) {
                waiting.add(event);
            } else {
                unheard = null;
            }
        }
        Object key = kind.apply(event);
        if (key != null) {
            latest.remove(key);
            latest.put(key, event);
            if (latest.size() > KEPT_MAX) {
                latest.remove(latest.keySet().iterator().next());
            }
        }
    }

    /** What is repeated while nobody listens is kept once. */
    private void dropRepeated(Deque<E> waiting, E event) {
        E last = waiting.peekLast();
        Object kindOfLast = last == null ? null : kind.apply(last);
        if (kindOfLast != null && kindOfLast.equals(kind.apply(event))) {
            waiting.removeLast();
        }
    }

    private static final class Listener<E> {
        private final Consumer<? super E> consumer;
        private volatile boolean closed;

        Listener(Consumer<? super E> consumer) {
            this.consumer = consumer;
        }

        /** Logs the exception of a listener that throws. */
        void hear(E event) {
            if (closed) {
                return;
            }
            try {
                consumer.accept(event);
            } catch (RuntimeException failure) {
                LOG.error("a listener failed", failure);
            }
        }
    }
}
