package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.RepairedContent;
import io.cairn.transfer.store.SharedContent;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.FetchPlan;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.SwarmFetch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the bad chunks of what lies in place, from a good copy that this node shares itself or from others. What was shared from that
 * very place is offered again when it is whole. Confined to the loop; disk goes to workers.
 */
final class Repairs {
    private final Work work;
    private final Scheduler scheduler;
    private final Clock clock;
    private final Swarm swarm;
    private final Shares shares;

    Repairs(Work work, Scheduler scheduler, Clock clock, Swarm swarm, Shares shares) {
        this.work = work;
        this.scheduler = scheduler;
        this.clock = clock;
        this.swarm = swarm;
        this.shares = shares;
    }

    /** Begins, when it is known what this node shares. Cancelling the future ends the repair. Any thread. */
    CompletableFuture<FetchEvent.Complete> begin(
            FetchTarget target, Manifest manifest, Path place, VerifyReport found, Consumer<FetchEvent> listener) {
        CompletableFuture<FetchEvent.Complete> result = new CompletableFuture<>();
        Repair repair = new Repair(target, manifest, place, chunks(found), listener, result);
        Work.watch(work.onLoop(() -> shares.restored().thenRun(repair::begin)), "beginning a repair");
        return result;
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
        private final RepairRun run;
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
            this.run = new RepairRun(listener, scheduler, clock, this::ended);
        }

        void begin() {
            if (result.isDone()) {
                return; // cancelled
            }
            Optional<SharedContent> own = sharedHere() ? Optional.empty() : shares.served(hash());
            boolean fetching =
                    swarm.fetches().stream().anyMatch(other -> other.share().equals(hash()));
            if (fetching) {
                result.completeExceptionally(new CairnException(
                        CairnException.Kind.OTHER,
                        what(),
                        "this node is fetching the same share",
                        "try again when that is done; see how far it is with: fetches"));
            } else if (bad.isEmpty() || own.isPresent()) {
                copy(own);
            } else {
                fetch();
            }
        }

        private void fetch() {
            SwarmFetch begun = swarm.fetch(hash(), target.peers(), arrived -> open(), FetchPlan.WHOLE, run);
            run.watch(begun::progress);
            onCancel(begun::stop);
        }

        /** Only lengths are wrong, or a good copy is shared from somewhere else on this machine. */
        private void copy(Optional<SharedContent> own) {
            CompletableFuture<FetchOutcome> copied;
            if (own.isPresent()) {
                OwnCopy copy = new OwnCopy(own.get(), clock);
                run.watch(copy::progress);
                onCancel(copy::stop);
                copied = work.offload(() -> copy.to(open(), ChunkSet.all(manifest.chunkCount())));
            } else {
                copied = work.offload(() -> {
                    open();
                    return new FetchOutcome.Completed(List.of(), 0);
                });
            }
            Work.watch(
                    copied.handle((outcome, failure) -> {
                        run.ended(outcome == null ? new FetchOutcome.StorageFailed(asIoException(failure)) : outcome);
                        return hash();
                    }),
                    "repairing from a share of this node");
        }

        private RepairedContent open() throws IOException {
            RepairedContent opened = RepairedContent.open(manifest, place, bad);
            content = opened;
            return opened;
        }

        private void onCancel(Runnable stop) {
            Work.watch(
                    result.handle((done, failure) -> {
                        if (result.isCancelled()) {
                            scheduler.execute(stop);
                        }
                        return hash();
                    }),
                    "waiting for a repair");
        }

        private void ended(FetchOutcome outcome) {
            RepairedContent opened = content;
            if (opened == null) {
                result.completeExceptionally(failure(outcome));
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
                result.completeExceptionally(failure(outcome));
                return;
            }
            FetchEvent.Complete complete = new FetchEvent.Complete(
                    hash(),
                    manifest.name(),
                    place,
                    manifest.totalBytes(),
                    manifest.chunkCount(),
                    run.elapsedMillis(),
                    LocalFetch.contributions(completed.peers()),
                    completed.badChunks(),
                    false);
            if (here) {
                Work.watch(
                        shares.adopt(manifest, place).handle((again, failure) -> result.complete(complete)),
                        "sharing what was repaired");
            } else {
                result.complete(complete);
            }
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
            CairnException known = FetchFailures.of(hash(), outcome);
            return new CairnException(known.kind(), what(), known.why(), next(known), known);
        }

        private String next(CairnException known) {
            return known.kind() == CairnException.Kind.INTERRUPTED
                    ? "run the same command again to go on"
                    : known.next();
        }

        private Key hash() {
            return manifest.hash();
        }

        private String what() {
            return "cannot repair " + place;
        }
    }

    private static IOException asIoException(@Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return cause instanceof IOException io ? io : new IOException("the repair failed", cause);
    }
}
