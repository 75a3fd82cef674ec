package io.cairn.app.fetch;

import io.cairn.app.Advice;
import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchTarget;
import io.cairn.app.Reason;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.app.fetch.run.FetchNews;
import io.cairn.app.fetch.run.FetchTools;
import io.cairn.app.fetch.run.OwnCopy;
import io.cairn.app.fetch.run.SecretSearch;
import io.cairn.app.share.Shares;
import io.cairn.app.work.HashOwners;
import io.cairn.app.work.NodeClosed;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.part.RepairedContent;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchPlan;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Repairs files in place: fetches their bad chunks from a good copy that this node shares, or from peers. A share at that very place is
 * offered again once it is complete. A repair waits while the manifest of its hash is being looked up, and is refused while the hash is
 * being fetched or repaired. Confined to the loop; disk access runs on workers.
 */
public final class Repairs implements HashOwners.Observer {
    private final Work work;
    private final Clock clock;
    private final Swarm swarm;
    private final Shares shares;
    private final HashOwners owners;
    private final FetchTools tools;
    private final Set<Repair> waiting = new LinkedHashSet<>();
    private final Set<Repair> running = new LinkedHashSet<>();
    private boolean closed;

    public Repairs(FetchTools tools) {
        this.work = tools.work();
        this.clock = tools.clock();
        this.swarm = tools.swarm();
        this.shares = tools.shares();
        this.owners = tools.owners();
        this.tools = tools;
        owners.observe(this);
    }

    /** Begins once the shares of this node are restored. Cancelling the future ends the repair. Any thread. */
    public CompletableFuture<FetchEvent.Complete> begin(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found, Consumer<FetchEvent> listener) {
        CompletableFuture<FetchEvent.Complete> result = new CompletableFuture<>();
        Repair repair = new Repair(target, manifest, place, chunks(found), listener, result);
        Work.watch(
                work.onLoop(() -> shares.restored().thenRun(repair::begin)).exceptionally(failure -> {
                    repair.refuse(NodeClosed.exception());
                    return null;
                }),
                "beginning a repair");
        return result;
    }

