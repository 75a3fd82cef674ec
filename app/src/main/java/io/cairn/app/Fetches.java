package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.Dht;
import io.cairn.dht.node.Provision;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.PartialContent;
import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StoredFetch;
import io.cairn.transfer.store.UnfinishedFetches;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.FetchPlan;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.SwarmFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The fetches of this node: begins them, places what is complete, keeps what is not. Confined to the loop; disk goes to workers. */
final class Fetches implements LocalFetch.Ending {
    private final Work work;
    private final Scheduler scheduler;
    private final Clock clock;
    private final StateDatabase state;
    private final Dht dht;
    private final Swarm swarm;
    private final Shares shares;
    private final Supplier<List<Endpoint>> addresses;
    private final List<LocalFetch> fetches = new ArrayList<>();

    Fetches(
            Work work,
            Scheduler scheduler,
            Clock clock,
            StateDatabase state,
            Dht dht,
            Swarm swarm,
            Shares shares,
            Supplier<List<Endpoint>> addresses) {
        this.work = work;
        this.scheduler = scheduler;
        this.clock = clock;
        this.state = state;
        this.dht = dht;
        this.swarm = swarm;
        this.shares = shares;
        this.addresses = addresses;
    }

    /** Goes on sharing what an earlier run placed just before it was killed, where it was to be shared. */
    CompletableFuture<Void> restore() {
        return work.offload(() -> new UnfinishedFetches(state).takePlaced())
                .thenAccept(placed -> placed.stream()
                        .filter(StoredFetch::keepSharing)
                        .forEach(fetch -> Work.watch(
                                shares.adopt(fetch.manifest(), fetch.target()), "going on sharing " + fetch.target())));
    }

    /** Begins a fetch. May be called from any thread; the fetch itself begins on the loop. */
    LocalFetch start(FetchOptions options, Consumer<FetchEvent> listener) {
        FetchPlace place = FetchPlace.of(options);
        LocalFetch fetch = new LocalFetch(options, place, listener, scheduler, clock, this);
        Work.watch(work.onLoop(() -> checkThenBegin(fetch, place)), "beginning a fetch");
        return fetch;
    }

