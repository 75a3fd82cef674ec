package io.cairn.app;

import io.cairn.app.CairnException.Kind;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.PartialContent;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StoredFetch;
import io.cairn.transfer.store.StoredFetchState;
import io.cairn.transfer.store.UnfinishedFetches;
import io.cairn.transfer.swarm.FetchOutcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The fetches of this node: so many are under way at once, the others wait their turn or are paused; what is not done is remembered for
 * later runs. A fetch begins when nobody else works on its hash; until then it waits and takes no other's place. Confined to the loop; disk goes to workers.
 */
final class Fetches implements LocalFetch.Control, FetchWork.Ending, HashOwners.Observer {
    private static final Set<Kind> RETRIED = EnumSet.of(Kind.NO_PROVIDER, Kind.STALLED, Kind.NETWORK);

    private final Work work;
    private final Clock clock;
    private final StateDatabase state;
    private final Shares shares;
    private final FetchWork fetching;
    private final FetchRequests requests;
    private final FetchRetries retries;
    private final HashOwners owners;
    private final int atOnceMax;
    private final List<LocalFetch> fetches = new ArrayList<>();
    private final Deque<LocalFetch> queue = new ArrayDeque<>();
    private final Map<LocalFetch, HashOwners.Claim> active = new LinkedHashMap<>();
    private final Map<LocalFetch, CairnException> unremembered = new HashMap<>();
    private final EndedFetches over = new EndedFetches();
    private final AtomicLong begun = new AtomicLong();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private boolean closing;

    /** @param atOnceMax how many fetches are under way at once; the others wait in the order they were asked for */
    Fetches(
            Work work,
            Clock clock,
            StateDatabase state,
            Shares shares,
            FetchWork fetching,
            HashOwners owners,
            int atOnceMax) {
        this.work = work;
        this.clock = clock;
        this.state = state;
        this.shares = shares;
        this.fetching = fetching;
        this.requests = new FetchRequests(work, state);
        this.retries = new FetchRetries(work.scheduler(), clock, this::tryAgain);
        this.owners = owners;
        this.atOnceMax = atOnceMax;
        owners.observe(this);
    }

    /** Goes on sharing what an earlier run placed just before it was killed, where it was to be shared. */
    CompletableFuture<Void> restore() {
        return work.offload(() -> new UnfinishedFetches(state).takePlaced())
                .thenAccept(placed -> {
                    fetching.placedBefore(placed);
                    placed.stream()
                            .filter(StoredFetch::keepSharing)
                            .forEach(fetch -> Work.watch(
                                    shares.adopt(fetch.manifest(), fetch.target()),
                                    "going on sharing " + fetch.target()));
                })
                .whenComplete((done, failure) -> restored.complete(null));
    }

    /**
     * Takes up what earlier runs left undone; what was paused stays so. Nobody waits for these: they are tried again until somebody has
     * them. Completes with those fetches, oldest first.
     */
    CompletableFuture<List<Fetch>> takeUp() {
        return restored.thenCompose(done -> work.offload(() -> RememberedFetch.all(state)))
                .thenApply(remembered -> remembered.stream()
                        .filter(one -> unended(one.options().target().hash()).isEmpty())
                        .<Fetch>map(one -> takeUp(one))
                        .toList());
    }

