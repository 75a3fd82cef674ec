package io.cairn.control;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.NodeGoneException;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.Subscription;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fetch that goes on at the next node when its node goes, from what has arrived. One that was paused stays paused. */
final class SteadyFetch extends SteadyOperation<FetchEvent, FetchEvent.Complete> implements Fetch {
    private static final Logger LOG = LoggerFactory.getLogger(SteadyFetch.class);

    private final Succession succession;
    private final FetchOptions options;
    private final AtomicBoolean followed = new AtomicBoolean();
    private final boolean begunElsewhere;
    private volatile boolean stopped;

    private SteadyFetch(Succession succession, FetchOptions options, boolean begunElsewhere) {
        super(succession, (on, before) -> begin(on, options, (Fetch) before));
        this.succession = succession;
        this.options = options;
        this.begunElsewhere = begunElsewhere;
    }

    static SteadyFetch begin(Succession succession, FetchOptions options) {
        SteadyFetch fetch = new SteadyFetch(succession, options, false);
        fetch.followed.set(true);
        fetch.begin();
        return fetch;
    }

    /** A fetch as its node lists it. It goes on at the next node once somebody waits for its end or its events. */
    static SteadyFetch of(Succession succession, Attachment on, Fetch listed) {
        SteadyFetch fetch = new SteadyFetch(succession, listed.options(), true);
        fetch.adopt(on, listed);
        return fetch;
    }

    private static Fetch begin(Attachment on, FetchOptions options, @Nullable Fetch before) {
        if (before == null && on.isHere()) {
            return on.node().fetch(options);
        }
        Optional<Fetch> running = same(on, options, before != null);
        if (running.isPresent()) {
            return running.get();
        }
        Fetch begun = on.node().fetch(options);
        if (before != null && before.status().state() == FetchState.PAUSED) {
            CompletableFuture<Status> unused = begun.pause();
        }
        return begun;
    }

    /**
     * A node may be fetching the same to the same place already, for another terminal: then both follow that fetch.
     *
     * @param resuming whether this fetch was under way elsewhere: then one that is paused there is not resumed for it
     */
    private static Optional<Fetch> same(Attachment on, FetchOptions options, boolean resuming) {
        return on.node().fetches().stream()
                .filter(running -> isSame(running.options(), options))
                .filter(running -> {
                    FetchState state = running.status().state();
                    return !state.letsOthersBegin() || resuming && state == FetchState.PAUSED;
                })
                .findFirst();
    }

    private static boolean isSame(FetchOptions running, FetchOptions wanted) {
        return running.target().hash().equals(wanted.target().hash())
                && running.output().equals(wanted.output())
                && running.only().equals(wanted.only());
    }

    /** Another terminal was faster to begin the same. */
    @Override
    @Nullable
    Operation<FetchEvent, FetchEvent.Complete> instead(Attachment on, Throwable failure) {
        boolean isBusy = failure instanceof CairnException known && known.reason() == Reason.WATCH_THE_FETCH;
        try {
            return isBusy ? same(on, options, false).orElse(null) : null;
        } catch (NodeGoneException gone) {
            LOG.debug("the node has gone", gone);
            return null;
        }
    }

    @Override
    public CompletableFuture<FetchEvent.Complete> completion() {
        followOnce();
        return super.completion();
    }

    @Override
    public Subscription events(Consumer<? super FetchEvent> consumer) {
        Subscription subscription = super.events(consumer);
        followOnce();
        return subscription;
    }

    private void followOnce() {
        if (followed.compareAndSet(false, true)) {
            follow();
        }
    }

    /** The fetch at its latest node. One that nobody follows is looked for at the current node. */
    private @Nullable Fetch latest() {
        Begun<FetchEvent, FetchEvent.Complete> begun = now();
        Attachment current = succession.current();
        if (begun != null && !followed.get() && !begun.on().equals(current)) {
            try {
                same(current, options, true).ifPresent(same -> adopt(current, same));
            } catch (NodeGoneException gone) {
                LOG.debug("the node has gone", gone);
            }
            begun = now();
        }
        return begun == null ? null : (Fetch) begun.operation();
    }

    @Override
    public Key hash() {
        return options.target().hash();
    }

    @Override
    public FetchOptions options() {
        return options;
    }

    @Override
    public Status status() {
        Fetch latest = latest();
        return latest == null
                ? new Status(
                        options.target().name(),
                        FetchState.QUEUED,
                        0,
                        0,
                        0,
                        0,
                        0,
                        0,
                        options.output().path())
                : latest.status();
    }

    @Override
    public void stop() {
        stopped = true;
        Fetch latest = latest();
        if (latest != null) {
            latest.stop();
        }
    }

    @Override
    @Nullable
    CairnException over(Attachment next) {
        if (stopped) {
            stopAt(next);
            return new CairnException(
                    CairnException.Kind.INTERRUPTED,
                    "stopped fetching " + hash(),
                    "it was told to",
                    "the same fetch resumes from what has arrived");
        }
        Begun<FetchEvent, FetchEvent.Complete> last = now();
        boolean isEnded = last != null
                && !last.on().isHandedOver() // which ends its fetches here, and they go on elsewhere
                && ((Fetch) last.operation()).status().isEnded();
        return begunElsewhere && isEnded
                ? new CairnException(
                        CairnException.Kind.OTHER,
                        "cannot say how the fetch of " + hash() + " ended",
                        "its node has gone",
                        Reason.LIST_THE_FETCHES.says("see how each fetch stands"))
                : null;
    }

    /** The next node may have taken the fetch up before it was stopped here. */
    private void stopAt(Attachment next) {
        try {
            same(next, options, true).ifPresent(Fetch::stop);
        } catch (NodeGoneException gone) {
            LOG.debug("the node has gone", gone);
        }
    }

    @Override
    public CompletableFuture<Status> pause() {
        return change(Fetch::pause);
    }

    @Override
    public CompletableFuture<Status> resume() {
        return change(Fetch::resume);
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return change(Fetch::cancel);
    }

    /** Asks the next node's fetch for the same state if this one's node goes. */
    private CompletableFuture<Status> change(Function<Fetch, CompletableFuture<Status>> step) {
        CompletableFuture<Status> result = new CompletableFuture<>();
        Fetch latest = latest();
        if (latest == null) {
            follow(null, step, result);
        } else {
            change(latest, step, result);
        }
        return result;
    }

    private void change(
            Fetch fetch, Function<Fetch, CompletableFuture<Status>> step, CompletableFuture<Status> result) {
        CompletableFuture<Status> unused = step.apply(fetch).whenComplete((status, failure) -> {
            if (failure == null) {
                result.complete(status);
            } else if (isLost(fetch, failure)) {
                followOnce();
                follow(fetch, step, result);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }

    private boolean isLost(Fetch fetch, Throwable failure) {
        Begun<FetchEvent, FetchEvent.Complete> latest = now();
        return latest == null || latest.operation() != fetch || succession.isLost(latest.on(), failure);
    }

    private void follow(
            @Nullable Fetch gone, Function<Fetch, CompletableFuture<Status>> step, CompletableFuture<Status> result) {
        CompletableFuture<?> unused = after(gone).whenComplete((next, failure) -> {
            if (failure == null) {
                change((Fetch) next, step, result);
            } else {
                result.completeExceptionally(Work.cause(failure));
            }
        });
    }
}
