package io.cairn.app.fetch;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.fetch.run.EndedFetch;
import io.cairn.app.fetch.run.FetchEnd;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.app.fetch.run.FetchPlace;
import io.cairn.app.fetch.run.FetchRun;
import io.cairn.app.fetch.run.FetchRuns;
import io.cairn.app.fetch.run.FetchTask;
import io.cairn.app.fetch.run.FetchTask.Intention;
import io.cairn.app.work.Broadcast;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.part.PartialContent;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which fetches of this node run, which wait, and which are retried. A limited number runs at once; a fetch starts once its hash
 * has no other owner, and occupies no slot until then. Unfinished fetches are stored for the next process. Confined to the loop.
 */
public final class FetchQueue implements HashOwners.Observer {
    private final Work work;
    private final Clock clock;
    private final FetchRequests requests;
    private final FetchRuns runs;
    private final FetchWhys whys;
    private final FetchRetries retries;
    private final HashOwners owners;
    private final int atOnceMax;
    private final List<FetchTask> fetches = new ArrayList<>();
    private final Deque<FetchTask> queue = new ArrayDeque<>();
    private final Map<FetchTask, Active> active = new LinkedHashMap<>();
    private final Map<FetchTask, CairnException> unremembered = new HashMap<>();
    private final EndedFetches over = new EndedFetches();
    private final QueueNews news;
    private final AtomicLong begun = new AtomicLong();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private boolean closing;

    /** @param atOnceMax most fetches that run at once; the others wait in the order of their requests */
    public FetchQueue(
            Work work, Clock clock, FetchRequests requests, FetchRuns runs, HashOwners owners, int atOnceMax) {
        this.work = work;
        this.clock = clock;
        this.requests = requests;
        this.runs = runs;
        this.whys = new FetchWhys(requests, runs);
        this.retries = new FetchRetries(work.scheduler(), clock, this::tryAgain);
        this.owners = owners;
        this.atOnceMax = atOnceMax;
        this.news = new QueueNews(work.scheduler(), queue, active.keySet(), atOnceMax);
        owners.observe(this);
    }

    /** A running fetch with its claim on the hash. */
    private record Active(FetchRun run, HashOwners.Claim claim) {}

    /** Finds content that an earlier process placed just before it was killed. */
    public CompletableFuture<Void> restore() {
        return runs.restore().whenComplete((done, failure) -> restored.complete(null));
    }

    /**
     * Resumes the unfinished fetches of earlier processes; paused ones stay paused. They run in the background and are retried until a
     * provider is found. Completes with these fetches, oldest first.
     */
    public CompletableFuture<List<Fetch>> takeUp() {
        return restored.thenCompose(done -> requests.unfinished())
                .thenApply(remembered -> remembered.stream()
                        .filter(one -> unended(one.options().target().hash()).isEmpty())
                        .map(one -> handle(takeUp(one)))
                        .toList());
    }

    private FetchTask takeUp(RememberedFetch remembered) {
        FetchTask fetch = task(remembered.options(), remembered.place());
        remembered.found().ifPresent(fetch::become);
        fetch.accepted();
        fetches.add(fetch);
        retries.include(fetch);
        if (!remembered.requested()) {
            remember(fetch);
        }
        if (remembered.state() == StoredFetchState.PAUSED) {
            fetch.paused();
        } else {
            enqueue(fetch);
        }
        return fetch;
    }

    /** Starts a fetch or queues it. Any thread; later queries to the loop see it. */
    public Fetch start(FetchOptions options) {
        FetchTask fetch = task(options, FetchPlace.of(options));
        Work.watch(
                work.onLoop(() -> accept(fetch)).exceptionally(failure -> {
                    fetch.abandon(FetchFailures.of(fetch.hash(), failure));
                    return fetch;
                }),
                "beginning a fetch");
        return handle(fetch);
    }

    private FetchTask task(FetchOptions options, FetchPlace place) {
        Broadcast<FetchEvent> events = new Broadcast<>(work, FetchEvent::describes);
        return new FetchTask(options, place, events, clock, begun.incrementAndGet());
    }

    private Fetch handle(FetchTask fetch) {
        return new LocalFetch(fetch, this, work);
    }

    private CompletableFuture<FetchTask> accept(FetchTask fetch) {
        if (closing) {
            fetch.failed(FetchFailures.stopped(fetch.hash()));
            return CompletableFuture.completedFuture(fetch);
        }
        fetches.add(fetch);
        return restored.thenCompose(known -> runs.check(fetch)).handle((known, refused) -> {
            if (!fetch.state().isEnded() && !closing) {
                accepted(fetch, refused);
            }
            return fetch;
        });
    }

