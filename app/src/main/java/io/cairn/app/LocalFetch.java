package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.store.PartialContent;
import io.cairn.transfer.swarm.FetchListener;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.FetchProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of this node: turns what the swarm says into events, and tells how it stands. Confined to the loop but for the methods of
 * {@link Fetch}.
 */
final class LocalFetch implements Fetch, FetchListener {
    private static final int REPEATS_MAX = 5;

    /** How often progress is told, in milliseconds. */
    private static final long PROGRESS_MILLIS = 250;

    /** How long what was written may stay unjournalled, in milliseconds: what a power cut may cost. */
    private static final long SYNC_MILLIS = 1_000;

    private final FetchOptions options;
    private final FetchPlace place;
    private final Work work;
    private final Scheduler scheduler;
    private final Clock clock;
    private final long startedMillis;
    private final long number;
    private final Control control;
    private final CompletableFuture<FetchEvent.Complete> completion = new CompletableFuture<>();
    private final Broadcast<FetchEvent> events;
    private @Nullable Running running;
    private volatile @Nullable PartialContent opened;
    private @Nullable PartialContent content;
    private Scheduler.@Nullable Timer ticker;
    private long syncedMillis;
    private @Nullable IOException syncFailure;
    private int verifiedChunks;
    private int repeats;
    private volatile @Nullable Intention intention;
    private CompletableFuture<Status> halted = new CompletableFuture<>();
    private boolean accepted;
    private volatile Status status;

    LocalFetch(FetchOptions options, FetchPlace place, Work work, Clock clock, long number, Control control) {
        this.options = options;
        this.place = place;
        this.work = work;
        this.events = new Broadcast<>(work, FetchEvent::describes);
        this.scheduler = work.scheduler();
        this.number = number;
        this.clock = clock;
        this.startedMillis = clock.monotonicMillis();
        this.control = control;
        this.status = new Status(options.target().name(), FetchState.QUEUED, 0, 0, 0, 0, 0, 0, place.output());
    }

    /** In the order of beginning. */
    long number() {
        return number;
    }

    FetchState state() {
        return status.state();
    }

    /** Whether it was checked, and counts as a fetch of its hash. */
    boolean isAccepted() {
        return accepted;
    }

    void accepted() {
        accepted = true;
    }

    /** Who decides about all fetches of the node together. Its methods are called on the loop. */
    interface Control {
        /** The swarm is done with a fetch: the file is to be placed, and all that follows. */
        void ended(LocalFetch fetch, FetchOutcome outcome);

        CompletableFuture<Status> pause(LocalFetch fetch);

        CompletableFuture<Status> resume(LocalFetch fetch);

        CompletableFuture<Status> cancel(LocalFetch fetch);

        void stop(LocalFetch fetch);
    }

    /** Why a fetch that is under way is told to stop. */
    enum Intention {
        /** To go on when the user says so. */
        PAUSE,
        /** To be forgotten with all that was fetched. */
        CANCEL,
        /** The user waits no longer; what was fetched is kept. */
        STOP,
        /** The node ends. */
        CLOSE
    }

    /** It has a place: the search begins. */
    void starting() {
        intention = null;
        halted = new CompletableFuture<>();
        opened = null;
        content = null;
        syncFailure = null;
        become(FetchState.LOOKUP);
    }

    /** Joins it to what does the work, on the loop; a second time if something else takes over. */
    void begin(Runnable stop, Supplier<FetchProgress> progress) {
        become(FetchState.LOOKUP);
        Running begun = new Running(stop, progress);
        running = begun;
        if (ticker == null) {
            ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
        }
        if (intention != null) {
            begun.stop().run();
        }
    }

    /** Tells what does the work to stop; completes when nothing moves any more, however it ended. The first intention but for a cancel counts. */
    CompletableFuture<Status> halt(Intention why) {
        if (intention == null || why == Intention.CANCEL) {
            intention = why;
        }
        if (running != null) {
            running.stop().run();
        }
        return halted.copy();
    }

    /** Why it was told to stop; null if it was not. Any thread. */
    @Nullable
    Intention intention() {
        return intention;
    }

    /** Nothing moves any more: what it held is given back. */
    void halted() {
        running = null;
        opened = null;
        content = null;
        if (ticker != null) {
            ticker.cancel();
            ticker = null;
        }
        halted.complete(status);
    }

