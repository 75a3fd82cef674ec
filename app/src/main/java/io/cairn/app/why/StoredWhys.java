package io.cairn.app.why;

import io.cairn.app.CairnException;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.WhyJson;
import io.cairn.app.network.Diagnosis;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why the last hundred fetches ended as they did, in the state database. Blocks: for workers. */
public final class StoredWhys {
    private static final Logger LOG = LoggerFactory.getLogger(StoredWhys.class);

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
        return state.fetchWhys().find(hash).flatMap(StoredWhys::read);
    }

    /** What a fetch left is deleted: an answer that offers to go on from there is no longer true. */
    public static void cancelled(StateDatabase state, Key hash) throws IOException {
        Optional<Why> last = find(state, hash).filter(why -> why.next().reason() == Reason.RESUME_THE_FETCH);
        if (last.isPresent()) {
            Diagnosis cause = Cause.cancelled();
            put(
                    state,
                    last.get()
                            .in(FetchState.CANCELLED)
                            .because(cause.why(), cause.next().and("hash", hash)));
        }
    }

    /** One that cannot be read, since another version wrote it or it is damaged, is none: it is only told, and nothing depends on it. */
    private static Optional<Why> read(String json) {
        try {
            return Optional.of(WhyJson.read(JsonTree.object(json.getBytes(StandardCharsets.UTF_8))));
        } catch (IllegalArgumentException unreadable) {
            LOG.warn("a stored answer to why a fetch ended cannot be read: {}", unreadable.getMessage());
            return Optional.empty();
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
                read(stored.getValue()).ifPresent(why -> whys.put(stored.getKey(), why));
            }
        }
    }
}
