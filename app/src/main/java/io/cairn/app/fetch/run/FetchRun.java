package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.share.Shares;
import io.cairn.app.why.StoredWhys;
import io.cairn.app.why.Whys;
import io.cairn.app.work.StoredManifests;
import io.cairn.app.work.Work;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.part.PartDamagedException;
import io.cairn.transfer.store.part.PartialContent;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import io.cairn.transfer.swarm.port.PeerId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a fetch, from the look-up to the placed file. Its chunks come from a share of this node, from the existing target, or
 * from the swarm. Confined to the loop; disk access runs on workers.
 */
public final class FetchRun {
    private static final int REPEATS_MAX = 5;

    /** How long written chunks may stay unjournalled, in milliseconds: a power cut may lose this much. */
    private static final long SYNC_MILLIS = 1_000;

    /** Longest time without an event, in milliseconds: who waits should see that something goes on. */
    private static final long QUIET_MILLIS_MAX = 1_000;

    private final FetchTools tools;
    private final Work work;
    private final FetchTask task;
    private final @Nullable StoredFetch placedBefore;
    private final boolean isRetried;
    private final FetchOpening opening;
    private final FetchPlacing placing;
    private final News news;
    private final FetchObstacles obstacles;
    private final CompletableFuture<FetchEnd> end = new CompletableFuture<>();
    private Source source = new Source(() -> {}, () -> none());
    private volatile @Nullable PartialContent content;
    private volatile boolean stopped;
    private volatile boolean discards;
    private long syncedMillis;
    private @Nullable IOException unwritable;
    private int repeats;

    /**
     * @param placedBefore content that an earlier process placed just before it was killed; null if none
     * @param isRetried whether another run may follow this one, and needs what was told for it
     */
    FetchRun(
            FetchTools tools,
            FetchTask task,
            FetchObstacles obstacles,
            @Nullable StoredFetch placedBefore,
            boolean isRetried) {
        this.tools = tools;
        this.work = tools.work();
        this.task = task;
        this.placedBefore = placedBefore;
        this.isRetried = isRetried;
        this.opening = new FetchOpening(tools, task, () -> stopped);
        this.placing = new FetchPlacing(tools, task);
        this.news = new News();
        this.obstacles = obstacles;
    }

    /** Starts it. Completes on the loop once all its work has stopped. */
    public CompletableFuture<FetchEnd> start() {
        begin();
        return end;
    }

    /** The verified chunks so far, once storage for them is open. */
    public Optional<PartialContent> content() {
        return Optional.ofNullable(content);
    }

    /**
     * Stops it. It ends once the writes in progress are done.
     *
     * @param discard whether to delete what arrived
     */
    public void stop(boolean discard) {
        stopped = true;
        discards = discard;
        source.stop().run();
    }

    /** Tries a share of this node first, since it only needs to be copied. */
    private void begin() {
        news.start();
        then(tools.shares().find(hash()), (own, failure) -> {
            if (own == null) {
                giveUp(null, failureOf(failure));
            } else {
                begin(own);
            }
        });
    }

    private void begin(Optional<SharedContent> own) {
        if (own.isPresent()) {
            copy(own.get());
        } else if (placedBefore != null && task.place().isAt(placedBefore.target(), placedBefore.manifest())) {
            compare(placedBefore.manifest());
        } else {
            compareOrSearch();
        }
    }

    /** If the manifest is known here, an existing target may be the share already, which needs no peer. */
    private void compareOrSearch() {
        then(work.offload(this::manifestOfTaken), (manifest, failure) -> {
            if (stopped) {
                giveUp(null, FetchFailures.stopped(hash()));
            } else if (manifest != null && manifest.isPresent()) {
                compare(manifest.get());
            } else {
                search();
            }
        });
    }

    private Optional<Manifest> manifestOfTaken() throws IOException {
        Optional<Manifest> known = StoredManifests.find(tools.state(), hash());
        return known.isPresent() && task.place().isTaken(known.get()) ? known : Optional.empty();
    }

