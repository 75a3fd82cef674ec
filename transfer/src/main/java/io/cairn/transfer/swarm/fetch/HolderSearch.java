package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.Provider;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.peer.Dialler;
import io.cairn.transfer.swarm.peer.PeerLink;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Searches for a chunk that no peer of a fetch has, by its own key: a provider of another share may have it in that. Confined to the loop. */
final class HolderSearch {
    private final FetchEnvironment env;
    private final SeenPeers seen;
    private final BiConsumer<PeerId, FetchOutcome.PeerTrouble> troubles;
    private final Set<PeerId> reached = new LinkedHashSet<>();
    private @Nullable FetchSearch search;
    private @Nullable Key chunk;
    private boolean stopped;

    /** @param troubles gets the holders that cannot be reached */
    HolderSearch(FetchEnvironment env, SeenPeers seen, BiConsumer<PeerId, FetchOutcome.PeerTrouble> troubles) {
        this.env = env;
        this.seen = seen;
        this.troubles = troubles;
    }

    /**
     * Searches for the first chunk that no peer has, and asks who is found for all of these.
     *
     * @param manifest null to search for none
     */
    void search(@Nullable Manifest manifest, ChunkFetch chunks) {
        List<Integer> lone = manifest == null ? List.of() : chunks.chunksWithoutHolder();
        if (manifest == null || lone.isEmpty()) {
            search(null, holder -> {});
        } else {
            search(manifest.chunkKey(lone.get(0)), holder -> {
                List<Key> keys = chunks.chunksWithoutHolder().stream()
                        .map(manifest::chunkKey)
                        .toList();
                if (!keys.isEmpty()) {
                    holder.connection().locate(keys);
                }
            });
        }
    }

    private void search(@Nullable Key wanted, Consumer<PeerLink> found) {
        if (!Objects.equals(wanted, chunk)) {
            chunk = wanted;
            reached.clear();
            if (search != null) {
                search.stop();
            }
            search = wanted == null
                    ? null
                    : new FetchSearch(
                            env.dht(),
                            env.scheduler(),
                            wanted,
                            env.limits(),
                            reached::size,
                            provider -> reach(provider, found));
            if (search != null) {
                search.start();
            }
        }
    }

    void stop() {
        stopped = true;
        search(null, holder -> {});
    }

    private void reach(Provider provider, Consumer<PeerLink> found) {
        List<Endpoint> endpoints = provider.endpoints().stream()
                .filter(endpoint ->
                        !env.links().trust().isBanned(endpoint, env.clock().monotonicMillis()))
                .toList();
        PeerId peer = PeerId.of(provider.id());
        if (!env.dht().id().equals(provider.id()) && !endpoints.isEmpty() && !stopped) {
            env.dialler().reach(peer, endpoints, false, new Dialler.Listener() {
                @Override
                public void reached(PeerLink link) {
                    if (!stopped) {
                        reached.add(link.peer());
                        found.accept(link);
                    }
                }

                @Override
                public void dialling(Endpoint endpoint) {
                    seen.dialling(peer, endpoint, env.clock().monotonicMillis());
                }

                @Override
                public void dialled(Endpoint endpoint, @Nullable DialFailure failure) {
                    seen.dialled(peer, endpoint, failure, env.clock().monotonicMillis());
                }

                @Override
                public void unreachable(Endpoint endpoint, DialFailure failure) {
                    troubles.accept(
                            peer, new FetchOutcome.PeerTrouble(peer, endpoint, failure.kind(), failure.reason()));
                }
            });
        }
    }
}