    void paused() {
        become(FetchState.PAUSED);
        tell(new FetchEvent.Paused());
    }

    void resumed() {
        tell(new FetchEvent.Resumed());
    }

    void queued() {
        become(FetchState.QUEUED);
    }

    /** It failed and is tried again, after so many milliseconds or sooner. */
    void retriedLater(CairnException failure, long waitMillis) {
        become(FetchState.WAITING);
        tell(new FetchEvent.RetriedLater(failure.why(), waitMillis));
    }

    /** It does not begin at once. */
    void waits(int ahead) {
        tell(new FetchEvent.Queued(ahead));
    }

    /** What is known of it from an earlier run. */
    void restored(String name, Path target, Manifest manifest, ChunkSet have) {
        status = new Status(
                name,
                status.state(),
                OwnCopy.bytes(manifest, have),
                manifest.totalBytes(),
                have.size(),
                manifest.chunkCount(),
                0,
                0,
                target);
    }

    FetchPlace place() {
        return place;
    }

    /** Remembers where the chunks go, on whichever thread opened it, before the swarm says that the manifest is here. */
    void opened(PartialContent place) {
        opened = place;
        scheduler.execute(() -> {
            content = place;
            status = new Status(
                    place.manifest().name(),
                    state().step(FetchState.MANIFEST),
                    0,
                    OwnCopy.bytes(place.manifest(), place.wanted()),
                    0,
                    place.wanted().size(),
                    0,
                    0,
                    place.target());
        });
    }

    /** So much of what is at the target is what it should be. Any thread. */
    void compared(Manifest manifest, Path target, long bytes, ChunkSet wanted) {
        scheduler.execute(() -> {
            boolean begins = state() != FetchState.COMPARING;
            long wantedBytes = OwnCopy.bytes(manifest, wanted);
            FetchState comparing = state().step(FetchState.COMPARING);
            status = new Status(manifest.name(), comparing, bytes, wantedBytes, 0, wanted.size(), 0, 0, target);
            if (begins) {
                tell(new FetchEvent.Comparing(target));
            }
        });
    }

    /** Where the chunks go, as soon as that is open. Any thread. */
    @Nullable
    PartialContent opened() {
        return opened;
    }

    @Nullable
    PartialContent content() {
        return content;
    }

    /** Why the journal could not be written, if that is what ended the fetch. */
    @Nullable
    IOException syncFailure() {
        return syncFailure;
    }

    long elapsedMillis() {
        return clock.monotonicMillis() - startedMillis;
    }

    void completed(FetchEvent.Complete complete) {
        become(FetchState.DONE);
        tell(complete);
        completion.complete(complete);
        events.end();
    }

    void failed(CairnException failure) {
        if (intention == Intention.CANCEL) {
            become(FetchState.CANCELLED);
            tell(new FetchEvent.Cancelled());
        } else if (failure.kind() == CairnException.Kind.INTERRUPTED) {
            become(FetchState.STOPPED);
            tell(new FetchEvent.Stopped());
        } else {
            become(FetchState.FAILED);
            tell(new FetchEvent.Failed(failure));
        }
        completion.completeExceptionally(failure);
        events.end();
    }

    /** Nobody looks after it any more: those who wait hear so, and its state stays what it is. */
    void abandon(CairnException reason) {
        completion.completeExceptionally(reason);
        events.end();
        halted.complete(status);
    }

    /** What is left of it when it has ended. */
    EndedFetch facts(Function<EndedFetch, CompletableFuture<Status>> discarding) {
        return new EndedFetch(number, options, place, status, events, completion, discarding);
    }

    /** Whether a fetch is of the same hash to the same place. */
    boolean isLike(EndedFetch other) {
        return hash().equals(other.hash())
                && place.output().equals(other.place().output());
    }

    boolean isLike(LocalFetch other) {
        return hash().equals(other.hash()) && place.output().equals(other.place.output());
    }

    @Override
    public Key hash() {
        return options.target().hash();
    }

    @Override
    public Status status() {
        return status;
    }

    @Override
    public CompletableFuture<FetchEvent.Complete> completion() {
        return completion;
    }

    @Override
    public Subscription events(Consumer<? super FetchEvent> listener) {
        return events.subscribe(listener);
    }