    /** Reads the existing target; searches only if it is gone. */
    private void compare(Manifest manifest) {
        from(() -> {}, () -> found(manifest));
        then(work.offload(() -> open(manifest)), (opened, failure) -> {
            if (opened == null) {
                copied(null, null, failure);
            } else if (opened.wasThere()) {
                news.manifest(manifest, PeerId.of(tools.dht().id()), OwnCopy.bytes(manifest, opened.have()));
                copied(null, new FetchOutcome.Completed(List.of(), 0), null);
            } else {
                copyOrSearch(opened);
            }
        });
    }

    private FetchProgress found(Manifest manifest) {
        PartialContent opened = content;
        ChunkSet chunks = opened == null ? ChunkSet.none(manifest.chunkCount()) : opened.have();
        long bytes = OwnCopy.bytes(manifest, chunks);
        return new FetchProgress(FetchProgress.Stage.CHUNKS, bytes, bytes, chunks.size(), chunks.size(), 0, 0);
    }

    private static FetchProgress none() {
        return new FetchProgress(FetchProgress.Stage.LOOKUP, 0, 0, 0, 0, 0, 0);
    }

    /** Copies what this node serves: a fetch from the swarm would replace it in the swarm. */
    private void copy(SharedContent own) {
        Manifest manifest = own.manifest();
        OwnCopy copy = new OwnCopy(own, tools.clock());
        FetchFacts nobody = FetchFacts.nothing(tools.clock().monotonicMillis());
        task.seenBy(() -> nobody);
        from(copy::stop, copy::progress);
        then(
                work.offload(() -> open(manifest)).thenCompose(opened -> {
                    news.manifest(manifest, PeerId.of(tools.dht().id()), OwnCopy.bytes(manifest, opened.have()));
                    return work.offload(() -> copy.to(opened, wanted(manifest)));
                }),
                (outcome, failure) -> copied(own, outcome, failure));
    }

    /** @param own the copied share; null if the existing target was read */
    private void copied(@Nullable SharedContent own, @Nullable FetchOutcome outcome, @Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Work.cause(failure);
        PartialContent opened = content;
        Shares shares = tools.shares();
        boolean isUnshared =
                own != null && shares.served(hash()).filter(own::equals).isEmpty();
        if (outcome != null) {
            if (outcome instanceof FetchOutcome.Completed && opened != null) {
                news.verified(opened.wanted().size());
            }
            fetched(outcome);
        } else if (cause instanceof ContentChangedException changed && opened != null) {
            if (!isUnshared || shares.served(hash()).isEmpty()) {
                shares.contentChanged(hash(), changed.path(), String.valueOf(changed.getMessage()));
            }
            copyOrSearch(opened);
        } else if (isUnshared && opened != null && !stopped) {
            copyOrSearch(opened); // it was closed during the copy
        } else if (cause instanceof IOException io) {
            fetched(new FetchOutcome.StorageFailed(io));
        } else if (cause instanceof CancellationException) {
            fetched(new FetchOutcome.Stopped());
        } else {
            giveUp(opened, failureOf(new IllegalStateException("the copy failed", cause)));
        }
    }

    /** Switches to another source: the content may be shared from elsewhere now. */
    private void copyOrSearch(PartialContent opened) {
        afterClosing(opened, () -> tools.shares().served(hash()).ifPresentOrElse(this::copy, this::search));
    }

    private void afterClosing(PartialContent opened, Runnable step) {
        news.end();
        then(placing.close(opened), (closed, failure) -> {
            if (failure == null) {
                step.run();
            } else {
                giveUp(null, failureOf(failure));
            }
        });
    }

    private void search() {
        SecretSearch secrets = new SecretSearch(tools, task.options().target());
        then(secrets.begin(), (known, failure) -> {
            if (failure == null) {
                search(secrets);
            } else {
                giveUp(null, failureOf(failure));
            }
        });
    }

    private void search(SecretSearch secrets) {
        FetchOptions options = task.options();
        SwarmFetch begun = tools.swarm()
                .fetch(
                        hash(),
                        tools.surroundings().meantBy(options.target().peers()),
                        this::open,
                        new FetchPlan(this::wanted, options.sequential(), patience(options.timeouts())),
                        tools.traces().begin(hash(), secrets.hearing(news)));
        CompletableFuture<FetchOutcome> ended = secrets.follow(begun);
        task.seenBy(begun::facts);
        from(begun::stop, begun::progress);
        then(ended, (outcome, failure) -> {
            tools.traces().ended(hash(), outcome);
            fetched(outcome);
        });
    }

