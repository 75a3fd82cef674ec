package io.cairn.app.node;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.fetch.FetchQueue;
import io.cairn.app.fetch.run.FetchFailures;
import io.cairn.app.manifest.Manifests;
import io.cairn.app.share.Shares;
import io.cairn.app.work.StoredManifests;
import io.cairn.app.work.TargetResolver;
import io.cairn.app.work.Work;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The shares and fetches of this node by what the user calls them, and their manifests. */
final class KnownHashes {
    private final Work work;
    private final StateDatabase state;
    private final Shares shares;
    private final FetchQueue fetches;
    private final Manifests manifests;

    KnownHashes(Work work, StateDatabase state, Shares shares, FetchQueue fetches, Manifests manifests) {
        this.work = work;
        this.state = state;
        this.shares = shares;
        this.fetches = fetches;
        this.manifests = manifests;
    }

    /** Any thread. */
    FetchTarget resolve(String hashOrLink) throws CairnException {
        return TargetResolver.resolve(
                hashOrLink,
                TargetResolver.isWhole(hashOrLink) ? work.ask(this::names) : work.ask(shares.restored(), this::names));
    }

    /** The manifest of a share or fetch. Any thread; blocks. */
    Optional<Manifest> manifest(Key hash) throws CairnException {
        Optional<Manifest> shared = work.ask(shares.restored(), () -> shares.manifest(hash));
        try {
            return shared.isPresent() ? shared : StoredManifests.ofFetch(state, hash);
        } catch (IOException failure) {
            throw FetchFailures.storage("cannot read the state of this node", failure);
        }
    }

    /** The manifest, known here or from providers. On the loop. */
    CompletableFuture<Manifest> manifest(FetchTarget target) {
        return shares.find(target.hash())
                .thenCompose(found -> shares.manifest(target.hash())
                        .map(CompletableFuture::completedFuture)
                        .orElseGet(() -> work.offload(() -> StoredManifests.ofFetch(state, target.hash()))
                                .thenCompose(stored -> stored.map(CompletableFuture::completedFuture)
                                        .orElseGet(() -> manifests.find(target)))));
    }

    private Map<Key, String> names() {
        Map<Key, String> names = new LinkedHashMap<>();
        fetches.list().forEach(fetch -> names.put(fetch.hash(), fetch.status().name()));
        shares.list().forEach(share -> names.put(share.hash(), share.name()));
        return names;
    }
}
