package io.cairn.app;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.swarm.FetchListener;
import io.cairn.transfer.swarm.FetchOutcome;
import io.cairn.transfer.swarm.FetchProgress;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One repair under way: turns what the swarm says into events. Confined to the loop. */
final class RepairRun implements FetchListener {
    private static final Logger LOG = LoggerFactory.getLogger(RepairRun.class);

    /** How often progress is told, in milliseconds. */
    private static final long PROGRESS_MILLIS = 250;

    private final Consumer<FetchEvent> listener;
    private final Scheduler scheduler;
    private final Consumer<FetchOutcome> ending;
    private final Clock clock;
    private final long startedMillis;
    private @Nullable Supplier<FetchProgress> progress;
    private Scheduler.@Nullable Timer ticker;

    RepairRun(Consumer<FetchEvent> listener, Scheduler scheduler, Clock clock, Consumer<FetchOutcome> ending) {
        this.listener = listener;
        this.scheduler = scheduler;
        this.clock = clock;
        this.startedMillis = clock.monotonicMillis();
        this.ending = ending;
    }

    /** Begins to tell progress. */
    void watch(Supplier<FetchProgress> begun) {
        progress = begun;
        ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
    }

    long elapsedMillis() {
        return clock.monotonicMillis() - startedMillis;
    }

    @Override
    public void lookup(int asked, int answered, int providers) {
        tell(new FetchEvent.Lookup(asked, answered, providers));
    }

    @Override
    public void manifest(Manifest manifest, NodeId from, long goodBytes) {
        tell(new FetchEvent.ManifestArrived(
                manifest.name(), manifest.totalBytes(), manifest.chunkCount(), from, goodBytes));
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
        tell();
        tell(new FetchEvent.Verified(chunks));
    }

    @Override
    public void ended(FetchOutcome outcome) {
        if (ticker != null) {
            ticker.cancel();
        }
        ending.accept(outcome);
    }

    private void tick() {
        tell();
        ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
    }

    /** A listener that throws is its own trouble and not the repair's. */
    private void tell(FetchEvent event) {
        try {
            listener.accept(event);
        } catch (RuntimeException failure) {
            LOG.error("a listener of a repair failed", failure);
        }
    }

    private void tell() {
        Supplier<FetchProgress> telling = progress;
        if (telling == null) {
            return;
        }
        FetchProgress now = telling.get();
        long left = now.totalBytes() - now.verifiedBytes();
        tell(new FetchEvent.Progress(
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.bytesPerSecond(),
                now.peers(),
                now.bytesPerSecond() == 0 ? -1 : left * 1000 / now.bytesPerSecond()));
    }
}