    /** Handles the result of the check; a refused fetch affects no other. */
    private void accepted(FetchTask fetch, @Nullable Throwable refused) {
        CairnException refusal = refused == null ? running(fetch) : FetchFailures.of(fetch.hash(), refused);
        if (refusal != null) {
            failed(fetch, refusal);
            if (unended(fetch.hash()).isEmpty()) {
                whys.keep(fetch);
            }
            return;
        }
        fetch.accepted();
        replaceEarlier(fetch);
        List<FetchTask> older =
                fetches.stream().filter(one -> one.isOutdatedBy(fetch)).toList();
        older.forEach(one -> Work.watch(cancel(one), "ending an update that a newer one follows"));
        remember(fetch);
        if (fetch.options().retried()) {
            retries.include(fetch);
        }
        if (fetch.intention() == Intention.PAUSE) {
            Work.watch(requests.setState(fetch, StoredFetchState.PAUSED), "remembering that a fetch is paused");
            fetch.paused();
            fetch.halted();
        } else {
            enqueue(fetch);
        }
    }

    /** A new node may be a provider for a waiting fetch. */
    public void contactAppeared() {
        retries.contactAppeared();
    }

    /** The unfinished fetches, and the last {@link EndedFetches#MAX} that ended, in the order of their requests. */
    public List<Fetch> list() {
        return Stream.concat(
                        fetches.stream().map(fetch -> new Numbered(fetch.number(), handle(fetch))),
                        over.list().stream().map(fetch -> new Numbered(fetch.number(), fetch)))
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::fetch)
                .toList();
    }

    private record Numbered(long number, Fetch fetch) {}

    /** Why the latest fetch of a hash stands where it stands; what a look-up finds now if there was none. */
    public CompletableFuture<Why> why(Key hash) {
        return whys.of(hash, unended(hash).stream().reduce((first, later) -> later));
    }

    /** The verified chunks so far of a running fetch. */
    Optional<PartialContent> growing(Key hash) {
        return active.entrySet().stream()
                .filter(entry -> entry.getKey().hash().equals(hash))
                .findFirst()
                .flatMap(entry -> entry.getValue().run().content());
    }

    /** Whether more chunks of the hash may arrive: a fetch of it runs or is about to, and lacks some. */
    boolean isComing(Key hash) {
        return unended(hash).stream()
                .anyMatch(fetch -> !fetch.state().letsOthersBegin() && fetch.state() != FetchState.PLACING);
    }

    /** A read of the hash begins: a fetch of it closes its content only once the read has ended. */
    void readBy(Key hash, CompletableFuture<?> read) {
        unended(hash).forEach(fetch -> fetch.readBy(read));
    }

    /** Stops all fetches; completes once their data is stored for a later run. */
    public CompletableFuture<Void> close() {
        closing = true;
        retries.close();
        queue.clear();
        news.close();
        CompletableFuture<?>[] halted = List.copyOf(active.keySet()).stream()
                .map(fetch -> halt(fetch, Intention.CLOSE))
                .toArray(CompletableFuture<?>[]::new);
        fetches.forEach(fetch -> {
            if (!active.containsKey(fetch)) {
                fetch.abandon(FetchFailures.stopped(fetch.hash()));
            }
        });
        return CompletableFuture.allOf(halted)
                .thenCompose(done -> requests.settled())
                .thenAccept(done -> {});
    }

    /** Stops a fetch; completes once its work has stopped, whatever the result. */
    private CompletableFuture<Fetch.Status> halt(FetchTask fetch, Intention why) {
        CompletableFuture<Fetch.Status> halted = fetch.intend(why);
        Active running = active.get(fetch);
        if (running != null) {
            running.run().stop(fetch.intention() == Intention.CANCEL);
        }
        return halted;
    }

    CompletableFuture<Fetch.Status> pause(FetchTask fetch) {
        if (fetch.state().isEnded()) {
            return FetchFailures.ended(
                    "pause", fetch.hash(), fetch.status(), Reason.LIST_THE_FETCHES.says("see how each fetch stands"));
        }
        CompletableFuture<?> remembered = requests.setState(fetch, StoredFetchState.PAUSED);
        if (fetch.state() == FetchState.PAUSED) {
            return remembered.thenApply(done -> requireRemembered(fetch));
        }
        if (queue.remove(fetch) || retries.wake(fetch)) {
            fetch.paused();
            return remembered.thenApply(done -> requireRemembered(fetch));
        }
        return remembered.thenCombine(halt(fetch, Intention.PAUSE), (done, status) -> requireRemembered(fetch));
    }

    /** The status, if the fetch is stored for a later run. */
    private Fetch.Status requireRemembered(FetchTask fetch) {
        CairnException unknown = unremembered.get(fetch);
        if (unknown != null) {
            throw new CompletionException(unknown);
        }
        return fetch.status();
    }

    CompletableFuture<Fetch.Status> resume(FetchTask fetch) {
        if (fetch.state().isEnded()) {
            return FetchFailures.ended(
                    "resume", fetch.hash(), fetch.status(), Reason.FETCH_AGAIN.says("fetch it again"));
        }
        CairnException running = running(fetch);
        if (running != null) {
            return CompletableFuture.failedFuture(running);
        }
        if (fetch.state() != FetchState.PAUSED && !retries.wake(fetch)) {
            return CompletableFuture.completedFuture(fetch.status());
        }
        retries.include(fetch);
        fetch.tell(new FetchEvent.Resumed());
        enqueue(fetch);
        return requests.setState(fetch, StoredFetchState.ACTIVE).thenApply(done -> requireRemembered(fetch));
    }

    CompletableFuture<Fetch.Status> cancel(FetchTask fetch) {
        if (fetch.state() == FetchState.DONE) {
            return FetchFailures.ended(
                    "cancel",
                    fetch.hash(),
                    fetch.status(),
                    Reason.SEE_NEXT.says("delete the file itself if you do not want it"));
        }
        if (active.containsKey(fetch)) {
            return halt(fetch, Intention.CANCEL)
                    .thenCompose(status -> requests.latest().thenApply(forgotten -> status));
        }
        if (fetch.state().isEnded()) {
            return discardEnded(fetch.facts(this::discardEnded));
        }
        fetches.remove(fetch);
        queue.remove(fetch);
        retries.exclude(fetch);
        CompletableFuture<Fetch.Status> unused = halt(fetch, Intention.CANCEL);
        fetch.failed(FetchFailures.cancelled(fetch.hash()));
        fetch.halted();
        whys.keep(fetch);
        return discard(fetch.facts(this::discardEnded)).thenApply(discarded -> fetch.status());
    }

    private CompletableFuture<Fetch.Status> discardEnded(EndedFetch fetch) {
        return discard(fetch).thenApply(discarded -> {
            over.remove(fetch);
            return fetch.status().in(FetchState.CANCELLED);
        });
    }

    /** Deletes the partial data of a fetch, unless another fetch to the same place uses it. */
    private CompletableFuture<?> discard(EndedFetch fetch) {
        if (fetches.stream().anyMatch(other -> other.isLike(fetch))) {
            return CompletableFuture.completedFuture(fetch);
        }
        return requests.discard(fetch);
    }

    void stop(FetchTask fetch) {
        if (!fetch.state().isEnded()) {
            Work.watch(requests.setState(fetch, StoredFetchState.PAUSED), "remembering that a fetch was stopped");
            boolean isRunning = active.containsKey(fetch); // a run without data ends at once
            CompletableFuture<Fetch.Status> unused = halt(fetch, Intention.STOP);
            if (!isRunning) {
                queue.remove(fetch);
                failed(fetch, FetchFailures.stopped(fetch.hash()));
            }
        }
    }

    /** Handles the end of a run: the fetch is complete, waits, or is over. */
    private void ended(FetchTask fetch, FetchEnd end) {
        if (end instanceof FetchEnd.Placed placed) {
            completed(fetch, placed.complete());
        } else if (end instanceof FetchEnd.GaveUp gaveUp) {
            gaveUp(fetch, gaveUp.anythingKept(), gaveUp.failure());
        }
        whys.keep(fetch);
        Active ran = active.remove(fetch);
        fetch.halted();
        if (ran != null) {
            ran.claim().release();
        }
    }

    private void completed(FetchTask fetch, FetchEvent.Complete complete) {
        Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch that is done");
        fetch.completed(complete);
        settled(fetch);
    }

    private void gaveUp(FetchTask fetch, boolean anythingKept, CairnException failure) {
        boolean toldTo = failure.kind() == Kind.INTERRUPTED;
        if (fetch.intention() == Intention.CANCEL) {
            fetches.remove(fetch);
            retries.exclude(fetch);
            Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch that was cancelled");
            fetch.failed(FetchFailures.cancelled(fetch.hash()));
        } else if (toldTo && fetch.intention() == Intention.PAUSE) {
            fetch.paused();
        } else if (mayComeYet(fetch, failure) && !unremembered.containsKey(fetch)) {
            fetch.retriedLater(failure, retries.later(fetch));
        } else {
            if (!toldTo && !anythingKept) {
                Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch of which nothing came");
            }
            failed(fetch, failure);
        }
    }

    /** A fetch that cannot be stored still runs, but does not wait for a retry, and is not reported as kept. */
    private void remember(FetchTask fetch) {
        Work.watch(
                requests.remember(fetch, clock.wallMillis()).handle((done, failure) -> {
                    if (failure != null && !fetch.state().isEnded()) {
                        unremembered.put(fetch, FetchFailures.of(fetch.hash(), Work.cause(failure)));
                    }
                    return fetch;
                }),
                "remembering a fetch");
    }

    private void failed(FetchTask fetch, CairnException failure) {
        fetch.failed(unremembered.getOrDefault(fetch, failure));
        fetch.halted();
        settled(fetch);
    }

    /** Keeps only a record of an ended fetch. */
    private void settled(FetchTask fetch) {
        retries.exclude(fetch);
        unremembered.remove(fetch);
        if (fetches.remove(fetch)) {
            over.add(fetch.facts(this::discardEnded));
        }
    }

    @Override
    public void released(Key hash) {
        startNext();
    }

    /** Whether the failure may resolve itself: a provider may appear, or the network return. A full disk or a wrong target needs you. */
    private boolean mayComeYet(FetchTask fetch, CairnException failure) {
        return FetchRetries.mayResolve(failure) && !closing && fetch.intention() == null && retries.includes(fetch);
    }

    private void tryAgain(FetchTask fetch) {
        CairnException running = running(fetch);
        if (running == null) {
            enqueue(fetch);
        } else {
            fetch.retriedLater(running, retries.later(fetch));
        }
    }

    private void enqueue(FetchTask fetch) {
        fetch.become(FetchState.QUEUED);
        queue.addLast(fetch);
        startNext();
        if (queue.contains(fetch)) {
            news.queued(fetch);
        }
    }

    private void startNext() {
        boolean started;
        do {
            started = startFirst();
        } while (started);
    }

    /** Starts the first queued fetch whose hash and copy are free; false if there is none, or no slot is free. */
    private boolean startFirst() {
        if (closing || active.size() >= atOnceMax) {
            return false;
        }
        for (FetchTask next : queue) {
            boolean waits = active.keySet().stream().anyMatch(next::updatesSameCopy);
            HashOwners.Claim claim = waits ? null : owners.claim(next.hash(), HashOwners.Use.FETCH);
            if (claim != null) {
                queue.remove(next);
                start(next, claim);
                return true;
            }
        }
        return false;
    }

    private void start(FetchTask fetch, HashOwners.Claim claim) {
        FetchRun run = runs.of(fetch, retries.includes(fetch));
        active.put(fetch, new Active(run, claim));
        fetch.starting();
        Work.watch(run.start().thenAccept(end -> ended(fetch, end)), "ending a fetch");
    }

    /** Repeating a command resumes the paused, waiting or ended fetch: the new one replaces it. */
    private void replaceEarlier(FetchTask fetch) {
        over.replacedBy(fetch);
        List<FetchTask> earlier =
                fetches.stream().filter(other -> other.isRepeatedBy(fetch)).toList();
        fetches.removeAll(earlier);
        for (FetchTask replaced : earlier) {
            retries.exclude(replaced);
            replaced.abandon(FetchFailures.stopped(replaced.hash()));
        }
    }

    /** Why a fetch cannot begin now: another of the same hash is running or queued. */
    private @Nullable CairnException running(FetchTask fetch) {
        boolean running = unended(fetch.hash()).stream()
                .anyMatch(other ->
                        other != fetch && other.isAccepted() && !other.state().letsOthersBegin());
        return running ? FetchFailures.busy(fetch.hash()) : null;
    }

    private List<FetchTask> unended(Key hash) {
        return fetches.stream()
                .filter(fetch -> fetch.hash().equals(hash) && !fetch.state().isEnded())
                .toList();
    }
}
