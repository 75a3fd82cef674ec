package io.cairn.app.fetch.run;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.share.Shares;
import io.cairn.app.work.StoredManifests;
import io.cairn.app.work.Work;
import io.cairn.dht.Provision;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.part.PartDamagedException;
import io.cairn.transfer.store.part.PartialContent;
import io.cairn.transfer.store.state.StoredFetch;
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
 * One attempt of a fetch, from the look-up to the placed file. Its chunks come from what this node shares, from what is at the target
 * already, or from the swarm. Confined to the loop; disk goes to workers.
 */
public final class FetchRun {
    private static final int REPEATS_MAX = 5;

    /** How long what was written may stay unjournalled, in milliseconds: what a power cut may cost. */
    private static final long SYNC_MILLIS = 1_000;

    private final FetchTools tools;
    private final Work work;
    private final FetchTask task;
    private final @Nullable StoredFetch placedBefore;
    private final FetchOpening opening;
    private final FetchPlacing placing;
    private final News news;
    private final CompletableFuture<FetchEnd> end = new CompletableFuture<>();
    private Source source = new Source(() -> {}, () -> none());
    private volatile @Nullable PartialContent content;
    private volatile boolean stopped;
    private volatile boolean discards;
    private long syncedMillis;
    private @Nullable IOException unwritable;
    private int repeats;

    /** @param placedBefore what an earlier process placed just before it was killed; null if nothing */
    FetchRun(FetchTools tools, FetchTask task, @Nullable StoredFetch placedBefore) {
        this.tools = tools;
        this.work = tools.work();
        this.task = task;
        this.placedBefore = placedBefore;
        this.opening = new FetchOpening(tools, task, () -> stopped);
        this.placing = new FetchPlacing(tools, task);
        this.news = new News();
    }

    /** Starts it. Completes on the loop when nothing of it moves any more. */
    public CompletableFuture<FetchEnd> start() {
        begin();
        return end;
    }

    /** The verified chunks so far, once the place for them is open. */
    public Optional<PartialContent> content() {
        return Optional.ofNullable(content);
    }

    /**
     * Tells it to stop. It ends once what is being written has been written.
     *
     * @param discard whether to delete what arrived
     */
    public void stop(boolean discard) {
        stopped = true;
        discards = discard;
        source.stop().run();
    }

