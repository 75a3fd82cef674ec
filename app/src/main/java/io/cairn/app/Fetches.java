package io.cairn.app;

import io.cairn.app.CairnException.Kind;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.FetchState;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StoredFetch;
import io.cairn.transfer.store.UnfinishedFetches;
import io.cairn.transfer.swarm.FetchOutcome;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fetches of this node: so many are under way at once, the others wait their turn or are paused; what is not done is remembered for
 * later runs. Confined to the loop; disk goes to workers.
 */
final class Fetches implements LocalFetch.Control, FetchWork.Ending {
    private final Work work;
    private final Scheduler scheduler;
    private final Clock clock;
    private final StateDatabase state;
    private final Shares shares;
    private final FetchWork fetching;
    private final FetchRequests requests;
    private final FetchRetries retries;
    private final int atOnceMax;
    private final List<LocalFetch> fetches = new ArrayList<>();
    private final Deque<LocalFetch> queue = new ArrayDeque<>();
    private final Set<LocalFetch> active = new LinkedHashSet<>();
    private final CompletableFuture<Void> restored = new CompletableFuture<>();
    private boolean closing;

    /** @param atOnceMax how many fetches are under way at once; the others wait in the order they were asked for */
    Fetches(
            Work work,
            Scheduler scheduler,
            Clock clock,
            StateDatabase state,
            Shares shares,
            FetchWork fetching,
            int atOnceMax) {
        this.work = work;
        this.scheduler = scheduler;
        this.clock = clock;
        this.state = state;
        this.shares = shares;
        this.fetching = fetching;
        this.requests = new FetchRequests(work, state);
        this.retries = new FetchRetries(scheduler, clock, this::tryAgain);
        this.atOnceMax = atOnceMax;
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
    CompletableFuture<List<Fetch>> takeUp(Function<FetchOptions, Consumer<FetchEvent>> listeners) {
        return restored.thenCompose(done -> work.offload(() -> RememberedFetch.all(state)))
                .thenApply(remembered -> remembered.stream()
                        .filter(one -> unended(one.options().target().hash()).isEmpty())
                        .<Fetch>map(one -> takeUp(one, listeners.apply(one.options())))
                        .toList());
    }

    private LocalFetch takeUp(RememberedFetch remembered, Consumer<FetchEvent> listener) {
        LocalFetch fetch = new LocalFetch(remembered.options(), remembered.place(), listener, scheduler, clock, this);
        StoredFetch stored = remembered.stored();
        if (stored != null) {
            fetch.restored(stored.manifest().name(), stored.target(), stored.manifest(), stored.chunks());
        }
        fetches.add(fetch);
        retries.include(fetch);
        if (!remembered.requested()) {
            requests.remember(fetch, clock.wallMillis());
        }
        if (remembered.state() == FetchState.PAUSED) {
            fetch.paused();
        } else {
            enqueue(fetch);
        }
        return fetch;
    }

    /** Begins a fetch, or has it wait its turn. May be called from any thread. */
    LocalFetch start(FetchOptions options, Consumer<FetchEvent> listener) {
        FetchPlace place = FetchPlace.of(options);
        LocalFetch fetch = new LocalFetch(options, place, listener, scheduler, clock, this);
        Work.watch(work.onLoop(() -> accept(fetch)), "beginning a fetch");
        return fetch;
    }

    private CompletableFuture<LocalFetch> accept(LocalFetch fetch) {
        CompletableFuture<LocalFetch> checked = restored.thenCompose(known -> {
            boolean placedBefore = fetching.wasPlacedBefore(fetch);
            return work.offload(() -> {
                FetchChoice.of(fetch.options());
                fetch.place().check(placedBefore);
                return fetch;
            });
        });
        return checked.handle((known, refused) -> {
            CairnException refusal = refused == null ? running(fetch) : FetchFailures.of(fetch.hash(), refused);
            replaceEarlier(fetch);
            fetches.add(fetch);
            if (refusal != null) {
                fetch.failed(refusal);
                fetch.halted();
            } else if (closing || fetch.intention() != null) {
                active.add(fetch);
                gaveUp(fetch, false, FetchFailures.stopped(fetch.hash()));
            } else {
                requests.remember(fetch, clock.wallMillis());
                enqueue(fetch);
            }
            return fetch;
        });
    }

    /** Somebody new may have what nobody else had. */
    void contactAppeared() {
        retries.contactAppeared();
    }

    List<Fetch> list() {
        return List.copyOf(fetches);
    }

    /** The manifest of a fetch of this run or of an earlier one that is not finished. Blocks: for workers. */
    Optional<Manifest> storedManifest(Key hash) throws IOException {
        return state.fetches().find(hash).stream().findFirst().map(fetch -> fetch.manifest());
    }

    /** Stops all; completes when what was fetched is safe for a later run. */
    CompletableFuture<Void> close() {
        closing = true;
        retries.close();
        queue.clear();
        CompletableFuture<?>[] halted = fetches.stream()
                .filter(active::contains)
                .map(fetch -> fetch.halt(LocalFetch.Intention.CLOSE))
                .toArray(CompletableFuture<?>[]::new);
        fetches.forEach(fetch -> {
            if (!active.contains(fetch)) {
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
        if (fetch.status().isEnded()) {
            return refused("pause", fetch, "fetches shows how each of them stands");
        }
        CompletableFuture<?> remembered = requests.setState(fetch, FetchState.PAUSED);
        if (isPaused(fetch) || queue.remove(fetch) || retries.wake(fetch)) {
            fetch.paused();
            return remembered.thenApply(done -> fetch.status());
        }
        return remembered.thenCombine(fetch.halt(LocalFetch.Intention.PAUSE), (done, status) -> status);
    }

    @Override
    public CompletableFuture<Fetch.Status> resume(LocalFetch fetch) {
        if (fetch.status().isEnded()) {
            return refused("resume", fetch, "fetch it again");
        }
        CairnException running = running(fetch);
        if (running != null) {
            return CompletableFuture.failedFuture(running);
        }
        if (!isPaused(fetch) && !retries.wake(fetch)) {
            return CompletableFuture.completedFuture(fetch.status());
        }
        enqueue(fetch);
        return requests.setState(fetch, FetchState.ACTIVE).thenApply(done -> fetch.status());
    }

    @Override
    public CompletableFuture<Fetch.Status> cancel(LocalFetch fetch) {
        if (fetch.status().state().equals("done")) {
            return refused("cancel", fetch, "delete the file itself if you do not want it");
        }
        CompletableFuture<Fetch.Status> halted = fetch.halt(LocalFetch.Intention.CANCEL);
        if (active.contains(fetch)) {
            return halted;
        }
        queue.remove(fetch);
        retries.exclude(fetch);
        return work.offload(() -> RememberedFetch.discard(state, fetch.place(), fetch.options()))
                .thenCompose(discarded -> requests.forget(fetch))
                .thenApply(forgotten -> {
                    fetches.remove(fetch);
                    fetch.failed(FetchFailures.cancelled(fetch.hash()));
                    return fetch.status();
                });
    }

    @Override
    public void stop(LocalFetch fetch) {
        if (!fetch.status().isEnded()) {
            Work.watch(requests.setState(fetch, FetchState.PAUSED), "remembering that a fetch was stopped");
            CompletableFuture<Fetch.Status> unused = fetch.halt(LocalFetch.Intention.STOP);
            if (isPaused(fetch) || queue.remove(fetch) || retries.wake(fetch)) {
                fetch.failed(FetchFailures.stopped(fetch.hash()));
            }
        }
    }

    @Override
    public void completed(LocalFetch fetch, FetchEvent.Complete complete) {
        Work.watch(requests.forget(fetch), "forgetting a fetch that is done");
        active.remove(fetch);
        retries.exclude(fetch);
        fetch.completed(complete);
        fetch.halted();
        startNext();
    }

    @Override
    public void gaveUp(LocalFetch fetch, boolean anythingKept, CairnException failure) {
        active.remove(fetch);
        boolean toldTo = failure.kind() == Kind.INTERRUPTED;
        if (toldTo && fetch.intention() == LocalFetch.Intention.PAUSE) {
            fetch.paused();
        } else if (fetch.intention() == LocalFetch.Intention.CANCEL) {
            fetches.remove(fetch);
            retries.exclude(fetch);
            Work.watch(requests.forget(fetch), "forgetting a fetch that was cancelled");
            fetch.failed(FetchFailures.cancelled(fetch.hash()));
        } else if (mayComeYet(fetch, failure)) {
            fetch.retriedLater(failure, retries.later(fetch));
        } else {
            if (!toldTo && !anythingKept) {
                Work.watch(requests.forget(fetch), "forgetting a fetch of which nothing came");
            }
            fetch.failed(failure);
        }
        fetch.halted();
        startNext();
    }

    private boolean mayComeYet(LocalFetch fetch, CairnException failure) {
        boolean nobodyGave = failure.kind() == Kind.NO_PROVIDER || failure.kind() == Kind.STALLED;
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
        while (!closing && active.size() < atOnceMax && !queue.isEmpty()) {
            LocalFetch next = queue.removeFirst();
            active.add(next);
            next.starting();
            fetching.begin(next);
        }
    }

    /** The same command given again goes on with what was paused, or has ended. */
    private void replaceEarlier(LocalFetch fetch) {
        fetches.removeIf(earlier -> {
            boolean same = earlier.hash().equals(fetch.hash())
                    && earlier.place().output().equals(fetch.place().output());
            boolean over = earlier.status().isEnded() || isHeldUp(earlier);
            if (same && over) {
                retries.exclude(earlier);
                earlier.abandon(FetchFailures.stopped(earlier.hash()));
            }
            return same && over;
        });
    }

    /** Why a fetch cannot begin now, if another of its hash is under way or waits. */
    private @Nullable CairnException running(LocalFetch fetch) {
        boolean running = unended(fetch.hash()).stream().anyMatch(other -> other != fetch && !isHeldUp(other));
        return running
                ? new CairnException(
                        Kind.OTHER,
                        "cannot fetch " + fetch.hash().toHex(),
                        "this node is fetching it already",
                        "see how far it is with: fetches")
                : null;
    }

    private List<LocalFetch> unended(Key hash) {
        return fetches.stream()
                .filter(fetch -> fetch.hash().equals(hash) && !fetch.status().isEnded())
                .toList();
    }

    /** Whether nothing of it moves until the user, or time, says so. */
    private static boolean isHeldUp(LocalFetch fetch) {
        return isPaused(fetch) || fetch.status().state().equals("waiting");
    }

    private static boolean isPaused(LocalFetch fetch) {
        return fetch.status().state().equals("paused");
    }

    private static CompletableFuture<Fetch.Status> refused(String verb, LocalFetch fetch, String next) {
        return CompletableFuture.failedFuture(new CairnException(
                Kind.OTHER,
                "cannot " + verb + " the fetch of " + fetch.hash().toHex(),
                "it has ended: it is " + fetch.status().state(),
                next));
    }
}
