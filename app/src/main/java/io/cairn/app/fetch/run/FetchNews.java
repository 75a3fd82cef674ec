package io.cairn.app.fetch.run;

import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.PeerChanged.State;
import io.cairn.app.network.Peers;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchProgress;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Turns the swarm's reports into events, and asks for progress four times a second. Confined to the loop. */
public class FetchNews implements FetchListener {
    private static final long PROGRESS_MILLIS = 250;

    private final Consumer<FetchEvent> listener;
    private final Scheduler scheduler;
    private final Runnable tick;
    private Scheduler.@Nullable Timer ticker;

    /** @param tick called four times a second between {@link #start} and {@link #end} */
    public FetchNews(Consumer<FetchEvent> listener, Scheduler scheduler, Runnable tick) {
        this.listener = listener;
        this.scheduler = scheduler;
        this.tick = tick;
    }

    public static FetchEvent.Progress progress(FetchProgress now) {
        long leftBytes = now.totalBytes() - now.verifiedBytes();
        return new FetchEvent.Progress(
                now.verifiedBytes(),
                now.totalBytes(),
                now.chunks(),
                now.chunkCount(),
                now.bytesPerSecond(),
                now.peers(),
                now.bytesPerSecond() == 0 ? -1 : leftBytes * 1000 / now.bytesPerSecond());
    }

    public static List<FetchEvent.Contribution> contributions(List<FetchOutcome.Contribution> peers) {
        return peers.stream()
                .filter(peer -> peer.chunks() > 0)
                .map(peer -> new FetchEvent.Contribution(
                        Peers.node(peer.peer()), peer.endpoint(), peer.chunks(), peer.bytes()))
                .toList();
    }

    /** Starts the ticks; does nothing if they are running. */
    public final void start() {
        if (ticker == null) {
            ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
        }
    }

    public final void end() {
        if (ticker != null) {
            ticker.cancel();
            ticker = null;
        }
    }

    private void tick() {
        ticker = scheduler.schedule(PROGRESS_MILLIS, this::tick);
        tick.run();
    }

    @Override
    public void lookup(int asked, int answered, int providers) {
        listener.accept(new FetchEvent.Lookup(asked, answered, providers));
    }

    @Override
    public void manifest(Manifest manifest, PeerId from, long resumedBytes) {
        listener.accept(new FetchEvent.ManifestArrived(
                manifest.name(), manifest.totalBytes(), manifest.chunkCount(), Peers.node(from), resumedBytes));
    }

    @Override
    public void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {
        listener.accept(new FetchEvent.PeerChanged(peer == null ? null : peer.node(), endpoint, told(state), reason));
    }

    private static State told(PeerState state) {
        return switch (state) {
            case CONNECTING -> State.CONNECTING;
            case CONNECTED -> State.CONNECTED;
            case FAILED -> State.FAILED;
            case LOST -> State.LOST;
            case DROPPED -> State.DROPPED;
        };
    }

    @Override
    public void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {
        listener.accept(new FetchEvent.ChunkBad(chunk, Peers.node(peer), endpoint));
    }

    @Override
    public void verified(int chunks) {
        tick.run();
        listener.accept(new FetchEvent.Verified(chunks));
    }
}
