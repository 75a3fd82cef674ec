package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.dht.node.Dht;
import io.cairn.dht.node.Provision;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.PartDamagedException;
import io.cairn.transfer.store.PartPlace;
import io.cairn.transfer.store.PartialContent;
import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.store.StateDatabase;
import io.cairn.transfer.store.StoredFetch;
import io.cairn.transfer.store.StoredShare;
import io.cairn.transfer.store.TargetComparison;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.FetchPlan;
import io.cairn.transfer.swarm.FetchProgress;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.SwarmFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a fetch of this node does from its start to its end: lets the swarm fetch, or copies what the node itself serves, then places what
 * is complete or puts away what is not. Confined to the loop; disk goes to workers.
 */
final class FetchWork {
    private final Work work;
    private final Scheduler scheduler;
    private final Clock clock;
    private final StateDatabase state;
    private final Dht dht;
    private final Swarm swarm;
    private final Shares shares;
    private final HashOwners owners;
    private final Surroundings surroundings;
    private final Supplier<NetworkView> view;
    private final Map<Key, StoredFetch> placedBefore = new HashMap<>();
    private @Nullable Ending ending;

    FetchWork(
            Work work,
            Scheduler scheduler,
            Clock clock,
            StateDatabase state,
            Dht dht,
            Swarm swarm,
            Shares shares,
            HashOwners owners,
            Surroundings surroundings,
            Supplier<NetworkView> view) {
        this.work = work;
        this.scheduler = scheduler;
        this.clock = clock;
        this.state = state;
        this.dht = dht;
        this.swarm = swarm;
        this.shares = shares;
        this.owners = owners;
        this.surroundings = surroundings;
        this.view = view;
    }

    /** Hears how a fetch ended when nothing of it moves any more. */
    interface Ending {
        void completed(LocalFetch fetch, FetchEvent.Complete complete);

        /** @param anythingKept whether some of it is here for a later try */
        void gaveUp(LocalFetch fetch, boolean anythingKept, CairnException failure);
    }

    /** Names who hears; before the first fetch begins. */
    void onEnding(Ending heard) {
        ending = heard;
    }

    /** Names what an earlier run placed just before it was ended: a fetch to there need not ask anybody. */
    void placedBefore(List<StoredFetch> placed) {
        placed.forEach(fetch -> placedBefore.put(fetch.hash(), fetch));
    }

    /** What this node itself shares is not fetched but copied, so that is asked first. */
    void begin(LocalFetch fetch) {
        Work.watch(
                shares.find(fetch.hash()).handle((own, failure) -> {
                    if (own == null) {
                        giveUp(fetch, null, FetchFailures.of(fetch.hash(), failure));
                    } else {
                        attempt(fetch, () -> begin(fetch, own));
                    }
                    return fetch;
                }),
                "beginning a fetch");
    }

