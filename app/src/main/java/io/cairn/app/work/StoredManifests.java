package io.cairn.app.work;

import io.cairn.app.CairnException;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads manifests from the stored state of a node that may be running in another process, without changing it. */
public final class StoredManifests {
    private StoredManifests() {}

    public static Optional<Manifest> find(Path dataDirectory, String hashOrLink) throws CairnException {
        Map<Key, Manifest> manifests = read(dataDirectory.resolve(StateDatabase.FILE_NAME));
        Map<Key, String> names = new LinkedHashMap<>();
        manifests.forEach((hash, manifest) -> names.put(hash, manifest.name()));
        return Optional.ofNullable(
                manifests.get(TargetResolver.resolve(hashOrLink, names).hash()));
    }

    /** The manifest of a share or an unfinished fetch. Blocks: for workers. */
    public static Optional<Manifest> find(StateDatabase state, Key hash) throws IOException {
        Optional<Manifest> shared = state.shares().find(hash).map(StoredShare::manifest);
        return shared.isPresent() ? shared : ofFetch(state, hash);
    }

    /** The manifest of an unfinished fetch. Blocks: for workers. */
    public static Optional<Manifest> ofFetch(StateDatabase state, Key hash) throws IOException {
        return state.fetches().find(hash).stream().findFirst().map(StoredFetch::manifest);
    }

    private static Map<Key, Manifest> read(Path file) throws CairnException {
        Map<Key, Manifest> manifests = new LinkedHashMap<>();
        if (!Files.exists(file)) {
            return manifests;
        }
        try (StateDatabase state = StateDatabase.openReadOnly(file)) {
            for (StoredFetch fetch : state.fetches().all()) {
                manifests.put(fetch.hash(), fetch.manifest());
            }
            for (StoredShare share : state.shares().all()) {
                manifests.put(share.hash(), share.manifest());
            }
            return manifests;
        } catch (IOException failure) {
            throw StateFailures.of("cannot read the state of this node in " + file, file, failure);
        }
    }
}