    @Override
    public FetchOptions options() {
        return options;
    }

    @Override
    public void stop() {
        scheduler.execute(() -> control.stop(this));
    }

    @Override
    public CompletableFuture<Status> pause() {
        return work.onLoop(() -> control.pause(this));
    }

    @Override
    public CompletableFuture<Status> resume() {
        return work.onLoop(() -> control.resume(this));
    }

    @Override
    public CompletableFuture<Status> cancel() {
        return work.onLoop(() -> control.cancel(this));
    }

    @Override
    public void lookup(int asked, int answered, int providers) {
        tell(new FetchEvent.Lookup(asked, answered, providers));
    }

    @Override
    public void manifest(Manifest manifest, NodeId from, long resumedBytes) {
        become(FetchState.CHUNKS);
        tell(new FetchEvent.ManifestArrived(
                manifest.name(), manifest.totalBytes(), manifest.chunkCount(), from, resumedBytes));
    }

    @Override
    public void peerChanged(@Nullable NodeId node, Endpoint endpoint, PeerState state, String reason) {
        tell(new FetchEvent.PeerChanged(node, endpoint, state.name().toLowerCase(Locale.ROOT), reason));
    }

    @Override
    public void chunkBad(int chunk, NodeId node, Endpoint endpoint) {
        tell(new FetchEvent.ChunkBad(chunk, node, endpoint));
    }

    @Override
    public void verified(int chunks) {
        progress();
        become(FetchState.PLACING);
        verifiedChunks = chunks;
        tell(new FetchEvent.Placing(chunks));
    }

    /** What was verified when it arrived is in place, each file as this fetch left it: only now is it said. */
    void placed() {
        tell(new FetchEvent.Verified(verifiedChunks));
    }

    @Override
    public void ended(FetchOutcome outcome) {
        if (ticker != null) {
            ticker.cancel();
            ticker = null;
        }
        if (state() == FetchState.CHUNKS) {
            progress(); // what came since it was last told
        }
        control.ended(this, outcome);
    }

    /** Whether what another program damaged is fetched once more; not for ever. */
    boolean mayRepeat() {
        return repeats++ < REPEATS_MAX && intention() == null;
    }

    private void tick() {
        if (state() == FetchState.CHUNKS) {
            progress();
            sync();
        } else if (state() == FetchState.COMPARING) {
            Status now = status;
            tell(new FetchEvent.Progress(now.verifiedBytes(), now.totalBytes(), 0, now.chunkCount(), 0, 0, -1));
        }
        ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
    }

    /** Writing journals by itself; this covers the time when nothing arrives. */
    private void sync() {
        PartialContent journalled = content;
        if (journalled == null || clock.monotonicMillis() - syncedMillis < SYNC_MILLIS) {
            return;
        }
        syncedMillis = clock.monotonicMillis();
        scheduler.<PartialContent>offload(
                () -> {
                    journalled.sync();
                    return journalled;
                },
                (synced, failure) -> {
                    if (failure instanceof IOException unwritable && syncFailure == null && running != null) {
                        syncFailure = unwritable;
                        running.stop().run();
                    }
                });
    }

    private void progress() {
        if (running == null) {
            return;
        }
        FetchProgress now = running.progress().get();
        long etaMillis =
                now.bytesPerSecond() == 0 ? -1 : (now.totalBytes() - now.verifiedBytes()) * 1000 / now.bytesPerSecond();
        Status before = status;
        status = new Status(
                before.name(),
                before.state(),
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.peers(),
                now.bytesPerSecond(),
                before.target());
        tell(new FetchEvent.Progress(
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.bytesPerSecond(),
                now.peers(),
                etaMillis));
    }

    private void become(FetchState next) {
        Status now = status;
        status = now.in(now.state().step(next));
    }

    private void tell(FetchEvent event) {
        events.tell(event);
    }

    static List<FetchEvent.Contribution> contributions(List<FetchOutcome.Contribution> peers) {
        return peers.stream()
                .filter(peer -> peer.chunks() > 0)
                .map(peer -> new FetchEvent.Contribution(peer.node(), peer.endpoint(), peer.chunks(), peer.bytes()))
                .toList();
    }

    /** What does the work: told to stop, asked how it stands. */
    private record Running(Runnable stop, Supplier<FetchProgress> progress) {}
}