    private static FetchPlan.Patience patience(FetchOptions.Timeouts timeouts) {
        return new FetchPlan.Patience(timeouts.lookupSeconds() * 1_000, timeouts.stallSeconds() * 1_000);
    }

    /** Sets the source of the chunks. */
    private void from(Runnable stop, Supplier<FetchProgress> progress) {
        source = new Source(stop, progress);
        task.become(FetchState.LOOKUP);
        news.start();
        if (stopped) {
            stop.run();
        }
    }

    /** Handles the result of the source. */
    private void fetched(FetchOutcome outcome) {
        FetchFacts seen = task.seen();
        task.seenBy(() -> seen);
        if (task.state() == FetchState.CHUNKS) {
            task.progress(source.progress().get());
        }
        PartialContent opened = content;
        boolean isUnknown = opened == null
                && (outcome instanceof FetchOutcome.NoProvider || outcome instanceof FetchOutcome.Stalled);
        if (outcome instanceof FetchOutcome.Completed completed && opened != null) {
            then(task.whenRead(), (read, failure) -> place(opened, completed));
        } else if (isUnknown) {
            searchedInVain(outcome);
        } else {
            giveUp(opened, failureOf(unwritable == null ? outcome : new FetchOutcome.StorageFailed(unwritable)));
        }
    }

    /** What is known here although no provider was found. */
    private record InVain(boolean isTaken, Optional<Why> before) {}

    /** Without a manifest, an existing target cannot be compared and blocks the fetch. */
    private void searchedInVain(FetchOutcome outcome) {
        then(
                work.offload(() -> new InVain(task.place().isTaken(), StoredWhys.find(tools.state(), hash()))),
                (known, failure) -> {
                    CairnException nobody = failureOf(outcome);
                    if (known != null && nobody.reason() == Reason.CHECK_THE_HASH) {
                        nobody = known.before()
                                .flatMap(before -> Whys.lapsed(
                                        before.providers(),
                                        tools.clock().wallMillis(),
                                        tools.view().get()))
                                .map(last -> FetchFailures.lapsed(hash(), last))
                                .orElse(nobody);
                    }
                    giveUp(
                            null,
                            known != null && known.isTaken()
                                    ? FetchFailures.uncompared(
                                            hash(), task.place().output(), nobody)
                                    : nobody);
                });
    }

    private void place(PartialContent opened, FetchOutcome.Completed completed) {
        then(placing.place(opened, completed), (complete, failure) -> {
            if (complete != null) {
                news.end();
                end.complete(new FetchEnd.Placed(complete));
            } else if (isDamaged(failure) && repeats++ < REPEATS_MAX && !stopped) {
                placing.leave();
                afterClosing(opened, this::begin);
            } else {
                giveUp(opened, failureOf(failure));
            }
        });
    }

    /** Whether another program wrote into the part file. The damaged chunks are fetched again, a limited number of times. */
    private static boolean isDamaged(@Nullable Throwable failure) {
        return failure != null && Work.cause(failure) instanceof PartDamagedException;
    }

    private void giveUp(@Nullable PartialContent opened, CairnException failure) {
        news.end();
        if (opened == null) {
            Work.watch(
                    forgetTold().handle((done, problem) -> end.complete(new FetchEnd.GaveUp(failure, false))),
                    "giving up the fetch of " + hash());
            return;
        }
        boolean discarded = discards;
        Work.watch(
                placing.putAway(opened, discarded)
                        .whenComplete((done, problem) -> end.complete(new FetchEnd.GaveUp(failure, !discarded))),
                "putting away what was fetched of " + opened.manifest());
    }

    /** Forgets a secret of which nothing came, unless a later run goes on: a false one should not stand in the way of a later fetch. */
    private CompletableFuture<Key> forgetTold() {
        return isRetried || stopped && !discards
                ? CompletableFuture.completedFuture(hash())
                : new SecretSearch(tools, task.options().target()).forget();
    }