    /** Ends all repairs; completes once their work has stopped. */
    public CompletableFuture<Void> close() {
        closed = true;
        List.copyOf(waiting).forEach(repair -> repair.refuse(NodeClosed.exception()));
        waiting.clear();
        return CompletableFuture.allOf(
                List.copyOf(running).stream().map(Repair::halt).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void released(Key hash) {
        List<Repair> next =
                waiting.stream().filter(repair -> repair.hash().equals(hash)).toList();
        waiting.removeAll(next);
        next.forEach(Repair::begin);
    }

    private static BitSet chunks(VerifyReport found) {
        BitSet bad = new BitSet();
        found.bad().forEach(chunk -> bad.set(chunk.chunk()));
        return bad;
    }

    private final class Repair {
        private final FetchTarget target;
        private final Manifest manifest;
        private final Path place;
        private final BitSet bad;
        private final CompletableFuture<FetchEvent.Complete> result;
        private final Consumer<FetchEvent> listener;
        private final FetchNews news;
        private final long startedMillis = clock.monotonicMillis();
        private final CompletableFuture<Path> over = new CompletableFuture<>();
        private HashOwners.@Nullable Claim claim;
        private Runnable stop = () -> {};
        private boolean halted;
        private @Nullable Supplier<FetchProgress> progress;
        private volatile @Nullable RepairedContent content;

        Repair(
                FetchTarget target,
                Manifest manifest,
                Path place,
                BitSet bad,
                Consumer<FetchEvent> listener,
                CompletableFuture<FetchEvent.Complete> result) {
            this.target = target;
            this.manifest = manifest;
            this.place = place;
            this.bad = bad;
            this.result = result;
            this.listener = listener;
            this.news = new FetchNews(this.listener, work.scheduler(), this::tellProgress);
        }

        void begin() {
            if (result.isDone()) {
                return; // cancelled
            }
            if (closed) {
                refuse(NodeClosed.exception());
                return;
            }
            claim = owners.claim(hash(), HashOwners.Use.REPAIR);
            if (claim == null) {
                waitOrRefuse();
                return;
            }
            running.add(this);
            owners.knows(manifest);
            try {
                proceed();
            } catch (RuntimeException failure) {
                refuse(FetchFailures.of(hash(), failure));
            }
        }

        private void waitOrRefuse() {
            HashOwners.Use use = owners.use(hash()).orElseThrow();
            switch (use) {
                case MANIFEST -> waiting.add(this);
                case FETCH, REPAIR ->
                    refuse(new CairnException(
                            CairnException.Kind.OTHER,
                            what(),
                            use == HashOwners.Use.FETCH
                                    ? "this node is fetching the same share"
                                    : "this node is repairing the same share already",
                            Reason.WAIT_FOR_THE_OWNER
                                    .says("try again when that is done")
                                    .and("hash", hash())));
            }
        }

        private void proceed() {
            Optional<SharedContent> own = sharedHere() ? Optional.empty() : shares.served(hash());
            if (bad.isEmpty() || own.isPresent()) {
                copy(own);
            } else {
                fetch();
            }
        }

        CompletableFuture<?> halt() {
            halted = true;
            stop.run();
            return over;
        }

        void refuse(CairnException failure) {
            free();
            result.completeExceptionally(failure);
        }

        /** Releases the hash. */
        private void free() {
            running.remove(this);
            HashOwners.Claim held = claim;
            claim = null;
            if (held != null) {
                held.release();
            }
            over.complete(place);
        }

        private void fetch() {
            SecretSearch secrets = new SecretSearch(tools, target);
            Work.watch(
                    secrets.begin().handle((known, failure) -> {
                        if (failure == null) {
                            fetch(secrets);
                        } else {
                            ended(new FetchOutcome.StorageFailed(asIoException(failure)));
                        }
                        return hash();
                    }),
                    "beginning to fetch for a repair");
        }

        private void fetch(SecretSearch secrets) {
            SwarmFetch begun = swarm.fetch(
                    hash(),
                    tools.surroundings().meantBy(target.peers()),
                    arrived -> open(),
                    FetchPlan.WHOLE,
                    secrets.hearing(news));
            CompletableFuture<FetchOutcome> end = secrets.follow(begun);
            follow(begun::progress, begun::stop);
            if (halted) {
                begun.stop();
            }
            Work.watch(
                    end.thenCompose(outcome -> secrets.forget().thenAccept(forgotten -> ended(outcome))),
                    "ending a repair");
        }

        /** Used if only lengths are wrong, or a good copy is shared from elsewhere on this machine. */
        private void copy(Optional<SharedContent> own) {
            CompletableFuture<FetchOutcome> copied;
            if (own.isPresent()) {
                OwnCopy copy = new OwnCopy(own.get(), clock);
                follow(copy::progress, copy::stop);
                copied = work.offload(() -> copy.to(open(), ChunkSet.all(manifest.chunkCount())));
            } else {
                copied = work.offload(() -> {
                    open();
                    return new FetchOutcome.Completed(List.of(), 0);
                });
            }
            Work.watch(
                    copied.handle((outcome, failure) -> {
                        ended(outcome == null ? new FetchOutcome.StorageFailed(asIoException(failure)) : outcome);
                        return hash();
                    }),
                    "repairing from a share of this node");
        }

        private RepairedContent open() throws IOException {
            RepairedContent opened = RepairedContent.open(manifest, place, bad);
            content = opened;
            return opened;
        }

        /** Reports progress, and stops the repair if its caller cancels. */
        private void follow(Supplier<FetchProgress> told, Runnable stopping) {
            progress = told;
            stop = stopping;
            news.start();
            Work.watch(
                    result.handle((done, failure) -> {
                        if (result.isCancelled()) {
                            work.scheduler().execute(stopping);
                        }
                        return hash();
                    }),
                    "waiting for a repair");
        }

        private void tellProgress() {
            if (progress != null) {
                listener.accept(FetchNews.progress(progress.get()));
            }
        }

        private void ended(FetchOutcome outcome) {
            news.end();
            RepairedContent opened = content;
            if (opened == null) {
                refuse(failure(outcome));
                return;
            }
            CompletableFuture<Path> closed = work.offload(() -> {
                try (opened) {
                    return outcome instanceof FetchOutcome.Completed ? opened.finish() : place;
                }
            });
            Work.watch(
                    closed.handle((path, unforced) -> {
                        FetchOutcome how =
                                unforced == null ? outcome : new FetchOutcome.StorageFailed(asIoException(unforced));
                        settle(how);
                        return hash();
                    }),
                    "ending a repair");
        }

        private void settle(FetchOutcome outcome) {
            boolean here = sharedHere();
            if (here || shares.served(hash()).isEmpty()) {
                swarm.stopServing(hash());
            }
            if (!(outcome instanceof FetchOutcome.Completed completed)) {
                if (here) {
                    shares.contentChanged(hash(), place, "is damaged and its repair was broken off");
                }
                refuse(failure(outcome));
                return;
            }
            FetchEvent.Complete complete = new FetchEvent.Complete(
                    hash(),
                    manifest.name(),
                    place,
                    manifest.totalBytes(),
                    manifest.chunkCount(),
                    clock.monotonicMillis() - startedMillis,
                    FetchNews.contributions(completed.peers()),
                    completed.badChunks(),
                    false);
            if (here) {
                Work.watch(
                        shares.adopt(manifest, place).handle((again, failure) -> complete(complete)),
                        "sharing what was repaired");
            } else {
                complete(complete);
            }
        }

        private boolean complete(FetchEvent.Complete complete) {
            free();
            return result.complete(complete);
        }

        private boolean sharedHere() {
            return shares.list().stream()
                    .anyMatch(
                            share -> share.hash().equals(hash()) && share.path().equals(place));
        }

        private CairnException failure(FetchOutcome outcome) {
            if (outcome instanceof FetchOutcome.StorageFailed storage) {
                return FetchFailures.storage(what(), storage.failure());
            }
            CairnException known =
                    FetchFailures.of(hash(), outcome, tools.view().get());
            return new CairnException(known.kind(), what(), known.why(), advice(known), known);
        }

        private Advice advice(CairnException known) {
            return known.kind() == CairnException.Kind.INTERRUPTED
                    ? Reason.SEE_NEXT.says("run the same command again to go on")
                    : known.advice();
        }

        private Key hash() {
            return manifest.hash();
        }

        private String what() {
            return "cannot repair " + place;
        }
    }

    private static IOException asIoException(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Work.cause(failure);
        return cause instanceof IOException io ? io : new IOException("the repair failed", cause);
    }
}
