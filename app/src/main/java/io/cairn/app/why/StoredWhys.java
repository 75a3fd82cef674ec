package io.cairn.app.why;

import io.cairn.app.CairnException;
import io.cairn.app.FetchState;
import io.cairn.app.Why;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.WhyJson;
import io.cairn.app.work.StateFailures;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Why the last hundred fetches ended as they did, in the state database. Blocks: for workers. */
public final class StoredWhys {
    private StoredWhys() {}

    /** Keeps an answer in place of the earlier one for its hash. */
    public static void put(StateDatabase state, Why now) throws IOException {
        Why last = now.state() == FetchState.DONE
                ? now
                : Whys.after(find(state, now.hash()).orElse(null), now);
        String line = new String(WhyJson.of(last).line(), StandardCharsets.UTF_8).strip();
        state.fetchWhys().put(last.hash(), last.atMillis(), line);
    }

    /** The last answer for a hash. */
    public static Optional<Why> find(StateDatabase state, Key hash) throws IOException {
        Optional<String> stored = state.fetchWhys().find(hash);
        return stored.isPresent() ? Optional.of(read(stored.get())) : Optional.empty();
    }

    private static Why read(String json) throws IOException {
        try {
            return WhyJson.read(JsonTree.object(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException damaged) {
            throw new IOException("the state database holds a damaged answer to why a fetch ended", damaged);
        }
    }

    /**
     * The last answer in a data directory, without starting a node, even while another process runs one there.
     *
     * @param hashOrLink as {@link io.cairn.app.Node#resolve} takes it
     * @return empty if the directory has none
     * @throws CairnException of kind USAGE if it is neither a hash, a link, nor the name of a fetch that ended
     */
    public static Optional<Why> find(Path dataDirectory, String hashOrLink) throws CairnException {
        Path file = dataDirectory.resolve(StateDatabase.FILE_NAME);
        Map<Key, Why> whys = new LinkedHashMap<>();
        try {
            if (Files.exists(file)) {
                readAll(file, whys);
            }
        } catch (IOException failure) {
            throw StateFailures.of("cannot read the state of this node in " + file, file, failure);
        }
        Map<Key, String> names = new LinkedHashMap<>();
        whys.forEach((hash, why) -> names.put(hash, why.name()));
        return Optional.ofNullable(
                whys.get(TargetResolver.resolve(hashOrLink, names).hash()));
    }

    private static void readAll(Path file, Map<Key, Why> whys) throws IOException {
        try (StateDatabase state = StateDatabase.openReadOnly(file)) {
            for (Map.Entry<Key, String> stored : state.fetchWhys().all().entrySet()) {
                whys.put(stored.getKey(), read(stored.getValue()));
            }
        }
    }
}