    private LocalFetch takeUp(RememberedFetch remembered) {
        LocalFetch fetch = fetch(remembered.options(), remembered.place());
        StoredFetch stored = remembered.stored();
        if (stored != null) {
            fetch.restored(stored.manifest().name(), stored.target(), stored.manifest(), stored.chunks());
        }
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

    /**
     * Begins a fetch, or has it wait its turn. May be called from any thread; whatever is asked of the loop later knows of it.
     */
    LocalFetch start(FetchOptions options) {
        LocalFetch fetch = fetch(options, FetchPlace.of(options));
        Work.watch(
                work.onLoop(() -> accept(fetch)).exceptionally(failure -> {
                    fetch.abandon(FetchFailures.of(fetch.hash(), failure));
                    return fetch;
                }),
                "beginning a fetch");
        return fetch;
    }

    private LocalFetch fetch(FetchOptions options, FetchPlace place) {
        return new LocalFetch(options, place, work, clock, begun.incrementAndGet(), this);
    }

    private CompletableFuture<LocalFetch> accept(LocalFetch fetch) {
        if (closing) {
            fetch.failed(FetchFailures.stopped(fetch.hash()));
            return CompletableFuture.completedFuture(fetch);
        }
        fetches.add(fetch);
        CompletableFuture<LocalFetch> checked = restored.thenCompose(known -> work.offload(() -> {
            FetchChoice.of(fetch.options());
            fetch.place().check();
            return fetch;
        }));
        return checked.handle((known, refused) -> {
            if (!fetch.state().isEnded() && !closing) {
                accepted(fetch, refused);
            }
            return fetch;
        });
    }

    /** It was checked: what is refused leaves all others as they are. */
    private void accepted(LocalFetch fetch, @Nullable Throwable refused) {
        CairnException refusal = refused == null ? running(fetch) : FetchFailures.of(fetch.hash(), refused);
        if (refusal != null) {
            failed(fetch, refusal);
            return;
        }
        fetch.accepted();
        replaceEarlier(fetch);
        remember(fetch);
        if (fetch.options().retried()) {
            retries.include(fetch);
        }
        if (fetch.intention() == LocalFetch.Intention.PAUSE) {
            Work.watch(requests.setState(fetch, StoredFetchState.PAUSED), "remembering that a fetch is paused");
            fetch.paused();
            fetch.halted();
        } else {
            enqueue(fetch);
        }
    }

    /** Somebody new may have what nobody else had. */
    void contactAppeared() {
        retries.contactAppeared();
    }

    /** Those that have not ended, and the last {@link EndedFetches#MAX} that have, in the order of their beginning. */
    List<Fetch> list() {
        return Stream.concat(
                        fetches.stream().map(fetch -> new Numbered(fetch.number(), fetch)),
                        over.list().stream().map(fetch -> new Numbered(fetch.number(), fetch)))
                .sorted(Comparator.comparingLong(Numbered::number))
                .map(Numbered::fetch)
                .toList();
    }

    private record Numbered(long number, Fetch fetch) {}

    /** The manifest of a fetch of this run or of an earlier one that is not finished. Blocks: for workers. */
    Optional<Manifest> storedManifest(Key hash) throws IOException {
        return state.fetches().find(hash).stream().findFirst().map(fetch -> fetch.manifest());
    }

    /** The verified chunks so far of a fetch that runs. */
    Optional<PartialContent> growing(Key hash) {
        return active.keySet().stream()
                .filter(fetch -> fetch.hash().equals(hash))
                .findFirst()
                .map(LocalFetch::content);
    }

    /** Whether a fetch of the hash runs or is about to. */
    boolean isComing(Key hash) {
        return unended(hash).stream().anyMatch(fetch -> !fetch.state().letsOthersBegin());
    }

    /** Stops all; completes when what was fetched is safe for a later run. */
    CompletableFuture<Void> close() {
        closing = true;
        retries.close();
        queue.clear();
        CompletableFuture<?>[] halted = List.copyOf(active.keySet()).stream()
                .map(fetch -> fetch.halt(LocalFetch.Intention.CLOSE))
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

    @Override
    public void ended(LocalFetch fetch, FetchOutcome outcome) {
        fetching.ended(fetch, outcome);
    }

    @Override
    public CompletableFuture<Fetch.Status> pause(LocalFetch fetch) {
        if (fetch.state().isEnded()) {
            return FetchFailures.ended("pause", fetch.hash(), fetch.status(), "fetches shows how each of them stands");
        }
        CompletableFuture<?> remembered = requests.setState(fetch, StoredFetchState.PAUSED);
        if (fetch.state() == FetchState.PAUSED) {
            return remembered.thenApply(done -> requireRemembered(fetch));
        }
        if (queue.remove(fetch) || retries.wake(fetch)) {
            fetch.paused();
            return remembered.thenApply(done -> requireRemembered(fetch));
        }
        return remembered.thenCombine(
                fetch.halt(LocalFetch.Intention.PAUSE), (done, status) -> requireRemembered(fetch));
    }

    /** How it stands, if a later run knows of it. */
    private Fetch.Status requireRemembered(LocalFetch fetch) {
        CairnException unknown = unremembered.get(fetch);
        if (unknown != null) {
            throw new CompletionException(unknown);
        }
        return fetch.status();
    }

    @Override
    public CompletableFuture<Fetch.Status> resume(LocalFetch fetch) {
        if (fetch.state().isEnded()) {
            return FetchFailures.ended("resume", fetch.hash(), fetch.status(), "fetch it again");
        }
        CairnException running = running(fetch);
        if (running != null) {
            return CompletableFuture.failedFuture(running);
        }
        if (fetch.state() != FetchState.PAUSED && !retries.wake(fetch)) {
            return CompletableFuture.completedFuture(fetch.status());
        }
        retries.include(fetch);
        fetch.resumed();
        enqueue(fetch);
        return requests.setState(fetch, StoredFetchState.ACTIVE).thenApply(done -> requireRemembered(fetch));
    }

    @Override
    public CompletableFuture<Fetch.Status> cancel(LocalFetch fetch) {
        if (fetch.state() == FetchState.DONE) {
            return FetchFailures.ended(
                    "cancel", fetch.hash(), fetch.status(), "delete the file itself if you do not want it");
        }
        if (active.containsKey(fetch)) {
            return fetch.halt(LocalFetch.Intention.CANCEL)
                    .thenCompose(status -> requests.latest().thenApply(forgotten -> status));
        }
        if (fetch.state().isEnded()) {
            return discardEnded(fetch.facts(this::discardEnded));
        }
        fetches.remove(fetch);
        queue.remove(fetch);
        retries.exclude(fetch);
        CompletableFuture<Fetch.Status> unused = fetch.halt(LocalFetch.Intention.CANCEL);
        fetch.failed(FetchFailures.cancelled(fetch.hash()));
        fetch.halted();
        return discard(fetch.facts(this::discardEnded)).thenApply(discarded -> fetch.status());
    }

    private CompletableFuture<Fetch.Status> discardEnded(EndedFetch fetch) {
        return discard(fetch).thenApply(discarded -> {
            over.remove(fetch);
            return fetch.status().in(FetchState.CANCELLED);
        });
    }

    /** Deletes what is there of a fetch, unless another to the same place goes on from it. */
    private CompletableFuture<?> discard(EndedFetch fetch) {
        if (fetches.stream().anyMatch(other -> other.isLike(fetch))) {
            return CompletableFuture.completedFuture(fetch);
        }
        return work.offload(() -> RememberedFetch.discard(state, fetch.place(), fetch.options()))
                .thenCompose(discarded -> requests.forget(fetch.hash(), fetch.place()));
    }

    @Override
    public void stop(LocalFetch fetch) {
        if (!fetch.state().isEnded()) {
            Work.watch(requests.setState(fetch, StoredFetchState.PAUSED), "remembering that a fetch was stopped");
            CompletableFuture<Fetch.Status> unused = fetch.halt(LocalFetch.Intention.STOP);
            if (!active.containsKey(fetch)) {
                queue.remove(fetch);
                failed(fetch, FetchFailures.stopped(fetch.hash()));
            }
        }
    }

    @Override
    public void completed(LocalFetch fetch, FetchEvent.Complete complete) {
        Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch that is done");
        fetch.completed(complete);
        ended(fetch);
        free(fetch);
    }

    @Override
    public void gaveUp(LocalFetch fetch, boolean anythingKept, CairnException failure) {
        boolean toldTo = failure.kind() == Kind.INTERRUPTED;
        if (fetch.intention() == LocalFetch.Intention.CANCEL) {
            fetches.remove(fetch);
            retries.exclude(fetch);
            Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch that was cancelled");
            fetch.failed(FetchFailures.cancelled(fetch.hash()));
        } else if (toldTo && fetch.intention() == LocalFetch.Intention.PAUSE) {
            fetch.paused();
        } else if (mayComeYet(fetch, failure) && !unremembered.containsKey(fetch)) {
            fetch.retriedLater(failure, retries.later(fetch));
        } else {
            if (!toldTo && !anythingKept) {
                Work.watch(requests.forget(fetch.hash(), fetch.place()), "forgetting a fetch of which nothing came");
            }
            failed(fetch, failure);
        }
        free(fetch);
    }

    /** Nothing of it moves any more: its hash and its place are another's. */
    private void free(LocalFetch fetch) {
        HashOwners.Claim claim = active.remove(fetch);
        fetch.halted();
        if (claim != null) {
            claim.release();
        }
    }

    /** What cannot be remembered goes on as long as something comes, but does not wait, and is not said to be kept. */
    private void remember(LocalFetch fetch) {
        Work.watch(
                requests.remember(fetch, clock.wallMillis()).handle((done, failure) -> {
                    if (failure != null && !fetch.state().isEnded()) {
                        unremembered.put(fetch, FetchFailures.of(fetch.hash(), Work.cause(failure)));
                    }
                    return fetch;
                }),
                "remembering a fetch");
    }

    private void failed(LocalFetch fetch, CairnException failure) {
        fetch.failed(unremembered.getOrDefault(fetch, failure));
        fetch.halted();
        ended(fetch);
    }

    /** From now on it is a row of facts. */
    private void ended(LocalFetch fetch) {
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

    /** What mends itself: somebody who has it comes, or the network does. A full disk or a wrong target needs the user. */
    private boolean mayComeYet(LocalFetch fetch, CairnException failure) {
        boolean nobodyGave = RETRIED.contains(failure.kind());
        return nobodyGave && !closing && fetch.intention() == null && retries.includes(fetch);
    }

    private void tryAgain(LocalFetch fetch) {
        CairnException running = running(fetch);
        if (running == null) {
            enqueue(fetch);
        } else {
            fetch.retriedLater(running, retries.later(fetch));
        }
    }

    private void enqueue(LocalFetch fetch) {
        fetch.queued();
        queue.addLast(fetch);
        startNext();
        if (queue.contains(fetch)) {
            fetch.waits(active.size() + queue.size() - 1);
        }
    }

    private void startNext() {
        for (LocalFetch next = nextToStart(); next != null; next = nextToStart()) {
            next.starting();
            fetching.begin(next);
        }
    }

    /** The first in the queue on whose hash nobody works, which owns it from now on; null if there is none, or enough are under way. */
    private @Nullable LocalFetch nextToStart() {
        if (closing || active.size() >= atOnceMax) {
            return null;
        }
        for (LocalFetch next : queue) {
            HashOwners.Claim claim = owners.claim(next.hash(), HashOwners.Use.FETCH);
            if (claim != null) {
                queue.remove(next);
                active.put(next, claim);
                return next;
            }
        }
        return null;
    }

    /** The same command given again goes on with what was paused, or has ended. */
    private void replaceEarlier(LocalFetch fetch) {
        over.replacedBy(fetch);
        List<LocalFetch> earlier = fetches.stream()
                .filter(other -> other != fetch && other.isLike(fetch))
                .filter(other -> other.state() == FetchState.PAUSED || other.state() == FetchState.WAITING)
                .toList();
        fetches.removeAll(earlier);
        for (LocalFetch replaced : earlier) {
            retries.exclude(replaced);
            replaced.abandon(FetchFailures.stopped(replaced.hash()));
        }
    }

    /** Why a fetch cannot begin now, if another of its hash is under way or waits for its turn. */
    private @Nullable CairnException running(LocalFetch fetch) {
        boolean running = unended(fetch.hash()).stream()
                .anyMatch(other ->
                        other != fetch && other.isAccepted() && !other.state().letsOthersBegin());
        return running ? FetchFailures.busy(fetch.hash()) : null;
    }

    private List<LocalFetch> unended(Key hash) {
        return fetches.stream()
                .filter(fetch -> fetch.hash().equals(hash) && !fetch.state().isEnded())
                .toList();
    }
}
