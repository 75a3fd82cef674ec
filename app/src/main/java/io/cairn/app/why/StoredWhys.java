package io.cairn.app.why;

import io.cairn.app.CairnException;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.json.FetchJson;
import io.cairn.app.json.JsonObject;
import io.cairn.app.json.JsonTree;
import io.cairn.app.json.WhyJson;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.app.work.StateFailures;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Key;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last hundred hashes whose fetches ended, in the state database: why the last fetch of each ended as it did, and on lines of their
 * own its fetches as lists show them, one for each target. Blocks: for workers.
 */
public final class StoredWhys {
    /** Most targets of one hash that are listed. */
    private static final int TARGETS_MAX = 4;

    private static final Logger LOG = LoggerFactory.getLogger(StoredWhys.class);

    private StoredWhys() {}

    /**
     * Keeps an answer in place of the earlier one for its hash, and what is listed of other targets.
     *
     * @param fetch that it is about; empty if lists do not show it
     * @param view the network when the answer was given
     */
    public static void put(StateDatabase state, Why now, Optional<FetchJson.Listed> fetch, NetworkView view)
            throws IOException {
        Why last = now.state() == FetchState.DONE
                ? now
                : Whys.after(find(state, now.hash()).orElse(null), now, view);
        List<FetchJson.Listed> listed = new ArrayList<>(listed(state, now.hash()));
        fetch.ifPresent(one -> {
            listed.removeIf(
                    earlier -> earlier.options().output().equals(one.options().output()));
            listed.add(one);
        });
        write(state, last, listed);
    }

    private static void write(StateDatabase state, Why why, List<FetchJson.Listed> listed) throws IOException {
        StringBuilder lines = new StringBuilder(line(WhyJson.of(why)));
        listed.stream()
                .skip(Math.max(0, listed.size() - TARGETS_MAX))
                .forEach(one -> lines.append('\n').append(line(FetchJson.of(one))));
        state.fetchWhys().put(why.hash(), why.atMillis(), lines.toString());
    }

    private static String line(JsonObject object) {
        return new String(object.line(), StandardCharsets.UTF_8).strip();
    }

    /** The fetches that lists show, the latest last. */
    public static List<FetchJson.Listed> fetches(StateDatabase state) throws IOException {
        return state.fetchWhys().all().values().stream()
                .flatMap(stored -> readListed(stored).stream())
                .toList();
    }

    private static List<FetchJson.Listed> listed(StateDatabase state, Key hash) throws IOException {
        return state.fetchWhys().find(hash).map(StoredWhys::readListed).orElse(List.of());
    }

    private static List<FetchJson.Listed> readListed(String stored) {
        return stored.lines()
                .skip(1)
                .flatMap(line -> read(line, FetchJson::read).stream())
                .toList();
    }

    /** The last answer for a hash. */
    public static Optional<Why> find(StateDatabase state, Key hash) throws IOException {
        return state.fetchWhys().find(hash).flatMap(StoredWhys::readWhy);
    }

    /**
     * What a fetch left is deleted: lists show only what is complete, and an answer that offers to go on from there is no longer true.
     */
    public static void cancelled(StateDatabase state, Key hash) throws IOException {
        Optional<Why> last = find(state, hash);
        if (last.isPresent()) {
            Diagnosis cause = Cause.cancelled();
            boolean isUntrue = last.get().next().reason() == Reason.RESUME_THE_FETCH;
            write(
                    state,
                    isUntrue
                            ? last.get()
                                    .in(FetchState.CANCELLED)
                                    .because(cause.why(), cause.next().and("hash", hash))
                            : last.get(),
                    listed(state, hash).stream()
                            .filter(one -> one.status().state() == FetchState.DONE)
                            .toList());
        }
    }

    private static Optional<Why> readWhy(String stored) {
        return stored.lines().findFirst().flatMap(line -> read(line, WhyJson::read));
    }

    /** One that cannot be read, since another version wrote it or it is damaged, is none: it is only told, and nothing depends on it. */
    private static <T> Optional<T> read(String json, Function<JsonTree, T> reader) {
        try {
            return Optional.of(reader.apply(JsonTree.object(json.getBytes(StandardCharsets.UTF_8))));
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
                readWhy(stored.getValue()).ifPresent(why -> whys.put(stored.getKey(), why));
            }
        }
    }
}
