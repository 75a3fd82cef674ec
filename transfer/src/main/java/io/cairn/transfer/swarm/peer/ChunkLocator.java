package io.cairn.transfer.swarm.peer;

import io.cairn.dht.env.PatientWork;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.port.ChunkPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Locates chunks for peers that name them by key, in any share of this node. Keeps no index: a worker searches the manifests of all shares,
 * one question per peer at a time. The search takes in shares that the peer may not have, so that it takes as long for every peer; the
 * answer leaves them out. Confined to the loop.
 */
public final class ChunkLocator {
    private final Scheduler scheduler;
    private final Map<Key, ServedShare> shares;
    private final Audience audience;
    private final Set<PeerLink> asking = new LinkedHashSet<>();

    /** @param shares the served shares by hash; a live view */
    public ChunkLocator(Scheduler scheduler, Map<Key, ServedShare> shares, Audience audience) {
        this.scheduler = scheduler;
        this.shares = shares;
        this.audience = audience;
    }

    /** Answers a peer, unless an earlier question of that peer is still pending. */
    public void locate(PeerLink link, List<Key> keys) {
        if (asking.add(link)) {
            List<Manifest> manifests = shares.values().stream()
                    .map(share -> share.content().manifest())
                    .toList();
            Set<Key> wanted = new LinkedHashSet<>(keys);
            PatientWork.offload(scheduler, () -> search(manifests, wanted), (found, failure) -> answer(link, found));
        }
    }

    private void answer(PeerLink link, @Nullable List<ChunkPlace> found) {
        asking.remove(link);
        if (found != null && !link.isClosed()) {
            Map<Key, ChunkPlace> had = new LinkedHashMap<>();
            for (ChunkPlace place : found) {
                ServedShare share = shares.get(place.share());
                if (share != null && share.has(place.chunk()) && audience.mayHave(link, place.share())) {
                    had.put(place.key(), place);
                }
            }
            link.connection().tellLocations(List.copyOf(had.values()));
        }
    }

    private static List<ChunkPlace> search(List<Manifest> manifests, Set<Key> wanted) {
        List<ChunkPlace> found = new ArrayList<>();
        for (Manifest manifest : manifests) {
            for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
                Key key = manifest.chunkKey(chunk);
                if (wanted.contains(key)) {
                    found.add(new ChunkPlace(key, manifest.hash(), chunk, manifest.chunkLength(chunk)));
                }
            }
        }
        return found;
    }
}
