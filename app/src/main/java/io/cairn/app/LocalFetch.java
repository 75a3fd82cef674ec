package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of this node: turns what the swarm says into events, and tells how it stands. Confined to the loop but for {@link #status()},
 * {@link #completion()}, {@link #stop()} and {@link #cancel()}.
 */
final class LocalFetch implements Fetch, FetchListener {
    /** How often progress is told, in milliseconds. */
    private static final long PROGRESS_MILLIS = 250;

    /** How long what was written may stay unjournalled, in milliseconds: what a power cut may cost. */
    private static final long SYNC_MILLIS = 1_000;

    private final FetchOptions options;
    private final FetchPlace place;
    private final Consumer<FetchEvent> listener;
    private final Scheduler scheduler;
    private final Clock clock;
    private final long startedMillis;
    private final Ending ending;
    private final CompletableFuture<FetchEvent.Complete> completion = new CompletableFuture<>();
    private @Nullable Running running;
    private @Nullable PartialContent content;
    private Scheduler.@Nullable Timer ticker;
    private long syncedMillis;
    private @Nullable IOException syncFailure;
    private boolean stopRequested;
    private boolean discardRequested;
    private volatile Status status;

    LocalFetch(
            FetchOptions options,
            FetchPlace place,
            Consumer<FetchEvent> listener,
            Scheduler scheduler,
            Clock clock,
            Ending ending) {
        this.options = options;
        this.place = place;
        this.listener = listener;
        this.scheduler = scheduler;
        this.clock = clock;
        this.startedMillis = clock.monotonicMillis();
        this.ending = ending;
        this.status = new Status(options.target().name(), "lookup", 0, 0, 0, 0, 0, 0, place.output());
    }

    /** What happens when the swarm is done with a fetch: placing the file, and all that follows. */
    interface Ending {
        void ended(LocalFetch fetch, FetchOutcome outcome);
    }

    /** Joins it to what does the work, on the loop; a second time if something else takes over. */
    void begin(Runnable stop, Supplier<FetchProgress> progress) {
        Running begun = new Running(stop, progress);
        running = begun;
        if (ticker == null) {
            ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
        }
        if (stopRequested) {
            begun.stop().run();
        }
    }

    FetchOptions options() {
        return options;
    }

    FetchPlace place() {
        return place;
    }

    /** Remembers where the chunks go, on whichever thread opened it, before the swarm says that the manifest is here. */
    void opened(PartialContent opened, Path target) {
        scheduler.execute(() -> {
            content = opened;
            status = new Status(
                    opened.manifest().name(),
                    "manifest",
                    0,
                    opened.manifest().totalBytes(),
                    0,
                    opened.manifest().chunkCount(),
                    0,
                    0,
                    target);
        });
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

    boolean isDiscardRequested() {
        return discardRequested;
    }

    long elapsedMillis() {
        return clock.monotonicMillis() - startedMillis;
    }

    void completed(FetchEvent.Complete complete) {
        state("done");
        tell(complete);
        completion.complete(complete);
    }

    void failed(CairnException failure) {
        state(failure.kind() == CairnException.Kind.INTERRUPTED ? "stopped" : "failed");
        completion.completeExceptionally(failure);
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
    public void stop() {
        scheduler.execute(() -> {
            stopRequested = true;
            if (running != null) {
                running.stop().run();
            }
        });
    }

    @Override
    public void cancel() {
        scheduler.execute(() -> discardRequested = true);
        stop();
    }

    @Override
    public void lookup(int asked, int answered, int providers) {
        tell(new FetchEvent.Lookup(asked, answered, providers));
    }

    @Override
    public void manifest(Manifest manifest, NodeId from, long resumedBytes) {
        state("chunks");
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
        state("placing");
        tell(new FetchEvent.Verified(chunks));
    }

    @Override
    public void ended(FetchOutcome outcome) {
        if (ticker != null) {
            ticker.cancel();
        }
        ending.ended(this, outcome);
    }

    private void tick() {
        if (status.state().equals("chunks")) {
            progress();
            sync();
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

    private void state(String state) {
        Status now = status;
        status = new Status(
                now.name(),
                state,
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.peers(),
                state.equals("chunks") ? now.bytesPerSecond() : 0,
                now.target());
    }

    private void tell(FetchEvent event) {
        listener.accept(event);
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
