package io.cairn.transfer.content.hashing;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.ChunkGrid;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One share's digests in the journal, and those still to be written. Reading is thread-safe; everything else is for one thread. */
final class HashedChunks {
    /** Hashed bytes between two writes of the journal: the most that an interruption can lose. */
    private static final long BATCH_BYTES = 1L << 30;

    private final HashJournal journal;
    private final ScannedShare share;
    private final List<Path> paths;
    private final StreamLayout layout;
    private final ChunkGrid grid;
    private final Map<Key, byte[]> known;
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Integer, Key> places = new HashMap<>();
    private long pendingBytes;
    private boolean journalled;

    /** @param paths the share's files */
    HashedChunks(HashJournal journal, ScannedShare share, List<Path> paths, StreamLayout layout, ChunkGrid grid)
            throws IOException {
        this.journal = journal;
        this.share = share;
        this.paths = paths;
        this.layout = layout;
        this.grid = grid;
        this.known = journal.read();
    }

    /** The digests of a chunk hashed by an earlier run, or null. */
    ChunkDigests.@Nullable Pair find(int chunk) {
        byte[] digests = known.isEmpty() ? null : known.get(place(chunk));
        return digests == null || digests.length != HashJournal.DIGESTS_BYTES
                ? null
                : new ChunkDigests.Pair(Arrays.copyOf(digests, 20), Arrays.copyOfRange(digests, 20, digests.length));
    }

    /** Adds a chunk hashed by this run. */
    void add(int chunk, ChunkDigests.Pair digests) throws IOException {
        if (journal == HashJournal.NONE) {
            return;
        }
        pending.add(new Pending(chunk, digests));
        pendingBytes += grid.length(chunk);
        if (pendingBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** Writes pending digests to the journal; also called when hashing is interrupted. */
    void flush() throws IOException {
        if (!pending.isEmpty()) {
            Map<Key, byte[]> batch = new LinkedHashMap<>();
            for (Pending hashed : pending) {
                Key place = place(hashed.chunk());
                places.put(hashed.chunk(), place);
                batch.put(place, hashed.digests().joined());
            }
            journal.write(batch);
            journalled = true;
            pending.clear();
            pendingBytes = 0;
        }
    }

    /** Removes the share's digests from the journal once it is hashed. */
    void done() throws IOException {
        if (journalled || !known.isEmpty()) {
            for (int chunk = 0; chunk < grid.count(); chunk++) {
                places.computeIfAbsent(chunk, this::place);
            }
            journal.remove(places.values());
        }
    }

    private Key place(int chunk) {
        StringBuilder text = new StringBuilder();
        for (StreamLayout.Part part : layout.parts(grid.offset(chunk), grid.length(chunk))) {
            FileStamp stamp = share.stamps().get(part.file());
            text.append(paths.get(part.file()).toAbsolutePath())
                    .append('\0')
                    .append(stamp.size())
                    .append(' ')
                    .append(stamp.modifiedNanos())
                    .append(' ')
                    .append(part.offset())
                    .append(' ')
                    .append(part.length())
                    .append('\n');
        }
        if (grid.zeros(chunk) > 0) {
            text.append(grid.zeros(chunk)).append(" zeros\n");
        }
        return Key.ofContent(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private record Pending(int chunk, ChunkDigests.Pair digests) {}
}
