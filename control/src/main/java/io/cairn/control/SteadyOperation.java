package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An operation that begins again on the next node when its node goes. Its listeners move along. Thread-safe. */
class SteadyOperation<E, R> implements Operation<E, R> {
    private final Succession succession;
    private final Beginning<E, R> beginning;
    private final CompletableFuture<R> completion = new CompletableFuture<>();
    private final Set<Listener<E>> listeners = new LinkedHashSet<>();
    private @Nullable Begun<E, R> now;
    private CompletableFuture<Operation<E, R>> next = new CompletableFuture<>();

    SteadyOperation(Succession succession, Beginning<E, R> beginning) {
        this.succession = succession;
        this.beginning = beginning;
    }

    /** Begins the operation on a node. */
    @FunctionalInterface
    interface Beginning<E, R> {
        /** @param before the same operation at the node that has gone; null at first */
        Operation<E, R> on(Attachment node, @Nullable Operation<E, R> before);
    }

    /** The operation at one node. */
    record Begun<E, R>(Attachment on, Operation<E, R> operation) {}

    /** Begins an operation that does not care how far an earlier node got. */
    static <E, R> SteadyOperation<E, R> begun(Succession succession, Function<Attachment, Operation<E, R>> beginning) {
        SteadyOperation<E, R> operation = new SteadyOperation<>(succession, (on, before) -> beginning.apply(on));
        operation.begin();
        return operation;
    }

    /** Begins on the current node. */
    final void begin() {
        begin(succession.current());
        endsWhenCancelled();
    }

    /** Takes what runs at a node already for its own, and follows it only from {@link #follow()} on. */
    final void adopt(Attachment on, Operation<E, R> running) {
        become(new Begun<>(on, running));
    }

    /** Follows what it adopted: it goes on at the next node. Once. */
    final void follow() {
        Begun<E, R> adopted = now();
        if (adopted != null) {
            follow(adopted);
            endsWhenCancelled();
        }
    }

    private void endsWhenCancelled() {
        CompletableFuture<R> unused = completion.whenComplete((result, failure) -> {
            Begun<E, R> last = now();
            if (completion.isCancelled() && last != null) {
                last.operation().completion().cancel(false);
            }
        });
    }

    private void begin(Attachment on) {
        CairnException over = over(on);
        if (over != null) {
            completion.completeExceptionally(over);
        }
        if (completion.isDone()) {
            return;
        }
        Begun<E, R> before = now();
        Operation<E, R> begun;
        try {
            begun = beginning.on(on, before == null ? null : before.operation());
        } catch (NodeGoneException gone) {
            succession.after(on, this::begin, completion);
            return;
        } catch (RuntimeException failure) {
            completion.completeExceptionally(failure);
            return;
        }
        goOnWith(new Begun<>(on, begun));
    }

    private void goOnWith(Begun<E, R> begun) {
        become(begun);
        if (completion.isCancelled()) {
            begun.operation().completion().cancel(false);
        }
        follow(begun);
    }

    private void follow(Begun<E, R> begun) {
        CompletableFuture<R> unused = begun.operation().completion().whenComplete((result, failure) -> {
            if (failure == null) {
                completion.complete(result);
            } else if (!completion.isDone() && succession.isLost(begun.on(), failure)) {
                succession.after(begun.on(), this::begin, completion);
            } else {
                failed(begun, Work.cause(failure));
            }
        });
    }

    private void failed(Begun<E, R> begun, Throwable failure) {
        Operation<E, R> other = completion.isDone() ? null : instead(begun.on(), failure);
        if (other == null) {
            completion.completeExceptionally(failure);
        } else {
            goOnWith(new Begun<>(begun.on(), other));
        }
    }

    /** Why it does not begin on the next node; null if it does. */
    @Nullable
    CairnException over(Attachment next) {
        return null;
    }

    /** What runs on the node in its place, if it could not begin because of that; null if nothing does. */
    @Nullable
    Operation<E, R> instead(Attachment on, Throwable failure) {
        return null;
    }

    private void become(Begun<E, R> begun) {
        CompletableFuture<Operation<E, R>> awaited;
        List<Listener<E>> moved;
        synchronized (this) {
            now = begun;
            awaited = next;
            next = new CompletableFuture<>();
            moved = List.copyOf(listeners);
        }
        moved.forEach(listener -> listener.move(begun));
        awaited.complete(begun.operation());
    }

    /** The operation that follows one whose node has gone; fails if this operation ends before. */
    final CompletableFuture<Operation<E, R>> after(@Nullable Operation<E, R> gone) {
        CompletableFuture<Operation<E, R>> follows = new CompletableFuture<>();
        CompletableFuture<Operation<E, R>> awaited;
        synchronized (this) {
            Begun<E, R> latest = now;
            awaited = latest == null || latest.operation() == gone
                    ? next
                    : CompletableFuture.completedFuture(latest.operation());
        }
        CompletableFuture<Operation<E, R>> unused = awaited.whenComplete((begun, none) -> follows.complete(begun));
        CompletableFuture<R> unusedEnd = completion.whenComplete((result, failure) -> follows.completeExceptionally(
                failure == null ? new IllegalStateException("it is complete") : Work.cause(failure)));
        return follows;
    }

    /** The operation on the latest node; null until it has begun on the first. */
    final synchronized @Nullable Begun<E, R> now() {
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
        Begun<E, R> begun = null;
        while (!Objects.equals(begun, now())) { // it may move to another node meanwhile
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
        private @Nullable Begun<E, ?> heard;
        private @Nullable Subscription subscription;
        private boolean closed;

        Listener(Consumer<? super E> consumer) {
            this.consumer = consumer;
        }

        /**
         * Not under the lock while it subscribes: the listener hears earlier events in that call. What the operation of a node that is
         * handed over says is of the end of that node.
         */
        void move(Begun<E, ?> to) {
            synchronized (this) {
                if (closed || to.equals(heard)) {
                    return;
                }
                heard = to;
                letGo();
            }
            Subscription moved = to.operation().events(event -> {
                if (!to.on().isHandedOver()) {
                    consumer.accept(event);
                }
            });
            synchronized (this) {
                if (closed || !to.equals(heard)) {
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
