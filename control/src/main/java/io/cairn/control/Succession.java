package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Node;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Reason;
import io.cairn.app.Subscription;
import io.cairn.app.work.Work;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The current node, and the search for the next one when it has gone. Thread-safe. */
final class Succession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** Longer than a node takes to start and end. */
    private static final long SEARCH_SECONDS_MAX = 7;

    private final NodeReach reach;
    private final Set<Consumer<? super Attachment>> listeners = new LinkedHashSet<>();
    private Attachment current;
    private @Nullable CompletableFuture<Attachment> search;
    private boolean closed;

    Succession(NodeReach reach, Attachment first) {
        this.reach = reach;
        current = first;
        watch(first);
    }

    synchronized Attachment current() {
        return current;
    }

    /** Tells a listener of each next node. */
    synchronized Subscription subscribe(Consumer<? super Attachment> listener) {
        listeners.add(listener);
        return () -> unsubscribe(listener);
    }

    private synchronized void unsubscribe(Consumer<? super Attachment> listener) {
        listeners.remove(listener);
    }

    /** Keeps a subscription to whichever node is the current one. */
    Subscription follow(Function<Node, Subscription> subscribe) {
        Following following = new Following(this, subscribe);
        Subscription successors = subscribe(next -> following.move());
        following.move();
        return () -> {
            successors.close();
            following.close();
        };
    }

    /** Makes a call, again on the next node if its node has gone. */
    <T> CompletableFuture<T> carry(Function<Attachment, CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        carry(current(), call, result);
        return result;
    }

    private <T> void carry(
            Attachment to, Function<Attachment, CompletableFuture<T>> call, CompletableFuture<T> result) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<T> made = call.apply(to);
        CompletableFuture<T> unusedCancelled = result.whenComplete((value, failure) -> cancelled(result, made));
        CompletableFuture<T> unused = made.whenComplete((value, failure) -> {
            if (failure == null) {
                result.complete(value);
            } else if (isLost(to, failure)) {
                after(to, next -> carry(next, call, result), result);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }

    private static void cancelled(CompletableFuture<?> result, CompletableFuture<?> made) {
        if (result.isCancelled()) {
            made.cancel(false);
        }
    }

    /** Asks a question that does not fail, and waits; asks the next node if its node has gone. */
    <T> T ask(Function<Attachment, T> question) {
        try {
            return query(question::apply);
        } catch (CairnException none) {
            throw new NodeGoneException(none);
        }
    }

    /** Asks a question that may fail, and waits; asks the next node if its node has gone. */
    <T> T query(Query<T> question) throws CairnException {
        while (true) {
            Attachment asked = current();
            try {
                T answer = question.of(asked);
                if (!asked.isHandedOver() || !isOpen()) {
                    return answer;
                }
            } catch (NodeGoneException gone) {
                LOG.debug("the node has gone", gone);
            } catch (CairnException failure) {
                if (!isLost(asked, failure)) {
                    throw failure;
                }
            }
            waitFor(next(asked));
        }
    }

    /** Calls back with the node that follows one that has gone, or fails the result. */
    void after(Attachment gone, Consumer<Attachment> then, CompletableFuture<?> result) {
        CompletableFuture<Attachment> unused = next(gone).whenComplete((next, failure) -> {
            if (failure == null) {
                then.accept(next);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }

    /**
     * Whether a failure means that the node has ended, rather than that the call failed there: it says so, or the node was handed over, or
     * another took its place, even if only its process had not answered for a while.
     */
    boolean isLost(Attachment asked, Throwable failure) {
        return Work.cause(failure) instanceof CairnException known && known.reason() == Reason.NODE_GONE
                || asked.isHandedOver()
                || !asked.equals(current());
    }

    private synchronized CompletableFuture<Attachment> next(Attachment gone) {
        if (closed) {
            return CompletableFuture.failedFuture(closed());
        }
        if (!gone.equals(current)) {
            return CompletableFuture.completedFuture(current);
        }
        CompletableFuture<Attachment> running = search;
        if (running != null) {
            return running;
        }
        CompletableFuture<Attachment> begun = new CompletableFuture<>();
        search = begun;
        Thread thread = new Thread(() -> search(begun), "cairn-succession");
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private void search(CompletableFuture<Attachment> found) {
        try {
            Attachment gone = current();
            if (gone.isHandedOver()) {
                gone.close(); // the next node needs the data directory
            }
            Attachment next = reach.reach(this::isOpen);
            if (!becomes(next)) {
                next.close();
                found.completeExceptionally(closed());
                return;
            }
            found.complete(next);
            tell(next);
            gone.close();
        } catch (CairnException | RuntimeException failure) {
            ended(found);
            found.completeExceptionally(failure);
        }
    }

    private void tell(Attachment next) {
        for (Consumer<? super Attachment> listener : listeners()) {
            try {
                listener.accept(next);
            } catch (RuntimeException failure) {
                LOG.error("a listener failed", failure);
            }
        }
    }

    private synchronized boolean becomes(Attachment next) {
        search = null;
        if (closed) {
            return false;
        }
        current = next;
        watch(next);
        return true;
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    private synchronized void ended(CompletableFuture<Attachment> failed) {
        if (failed == search) {
            search = null;
        }
    }

    private synchronized List<Consumer<? super Attachment>> listeners() {
        return List.copyOf(listeners);
    }

    /** Looks for the next node as soon as this one has gone, even if nobody asks anything. */
    private void watch(Attachment attachment) {
        CompletableFuture<?> unused = attachment.gone().whenComplete((gone, failure) -> {
            CompletableFuture<Attachment> found = next(attachment);
            CompletableFuture<Attachment> unusedEnd = found.whenComplete((next, none) -> {
                if (none != null) {
                    LOG.debug("no node follows the one that has gone", none);
                }
            });
        });
    }

    private static <T> void waitFor(CompletableFuture<T> future) throws CairnException {
        try {
            future.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CairnException(
                    Kind.INTERRUPTED, "waiting for a node was interrupted", "told to end", "run it again");
        } catch (ExecutionException failure) {
            if (Work.cause(failure) instanceof CairnException known) {
                throw known;
            }
            throw new IllegalStateException("cannot reach a node", Work.cause(failure));
        }
    }

    private static CairnException closed() {
        return new CairnException(
                Kind.INTERRUPTED, "the node is not in use any more", "it was closed", "open it again");
    }

    @Override
    public void close() {
        Attachment last;
        CompletableFuture<Attachment> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = current;
            running = search;
        }
        last.close();
        if (running != null) {
            awaitEnd(running);
        }
    }

    /** A search that was about to start a node ends it again; this process must not end in between. */
    private static void awaitEnd(CompletableFuture<Attachment> search) {
        try {
            search.get(SEARCH_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException ended) {
            LOG.debug("the search for the next node ended", ended);
        }
    }

    /** A question to a node that may fail. */
    @FunctionalInterface
    interface Query<T> {
        T of(Attachment node) throws CairnException;
    }

    /** A subscription that moves to whichever node is the current one. It subscribes without a lock: listeners hear events in that call. */
    private static final class Following {
        private final Succession succession;
        private final Function<Node, Subscription> subscribe;
        private @Nullable Attachment heard;
        private @Nullable Subscription now;
        private boolean closed;

        Following(Succession succession, Function<Node, Subscription> subscribe) {
            this.succession = succession;
            this.subscribe = subscribe;
        }

        void move() {
            Attachment to = succession.current();
            synchronized (this) {
                if (closed || to.equals(heard)) {
                    return;
                }
                heard = to;
                letGo();
            }
            Subscription moved = subscribe.apply(to.node());
            synchronized (this) {
                if (!closed && to.equals(heard)) {
                    now = moved;
                    return;
                }
            }
            moved.close();
        }

        synchronized void close() {
            closed = true;
            letGo();
        }

        private void letGo() {
            Subscription last = now;
            now = null;
            if (last != null) {
                last.close();
            }
        }
    }
}