    /** On a worker: opens storage for the chunks. From then on peers find this node as a partial provider. */
    private PartialContent open(Manifest manifest) throws IOException {
        PartialContent opened = opening.open(manifest);
        content = opened;
        work.scheduler().execute(() -> opened(opened));
        return opened;
    }

    private void opened(PartialContent opened) {
        Manifest manifest = opened.manifest();
        ChunkSet wanted = opened.wanted();
        long bytes = OwnCopy.bytes(manifest, wanted);
        task.become(new Fetch.Status(
                manifest.name(), FetchState.MANIFEST, 0, bytes, 0, wanted.size(), 0, 0, opened.target()));
        tools.owners().knows(manifest);
        if (tools.shares().served(hash()).isEmpty() && !opened.wasThere()) {
            tools.shares().publications().publishGrowing(manifest);
        }
    }

    /** On a worker, after storage for the chunks is open. */
    private ChunkSet wanted(Manifest manifest) {
        PartialContent opened = content;
        return opened == null ? ChunkSet.all(manifest.chunkCount()) : opened.wanted();
    }

    private void tick() {
        obstacles.look();
        if (task.state() == FetchState.CHUNKS) {
            task.progress(source.progress().get());
            sync();
        } else if (task.state() == FetchState.COMPARING) {
            Fetch.Status now = task.status();
            task.tell(new FetchEvent.Progress(now.verifiedBytes(), now.totalBytes(), 0, now.chunkCount(), 0, 0, -1));
        } else if (task.quietMillis() >= QUIET_MILLIS_MAX) {
            task.tell(stillSo());
        }
    }

    /** The current stage once more. */
    private FetchEvent stillSo() {
        if (task.state() == FetchState.PLACING) {
            return new FetchEvent.Placing(task.status().chunks());
        }
        FetchFacts seen = task.seen();
        SearchReport search = seen.search();
        return search == null
                ? new FetchEvent.Lookup(0, 0, seen.providers().size())
                : new FetchEvent.Lookup(
                        search.asked().size(),
                        search.answered(),
                        seen.providers().size());
    }

    /** Writes trigger the journal themselves; this covers the time when nothing arrives. */
    private void sync() {
        PartialContent journalled = content;
        long now = tools.clock().monotonicMillis();
        if (journalled == null || now - syncedMillis < SYNC_MILLIS) {
            return;
        }
        syncedMillis = now;
        work.scheduler()
                .<PartialContent>offload(
                        () -> {
                            journalled.sync();
                            return journalled;
                        },
                        (synced, failure) -> {
                            if (failure instanceof IOException io && unwritable == null && !end.isDone()) {
                                unwritable = io;
                                source.stop().run();
                            }
                        });
    }

    /** Runs the next step on the loop. If a step throws, the run ends and releases its resources. */
    private <T> void then(CompletableFuture<T> before, BiConsumer<T, @Nullable Throwable> step) {
        Work.watch(
                before.handle((value, failure) -> {
                    try {
                        step.accept(value, failure);
                    } catch (RuntimeException broken) {
                        giveUp(content, failureOf(broken));
                    }
                    return task;
                }),
                "fetching");
    }

    private CairnException failureOf(@Nullable Throwable failure) {
        return FetchFailures.of(hash(), failure == null ? new IllegalStateException("nothing came") : failure);
    }

    private CairnException failureOf(FetchOutcome outcome) {
        return FetchFailures.of(hash(), outcome, tools.view().get());
    }

    private Key hash() {
        return task.hash();
    }

    /** The source of the chunks: can be stopped, and reports its progress. */
    private record Source(Runnable stop, Supplier<FetchProgress> progress) {}

    /** Sets the state from the reports of the source. */
    private final class News extends FetchNews {
        News() {
            super(task::tell, work.scheduler(), FetchRun.this::tick);
        }

        @Override
        public void manifest(Manifest manifest, PeerId from, long resumedBytes) {
            task.become(FetchState.CHUNKS);
            super.manifest(manifest, from, resumedBytes);
        }

        @Override
        public void verified(int chunks) {
            task.progress(source.progress().get());
            task.become(FetchState.PLACING);
            task.tell(new FetchEvent.Placing(chunks));
        }
    }
}
