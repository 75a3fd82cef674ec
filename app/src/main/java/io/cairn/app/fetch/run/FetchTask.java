package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.work.Broadcast;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state of one fetch: its request, its status and its listeners. The queue and the run write to it; it knows neither. Confined to
 * the loop, except for the status and the completion.
 */
public final class FetchTask {
    private final FetchOptions options;
    private final FetchPlace place;
    private final Clock clock;
    private final long startedMillis;
    private final long number;
    private final CompletableFuture<FetchEvent.Complete> completion = new CompletableFuture<>();
    private final Broadcast<FetchEvent> events;
    private CompletableFuture<Boolean> reads = CompletableFuture.completedFuture(true);
    private boolean accepted;
    private @Nullable Intention intention;
    private CompletableFuture<Fetch.Status> halted = new CompletableFuture<>();
    private Supplier<FetchFacts> seen;
    private @Nullable CairnException failure;
    private boolean hasRun;
    private long toldMillis;
    private volatile Fetch.Status status;

    /** @param number in the order of this node's requests */
    public FetchTask(FetchOptions options, FetchPlace place, Broadcast<FetchEvent> events, Clock clock, long number) {
        this.options = options;
        this.place = place;
        this.clock = clock;
        this.startedMillis = clock.monotonicMillis();
        this.seen = () -> FetchFacts.nothing(startedMillis);
        this.number = number;
        this.events = events;
        this.status = new Fetch.Status(options.target().name(), FetchState.QUEUED, 0, 0, 0, 0, 0, 0, place.output());
    }

    /** Why a fetch is to stop. */
    public enum Intention {
        /** It pauses until the user resumes it. */
        PAUSE,
        /** It is forgotten, with all that arrived. */
        CANCEL,
        /** The user gives up; what arrived is kept. */
        STOP,
        /** The node closes. */
        CLOSE
    }

    public long number() {
        return number;
    }

    public Key hash() {
        return options.target().hash();
    }

    public FetchOptions options() {
        return options;
    }

    public FetchPlace place() {
        return place;
    }

    public Fetch.Status status() {
        return status;
    }

    public FetchState state() {
        return status.state();
    }

    public Broadcast<FetchEvent> events() {
        return events;
    }

    public CompletableFuture<FetchEvent.Complete> completion() {
        return completion;
    }

    long elapsedMillis() {
        return clock.monotonicMillis() - startedMillis;
    }

    /** Whether it passed the check and counts as a fetch of its hash. */
    public boolean isAccepted() {
        return accepted;
    }

    public void accepted() {
        accepted = true;
    }

    /** Why it is to stop; null if it is not. */
    @Nullable
    public Intention intention() {
        return intention;
    }

    /** Notes why it is to stop: the first reason, unless a cancel follows. Completes once its work has stopped. */
    public CompletableFuture<Fetch.Status> intend(Intention why) {
        if (intention == null || why == Intention.CANCEL) {
            intention = why;
        }
        return halted.copy();
    }

    /** A run of it starts. */
    public void starting() {
        intention = null;
        failure = null;
        hasRun = true;
        halted = new CompletableFuture<>();
        become(FetchState.LOOKUP);
    }

    /** Its work has stopped. */
    public void halted() {
        halted.complete(status);
    }

    public void become(FetchState next) {
        status = status.in(state().step(next));
    }

    /** Sets its status, including the step to that state. */
    public void become(Fetch.Status next) {
        state().step(next.state());
        status = next;
    }

    /** Records and reports progress. */
    void progress(FetchProgress now) {
        Fetch.Status before = status;
        status = new Fetch.Status(
                before.name(),
                before.state(),
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.peers(),
                now.bytesPerSecond(),
                before.target());
        tell(FetchNews.progress(now));
    }

    /** Whether an attempt has begun in this process. */
    public boolean hasRun() {
        return hasRun;
    }

    /** What the current or last attempt has seen. */
    public FetchFacts seen() {
        return seen.get();
    }

    void seenBy(Supplier<FetchFacts> attempt) {
        seen = attempt;
    }

    /** Why the last attempt failed; null if there was none, or if another has begun. */
    @Nullable
    public CairnException failure() {
        return failure;
    }

    /** How long its listeners have heard nothing. */
    long quietMillis() {
        return clock.monotonicMillis() - toldMillis;
    }

    public void tell(FetchEvent event) {
        toldMillis = clock.monotonicMillis();
        events.tell(event);
    }

    public void paused() {
        become(FetchState.PAUSED);
        tell(new FetchEvent.Paused());
    }

    /** It failed and will be retried, after {@code waitMillis} or sooner. */
    public void retriedLater(CairnException reason, long waitMillis) {
        failure = reason;
        become(FetchState.WAITING);
        tell(new FetchEvent.RetriedLater(reason.why(), waitMillis));
    }

    public void completed(FetchEvent.Complete complete) {
        become(FetchState.DONE);
        tell(complete);
        completion.complete(complete);
        events.end();
    }

    public void failed(CairnException reason) {
        failure = reason;
        if (intention == Intention.CANCEL) {
            become(FetchState.CANCELLED);
            tell(new FetchEvent.Cancelled());
        } else if (reason.kind() == CairnException.Kind.INTERRUPTED) {
            become(FetchState.STOPPED);
            tell(new FetchEvent.Stopped());
        } else {
            become(FetchState.FAILED);
            tell(new FetchEvent.Failed(reason));
        }
        completion.completeExceptionally(reason);
        events.end();
    }

    /** The queue drops it: its callers get the reason, and its state stays. */
    public void abandon(CairnException reason) {
        completion.completeExceptionally(reason);
        events.end();
        halted();
    }

    /** Its record once it has ended. */
    public EndedFetch facts(Function<EndedFetch, CompletableFuture<Fetch.Status>> discarding) {
        return new EndedFetch(number, options, place, status, events, completion, discarding);
    }

    /** Its content is read until this future ends. */
    public void readBy(CompletableFuture<?> read) {
        reads = reads.thenCombine(read.handle((value, failure) -> true), (before, last) -> last);
    }

    /** Completes once no read that has begun by now needs its content. */
    CompletableFuture<Boolean> whenRead() {
        return reads;
    }

    /** Whether it pauses or waits for a retry, and the other begins it anew. */
    public boolean isRepeatedBy(FetchTask later) {
        return later != this && isLike(later) && (state() == FetchState.PAUSED || state() == FetchState.WAITING);
    }

    /** Whether both bring the same copy up to date, which only one may at a time. */
    public boolean updatesSameCopy(FetchTask other) {
        return options.update() != null
                && other.options.update() != null
                && place.output().equals(other.place.output());
    }

    /** Whether the other brings the same copy to a version that was asked for later. */
    public boolean isOutdatedBy(FetchTask later) {
        return later.number > number && updatesSameCopy(later) && !hash().equals(later.hash()) && !state().isEnded();
    }

    /** Whether the other is a fetch of the same hash to the same place. */
    public boolean isLike(EndedFetch other) {
        return hash().equals(other.hash())
                && place.output().equals(other.place().output());
    }

    public boolean isLike(FetchTask other) {
        return hash().equals(other.hash()) && place.output().equals(other.place.output());
    }
}