    private CompletableFuture<LocalFetch> checkThenBegin(LocalFetch fetch, FetchPlace place) {
        CompletableFuture<FetchPlace> checked = work.offload(() -> {
            place.check();
            return place;
        });
        return checked.thenCombine(shares.restored(), (usable, restored) -> usable)
                .handle((usable, refused) -> {
                    fetches.add(fetch);
                    if (refused == null) {
                        begin(fetch);
                    } else {
                        fetch.failed(asFailure(fetch, refused));
                    }
                    return fetch;
                });
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
        fetches.forEach(LocalFetch::stop);
        return CompletableFuture.allOf(fetches.stream()
                .map(fetch -> fetch.completion().handle((complete, failure) -> failure))
                .toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void ended(LocalFetch fetch, FetchOutcome outcome) {
        PartialContent content = fetch.content();
        IOException unwritable = fetch.syncFailure();
        if (outcome instanceof FetchOutcome.Completed completed && content != null) {
            Work.watch(
                    work.offload(content::finish)
                            .thenCompose(path -> placed(fetch, content, path).thenApply(done -> path))
                            .handle((path, failure) -> {
                                if (failure == null) {
                                    fetch.completed(complete(fetch, content.manifest(), path, completed));
                                } else {
                                    giveUp(fetch, content, asFailure(fetch, failure));
                                }
                                return fetch;
                            }),
                    "placing a share");
        } else {
            FetchOutcome ended = unwritable == null ? outcome : new FetchOutcome.StorageFailed(unwritable);
            giveUp(fetch, content, FetchFailures.of(fetch.hash(), ended));
        }
    }

    private void begin(LocalFetch fetch) {
        FetchTarget target = fetch.options().target();
        boolean running = fetches.stream()
                .anyMatch(other -> other != fetch
                        && other.hash().equals(target.hash())
                        && !other.completion().isDone());
        if (running) {
            fetch.failed(new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot fetch " + target.hash().toHex(),
                    "this node is fetching it already",
                    "see how far it is with: fetches"));
            return;
        }
        shares.served(target.hash()).ifPresentOrElse(own -> copy(fetch, own), () -> search(fetch));
    }

    private void search(LocalFetch fetch) {
        FetchTarget target = fetch.options().target();
        SwarmFetch begun =
                swarm.fetch(target.hash(), target.peers(), manifest -> open(fetch, manifest), FetchPlan.WHOLE, fetch);
        fetch.begin(begun::stop, begun::progress);
    }

    /** What this node serves itself is copied here; a fetch by the swarm would take the place of what is served. */
    private void copy(LocalFetch fetch, SharedContent own) {
        OwnCopy copy = new OwnCopy(own, clock);
        fetch.begin(copy::stop, copy::progress);
        Work.watch(
                work.offload(() -> open(fetch, own.manifest()))
                        .thenCompose(opened -> {
                            fetch.manifest(own.manifest(), dht.id(), OwnCopy.bytes(own.manifest(), opened.have()));
                            return work.offload(() -> copy.to(opened));
                        })
                        .handle((outcome, failure) -> {
                            copied(fetch, outcome, failure);
                            return fetch;
                        }),
                "copying a share of this node");
    }

    private void copied(LocalFetch fetch, @Nullable FetchOutcome outcome, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        PartialContent content = fetch.content();
        if (outcome != null) {
            if (outcome instanceof FetchOutcome.Completed && content != null) {
                fetch.verified(content.manifest().chunkCount());
            }
            fetch.ended(outcome);
        } else if (cause instanceof ContentChangedException changed && content != null) {
            shares.contentChanged(fetch.hash(), changed.path(), String.valueOf(changed.getMessage()));
            Work.watch(closing(content).thenRun(() -> search(fetch)), "fetching what this node shared before");
        } else if (cause instanceof IOException io) {
            fetch.ended(new FetchOutcome.StorageFailed(io));
        } else {
            giveUp(fetch, content, asFailure(fetch, new IllegalStateException("the copy failed", cause)));
        }
    }

    /** On a worker: the place for the chunks. From here on this node is named as a peer that has some of them. */
    private GrowingContent open(LocalFetch fetch, Manifest manifest) throws IOException {
        Path target = fetch.place().target(manifest);
        PartialContent content = PartialContent.open(
                state, clock, manifest, target, fetch.options().keepSharing());
        fetch.opened(content, target);
        scheduler.execute(() -> {
            if (shares.served(manifest.hash()).isEmpty()) {
                dht.provide(new Provision(manifest.hash(), List.of(), addresses.get(), 0));
            }
        });
        return content;
    }

    /** The file is in place: either it is shared from there, or this node has nothing to do with it any more. */
    private CompletableFuture<?> placed(LocalFetch fetch, PartialContent content, Path path) {
        Manifest manifest = content.manifest();
        if (fetch.options().keepSharing() && shares.served(manifest.hash()).isEmpty()) {
            swarm.stopServing(manifest.hash());
            CompletableFuture<?> adopted = shares.adopt(manifest, path);
            return adopted.thenCompose(done -> closing(content));
        }
        leave(manifest.hash());
        return closing(content);
    }

    private void giveUp(LocalFetch fetch, @Nullable PartialContent content, CairnException failure) {
        if (content == null) {
            fetch.failed(failure);
            return;
        }
        leave(content.manifest().hash());
        CompletableFuture<PartialContent> putAway = work.offload(() -> {
            if (fetch.isDiscardRequested()) {
                content.discard();
            } else {
                content.close();
            }
            return content;
        });
        Work.watch(
                putAway.whenComplete((done, problem) -> fetch.failed(failure)),
                "putting away what was fetched of " + content.manifest());
    }

    private void leave(Key hash) {
        if (shares.served(hash).isEmpty()) {
            swarm.stopServing(hash);
            dht.withdraw(hash);
        }
    }

    private CompletableFuture<?> closing(PartialContent content) {
        return work.offload(() -> {
            content.close();
            return content;
        });
    }

    private static FetchEvent.Complete complete(
            LocalFetch fetch, Manifest manifest, Path path, FetchOutcome.Completed completed) {
        return new FetchEvent.Complete(
                manifest.hash(),
                manifest.name(),
                path,
                manifest.totalBytes(),
                manifest.chunkCount(),
                fetch.elapsedMillis(),
                LocalFetch.contributions(completed.peers()),
                completed.badChunks());
    }

    private static CairnException asFailure(LocalFetch fetch, Throwable failure) {
        Throwable cause =
                failure instanceof java.util.concurrent.CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : failure;
        if (cause instanceof CairnException known) {
            return known;
        }
        String what = "cannot fetch " + fetch.hash().toHex();
        return cause instanceof IOException io
                ? FetchFailures.storage(what, io)
                : new CairnException(
                        CairnException.Kind.OTHER,
                        what,
                        String.valueOf(cause),
                        "run it again with -v and report what it says",
                        cause);
    }
}
