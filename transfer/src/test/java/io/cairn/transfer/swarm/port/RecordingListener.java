package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.fetch.FetchListener;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.SwarmFetch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records the events of a fetch. */
public class RecordingListener implements FetchListener {
    public final List<String> events = new ArrayList<>();
    public final List<Integer> badChunks = new ArrayList<>();
    public volatile @Nullable FetchOutcome outcome;
    public long resumedBytes = -1;

    @Override
    public void lookup(int asked, int answered, int providers) {
        events.add("lookup " + providers);
    }

    @Override
    public void manifest(Manifest manifest, PeerId from, long resumed) {
        resumedBytes = resumed;
        events.add("manifest");
    }

    @Override
    public void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {
        events.add(state + " " + endpoint.port() + " " + reason);
    }

    @Override
    public void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {
        badChunks.add(chunk);
        events.add("bad " + chunk);
    }

    @Override
    public void verified(int chunks) {
        events.add("verified " + chunks);
    }

    /** Follows a fetch to its end. */
    public SwarmFetch of(SwarmFetch fetch) {
        CompletableFuture<Void> unused = fetch.end().thenAccept(this::ended);
        return fetch;
    }

    private void ended(FetchOutcome how) {
        if (outcome != null) {
            throw new IllegalStateException("ended twice");
        }
        outcome = how;
    }
}
