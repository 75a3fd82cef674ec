package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation that begins again on the next node when its node goes. Its listeners move along. Thread-safe. */
class SteadyOperation<E, R> implements Operation<E, R> {
    private final Succession succession;
    private final Function<Node, ? extends Operation<E, R>> call;
    private final CompletableFuture<R> completion = new CompletableFuture<>();
    private final Set<Listener<E>> listeners = new LinkedHashSet<>();
    private @Nullable Operation<E, R> now;
    private CompletableFuture<Operation<E, R>> next = new CompletableFuture<>();

    SteadyOperation(Succession succession, Function<Node, ? extends Operation<E, R>> call) {
        this.succession = succession;
        this.call = call;
    }

    /** Begins on the current node. */
    final void begin() {
        begin(succession.current());
        CompletableFuture<R> unused = completion.whenComplete((result, failure) -> {
            Operation<E, R> last = now();
            if (completion.isCancelled() && last != null) {
                last.completion().cancel(false);
            }
        });
    }

    private void begin(Attachment on) {
        CairnException over = over();
        if (over != null) {
            completion.completeExceptionally(over);
        }
        if (completion.isDone()) {
            return;
        }
        Operation<E, R> begun;
        try {
            begun = call.apply(on.node());
        } catch (NodeGoneException gone) {
            succession.after(on, this::begin, completion);
            return;
        } catch (RuntimeException failure) {
            completion.completeExceptionally(failure);
            return;
        }
        become(begun);
        if (completion.isCancelled()) {
            begun.completion().cancel(false);
        }
        CompletableFuture<R> unused = begun.completion().whenComplete((result, failure) -> {
            if (failure == null) {
                completion.complete(result);
            } else if (Succession.isGone(failure) && !completion.isDone()) {
                succession.after(on, this::begin, completion);
            } else {
                completion.completeExceptionally(Work.cause(failure));
            }
        });
    }

    /** Why it does not begin on another node; null if it does. */
    @Nullable
    CairnException over() {
        return null;
    }

    private void become(Operation<E, R> begun) {
        CompletableFuture<Operation<E, R>> awaited;
        List<Listener<E>> moved;
        synchronized (this) {
            now = begun;
            awaited = next;
            next = new CompletableFuture<>();
            moved = List.copyOf(listeners);
        }
        moved.forEach(listener -> listener.move(begun));
        awaited.complete(begun);
    }

    /** The operation that follows one whose node has gone; fails if this operation ends before. */
    final CompletableFuture<Operation<E, R>> after(@Nullable Operation<E, R> gone) {
        CompletableFuture<Operation<E, R>> follows = new CompletableFuture<>();
        CompletableFuture<Operation<E, R>> awaited;
        synchronized (this) {
            Operation<E, R> latest = now;
            awaited = latest == null || latest == gone ? next : CompletableFuture.completedFuture(latest);
        }
        CompletableFuture<Operation<E, R>> unused = awaited.whenComplete((begun, none) -> follows.complete(begun));
        CompletableFuture<R> unusedEnd = completion.whenComplete((result, failure) -> follows.completeExceptionally(
                failure == null ? new IllegalStateException("it is complete") : Work.cause(failure)));
        return follows;
    }

    /** The operation on the latest node; null until it has begun on the first. */
    synchronized @Nullable Operation<E, R> now() {
        return now;
    }

    @Override
    public CompletableFuture<R> completion() {
        return completion;
    }

    @Override
    public Subscription events(Consumer<? super E> consumer) {
        Listener<E> listener = new Listener<>(consumer);
        synchronized (this) {
            listeners.add(listener);
        }
        Operation<E, R> begun = null;
        while (begun != now()) { // it may move to another node meanwhile
            begun = now();
            if (begun != null) {
                listener.move(begun);
            }
        }
        return () -> {
            remove(listener);
            listener.close();
        };
    }

    private synchronized void remove(Listener<E> listener) {
        listeners.remove(listener);
    }

    private static final class Listener<E> {
        private final Consumer<? super E> consumer;
        private @Nullable Operation<E, ?> heard;
        private @Nullable Subscription subscription;
        private boolean closed;

        Listener(Consumer<? super E> consumer) {
            this.consumer = consumer;
        }

        /** Not under the lock while it subscribes: the listener hears earlier events in that call. */
        void move(Operation<E, ?> to) {
            synchronized (this) {
                if (closed || heard == to) {
                    return;
                }
                heard = to;
                letGo();
            }
            Subscription moved = to.events(consumer);
            synchronized (this) {
                if (closed || heard != to) {
                    moved.close();
                } else {
                    subscription = moved;
                }
            }
        }

        synchronized void close() {
            closed = true;
            letGo();
        }

        private void letGo() {
            Subscription before = subscription;
            subscription = null;
            if (before != null) {
                before.close();
            }
        }
    }
}