    /** What this node shares itself is copied, so that comes first. */
    private void begin() {
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

    /** What is at the target and is the share needs no peer, if the manifest is known here. */
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

    /** Reads what is at the target, and searches only if it is gone. */
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

    /** A fetch by the swarm would replace what this node serves, so it copies that. */
    private void copy(SharedContent own) {
        Manifest manifest = own.manifest();
        OwnCopy copy = new OwnCopy(own, tools.clock());
        from(copy::stop, copy::progress);
        then(
                work.offload(() -> open(manifest)).thenCompose(opened -> {
                    news.manifest(manifest, PeerId.of(tools.dht().id()), OwnCopy.bytes(manifest, opened.have()));
                    return work.offload(() -> copy.to(opened, wanted(manifest)));
                }),
                (outcome, failure) -> copied(own, outcome, failure));
    }

    /** @param own what was copied; null if what is at the target was read */
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
            copyOrSearch(opened); // it was closed while it was copied
        } else if (cause instanceof IOException io) {
            fetched(new FetchOutcome.StorageFailed(io));
        } else if (cause instanceof CancellationException) {
            fetched(new FetchOutcome.Stopped());
        } else {
            giveUp(opened, failureOf(new IllegalStateException("the copy failed", cause)));
        }
    }

    /** Takes another source: what was copied may be shared from elsewhere now. */
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
        FetchOptions options = task.options();
        SwarmFetch begun = tools.swarm()
                .fetch(
                        hash(),
                        tools.surroundings().meantBy(options.target().peers()),
                        this::open,
                        new FetchPlan(this::wanted, options.sequential()),
                        news);
        from(begun::stop, begun::progress);
        then(begun.end(), (outcome, failure) -> fetched(outcome));
    }

    /** From now on the chunks come from there. */
    private void from(Runnable stop, Supplier<FetchProgress> progress) {
        source = new Source(stop, progress);
        task.become(FetchState.LOOKUP);
        news.start();
        if (stopped) {
            stop.run();
        }
    }

    /** The source has given all it can. */
    private void fetched(FetchOutcome outcome) {
        news.end();
        if (task.state() == FetchState.CHUNKS) {
            task.progress(source.progress().get());
        }
        PartialContent opened = content;
        boolean isUnknown = opened == null
                && (outcome instanceof FetchOutcome.NoProvider || outcome instanceof FetchOutcome.Stalled);
        if (outcome instanceof FetchOutcome.Completed completed && opened != null) {
            place(opened, completed);
        } else if (isUnknown) {
            searchedInVain(outcome);
        } else {
            giveUp(opened, failureOf(unwritable == null ? outcome : new FetchOutcome.StorageFailed(unwritable)));
        }
    }

    /** Without a manifest, what is at the target cannot be compared and is in the way. */
    private void searchedInVain(FetchOutcome outcome) {
        then(work.offload(task.place()::isTaken), (isTaken, failure) -> {
            CairnException nobody = failureOf(outcome);
            giveUp(
                    null,
                    Boolean.TRUE.equals(isTaken)
                            ? FetchFailures.uncompared(hash(), task.place().output(), nobody)
                            : nobody);
        });
    }

    private void place(PartialContent opened, FetchOutcome.Completed completed) {
        then(placing.place(opened, completed), (complete, failure) -> {
            if (complete != null) {
                end.complete(new FetchEnd.Placed(complete));
            } else if (isDamaged(failure) && repeats++ < REPEATS_MAX && !stopped) {
                placing.leave();
                afterClosing(opened, this::begin);
            } else {
                giveUp(opened, failureOf(failure));
            }
        });
    }

    /** Another program wrote into the part file: those chunks are fetched again, but not for ever. */
    private static boolean isDamaged(@Nullable Throwable failure) {
        return failure != null && Work.cause(failure) instanceof PartDamagedException;
    }

    private void giveUp(@Nullable PartialContent opened, CairnException failure) {
        news.end();
        if (opened == null) {
            end.complete(new FetchEnd.GaveUp(failure, false));
            return;
        }
        boolean discarded = discards;
        Work.watch(
                placing.putAway(opened, discarded)
                        .whenComplete((done, problem) -> end.complete(new FetchEnd.GaveUp(failure, !discarded))),
                "putting away what was fetched of " + opened.manifest());
    }

    /** On a worker: opens the place for the chunks. From here on this node is found as a peer that has some of them. */
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
            tools.dht()
                    .provide(new Provision(
                            hash(), List.of(), tools.surroundings().addresses(), 0));
        }
    }

    /** On a worker, after the place for the chunks was opened. */
    private ChunkSet wanted(Manifest manifest) {
        PartialContent opened = content;
        return opened == null ? ChunkSet.all(manifest.chunkCount()) : opened.wanted();
    }

    private void tick() {
        if (task.state() == FetchState.CHUNKS) {
            task.progress(source.progress().get());
            sync();
        } else if (task.state() == FetchState.COMPARING) {
            Fetch.Status now = task.status();
            task.tell(new FetchEvent.Progress(now.verifiedBytes(), now.totalBytes(), 0, now.chunkCount(), 0, 0, -1));
        }
    }

    /** Writing journals by itself; this covers the time when nothing arrives. */
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

    /** Does the next step on the loop. Whatever a step throws, the run ends and gives back what it holds. */
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

    /** Where the chunks come from: told to stop, asked how far it is. */
    private record Source(Runnable stop, Supplier<FetchProgress> progress) {}

    /** The state follows what the source says. */
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