    /** Whatever goes wrong with a step, the fetch ends and gives back what it holds. */
    private void attempt(LocalFetch fetch, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException failure) {
            giveUp(fetch, fetch.content(), FetchFailures.of(fetch.hash(), failure));
        }
    }

    /** What was copied is shared from elsewhere now, or others are asked, when what was opened for the copy is closed. */
    private void copyOrSearch(LocalFetch fetch, PartialContent opened) {
        instead(
                fetch,
                opened,
                () -> shares.served(fetch.hash()).ifPresentOrElse(own -> copy(fetch, own), () -> search(fetch)));
    }

    private void instead(LocalFetch fetch, PartialContent opened, Runnable step) {
        Work.watch(
                closing(opened).handle((closed, failure) -> {
                    if (failure == null) {
                        attempt(fetch, step);
                    } else {
                        giveUp(fetch, null, FetchFailures.of(fetch.hash(), failure));
                    }
                    return fetch;
                }),
                "fetching what was removed or changed");
    }

    private void begin(LocalFetch fetch, Optional<SharedContent> own) {
        StoredFetch placed = placedBefore.get(fetch.hash());
        if (own.isPresent()) {
            copy(fetch, own.get());
        } else if (placed != null && wasPlacedBefore(fetch)) {
            compare(fetch, placed.manifest());
        } else {
            compareOrSearch(fetch);
        }
    }

    /** What is at the target already and is the share needs nobody, where its manifest is known here. */
    private void compareOrSearch(LocalFetch fetch) {
        Work.watch(
                work.offload(() -> rememberedOfTaken(fetch)).handle((manifest, failure) -> {
                    attempt(fetch, () -> {
                        if (fetch.intention() != null) {
                            giveUp(fetch, null, FetchFailures.stopped(fetch.hash()));
                        } else if (manifest != null && manifest.isPresent()) {
                            compare(fetch, manifest.get());
                        } else {
                            search(fetch);
                        }
                    });
                    return fetch;
                }),
                "looking at the target");
    }

    private Optional<Manifest> rememberedOfTaken(LocalFetch fetch) throws IOException {
        Optional<Manifest> manifest = remembered(fetch.hash());
        return manifest.isPresent() && fetch.place().isTaken(manifest.get()) ? manifest : Optional.empty();
    }

    private Optional<Manifest> remembered(Key hash) throws IOException {
        Optional<Manifest> shared = state.shares().find(hash).map(StoredShare::manifest);
        return shared.isPresent()
                ? shared
                : state.fetches().find(hash).stream().findFirst().map(StoredFetch::manifest);
    }

    /** Where nobody gave the manifest, what is at the target cannot be compared and stands in the way. */
    private void searchedInVain(LocalFetch fetch, FetchOutcome outcome) {
        Work.watch(
                work.offload(fetch.place()::isTaken).handle((inTheWay, failure) -> {
                    CairnException nobody = FetchFailures.of(fetch.hash(), outcome, view.get());
                    giveUp(
                            fetch,
                            null,
                            Boolean.TRUE.equals(inTheWay)
                                    ? FetchFailures.uncompared(
                                            fetch.hash(), fetch.place().output(), nobody)
                                    : nobody);
                    return fetch;
                }),
                "looking at the target");
    }

    /** Whether an earlier run placed the share where this fetch would put it, and was ended before it could note that. */
    boolean wasPlacedBefore(LocalFetch fetch) {
        StoredFetch placed = placedBefore.get(fetch.hash());
        return placed != null && fetch.place().isAt(placed.target(), placed.manifest());
    }

    /** The swarm is done. */
    void ended(LocalFetch fetch, FetchOutcome outcome) {
        PartialContent content = fetch.content();
        IOException unwritable = fetch.syncFailure();
        if (outcome instanceof FetchOutcome.Completed completed && content != null) {
            Work.watch(
                    work.offload(content::finish)
                            .thenCompose(path -> placed(fetch, content, path).thenApply(done -> path))
                            .handle((path, failure) -> {
                                if (failure == null) {
                                    ending().completed(fetch, complete(fetch, content, path, completed));
                                } else if (isDamaged(failure) && fetch.mayRepeat()) {
                                    leave(fetch.hash());
                                    instead(fetch, content, () -> begin(fetch));
                                } else {
                                    giveUp(fetch, content, FetchFailures.of(fetch.hash(), failure));
                                }
                                return fetch;
                            }),
                    "placing a share");
        } else {
            boolean isUnknown = content == null
                    && (outcome instanceof FetchOutcome.NoProvider || outcome instanceof FetchOutcome.Stalled);
            if (isUnknown) {
                searchedInVain(fetch, outcome);
                return;
            }
            FetchOutcome ended = unwritable == null ? outcome : new FetchOutcome.StorageFailed(unwritable);
            giveUp(fetch, content, FetchFailures.of(fetch.hash(), ended, view.get()));
        }
    }

    private static boolean isDamaged(Throwable failure) {
        return failure instanceof PartDamagedException || failure.getCause() instanceof PartDamagedException;
    }

    /** Looks at what is at the target, and searches only if it is not there any more. */
    private void compare(LocalFetch fetch, Manifest manifest) {
        fetch.begin(() -> {}, () -> found(manifest, fetch.opened()));
        Work.watch(
                work.offload(() -> open(fetch, manifest)).handle((opened, failure) -> {
                    if (opened != null && !opened.wasThere()) {
                        copyOrSearch(fetch, opened);
                    } else if (opened != null) {
                        fetch.manifest(manifest, dht.id(), OwnCopy.bytes(manifest, opened.have()));
                        copied(fetch, null, new FetchOutcome.Completed(List.of(), 0), null);
                    } else {
                        copied(fetch, null, null, failure);
                    }
                    return fetch;
                }),
                "comparing what is at the target");
    }

    private static FetchProgress found(Manifest manifest, @Nullable PartialContent content) {
        ChunkSet chunks = content == null ? ChunkSet.none(manifest.chunkCount()) : content.have();
        long bytes = OwnCopy.bytes(manifest, chunks);
        return new FetchProgress(FetchProgress.Stage.CHUNKS, bytes, bytes, chunks.size(), chunks.size(), 0, 0);
    }

    private void search(LocalFetch fetch) {
        FetchTarget target = fetch.options().target();
        FetchPlan plan = new FetchPlan(
                manifest -> wanted(fetch, manifest), fetch.options().sequential());
        SwarmFetch begun = swarm.fetch(
                target.hash(), surroundings.meantBy(target.peers()), manifest -> open(fetch, manifest), plan, fetch);
        fetch.begin(begun::stop, begun::progress);
    }

    /** On a worker, after the place for the chunks was opened. */
    private static ChunkSet wanted(LocalFetch fetch, Manifest manifest) {
        PartialContent content = fetch.opened();
        return content == null ? ChunkSet.all(manifest.chunkCount()) : content.wanted();
    }

    /** What this node serves itself is copied here; a fetch by the swarm would take the place of what is served. */
    private void copy(LocalFetch fetch, SharedContent own) {
        OwnCopy copy = new OwnCopy(own, clock);
        fetch.begin(copy::stop, copy::progress);
        Work.watch(
                work.offload(() -> open(fetch, own.manifest()))
                        .thenCompose(opened -> {
                            fetch.manifest(own.manifest(), dht.id(), OwnCopy.bytes(own.manifest(), opened.have()));
                            return work.offload(() -> copy.to(opened, wanted(fetch, own.manifest())));
                        })
                        .handle((outcome, failure) -> {
                            attempt(fetch, () -> copied(fetch, own, outcome, failure));
                            return fetch;
                        }),
                "copying a share of this node");
    }

    /** @param own what was copied; null if what was placed before was looked at */
    private void copied(
            LocalFetch fetch,
            @Nullable SharedContent own,
            @Nullable FetchOutcome outcome,
            @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Work.cause(failure);
        PartialContent content = fetch.content();
        boolean isUnshared =
                own != null && shares.served(fetch.hash()).filter(own::equals).isEmpty();
        if (outcome != null) {
            if (outcome instanceof FetchOutcome.Completed && content != null) {
                fetch.verified(content.wanted().size());
            }
            fetch.ended(outcome);
        } else if (cause instanceof ContentChangedException changed && content != null) {
            if (!isUnshared || own != null && shares.served(fetch.hash()).isEmpty()) {
                shares.contentChanged(fetch.hash(), changed.path(), String.valueOf(changed.getMessage()));
            }
            copyOrSearch(fetch, content);
        } else if (isUnshared && content != null && fetch.intention() == null) {
            copyOrSearch(fetch, content); // it was closed while it was copied
        } else if (cause instanceof IOException io) {
            fetch.ended(new FetchOutcome.StorageFailed(io));
        } else if (cause instanceof CancellationException) {
            fetch.ended(new FetchOutcome.Stopped());
        } else {
            giveUp(fetch, content, FetchFailures.of(fetch.hash(), new IllegalStateException("the copy failed", cause)));
        }
    }

    /** On a worker: the place for the chunks. From here on this node is named as a peer that has some of them. */
    private PartialContent open(LocalFetch fetch, Manifest manifest) throws IOException {
        FetchOptions options = fetch.options();
        FileSelection chosen = chosen(options, manifest);
        PartPlace place =
                new PartPlace(fetch.place().target(manifest), chosen, options.onExisting(), options.keepSharing());
        PartialContent content =
                PartialContent.open(state, clock, manifest, place, comparison(fetch, manifest, chosen.chunks()));
        fetch.opened(content);
        scheduler.execute(() -> {
            owners.knows(manifest);
            if (shares.served(manifest.hash()).isEmpty() && !content.wasThere()) {
                dht.provide(new Provision(manifest.hash(), List.of(), surroundings.addresses(), 0));
            }
        });
        return content;
    }

    private static TargetComparison comparison(LocalFetch fetch, Manifest manifest, ChunkSet wanted) {
        return new TargetComparison() {
            @Override
            public void compared(Path target, long bytes) {
                fetch.compared(manifest, target, bytes, wanted);
            }

            @Override
            public boolean isCancelled() {
                return fetch.intention() != null;
            }
        };
    }

    private static FileSelection chosen(FetchOptions options, Manifest manifest) throws IOException {
        try {
            return FileSelection.matching(manifest, FetchChoice.of(options));
        } catch (CairnException malformed) {
            throw new IOException("the patterns cannot be used", malformed);
        }
    }

    /** The file is in place: either it is shared from there, or this node has nothing to do with it any more. */
    private CompletableFuture<?> placed(LocalFetch fetch, PartialContent content, Path path) {
        Manifest manifest = content.manifest();
        fetch.placed();
        if (fetch.options().keepSharing() && shares.served(manifest.hash()).isEmpty()) {
            return shares.adopt(manifest, path, content.stamps()).thenCompose(served -> closing(content));
        }
        leave(manifest.hash());
        return closing(content);
    }

    private void giveUp(LocalFetch fetch, @Nullable PartialContent content, CairnException failure) {
        if (content == null) {
            ending().gaveUp(fetch, false, failure);
            return;
        }
        leave(content.manifest().hash());
        boolean discarded = fetch.intention() == LocalFetch.Intention.CANCEL;
        CompletableFuture<PartialContent> putAway = work.offload(() -> {
            if (discarded) {
                content.discard();
                fetch.place().removeMade();
            } else {
                content.close();
            }
            return content;
        });
        Work.watch(
                putAway.whenComplete((done, problem) -> ending().gaveUp(fetch, !discarded, failure)),
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

    private Ending ending() {
        if (ending == null) {
            throw new IllegalStateException("nobody hears how fetches end");
        }
        return ending;
    }

    private static FetchEvent.Complete complete(
            LocalFetch fetch, PartialContent content, Path path, FetchOutcome.Completed completed) {
        Manifest manifest = content.manifest();
        return new FetchEvent.Complete(
                manifest.hash(),
                manifest.name(),
                path,
                content.chosenBytes(),
                content.wanted().size(),
                fetch.elapsedMillis(),
                LocalFetch.contributions(completed.peers()),
                completed.badChunks(),
                content.wasThere(),
                content.substituted());
    }
}
