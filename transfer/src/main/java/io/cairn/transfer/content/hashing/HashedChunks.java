package io.cairn.transfer.content.hashing;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.manifest.ChunkDigests;
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
    private final Map<Key, byte[]> known;
    private final List<Pending> pending = new ArrayList<>();
    private final Map<Integer, Key> places = new HashMap<>();
    private long pendingBytes;
    private boolean journalled;

    /** @param paths the share's files */
    HashedChunks(HashJournal journal, ScannedShare share, List<Path> paths, StreamLayout layout) throws IOException {
        this.journal = journal;
        this.share = share;
        this.paths = paths;
        this.layout = layout;
        this.known = journal.read();
    }

    /** The digests of a chunk hashed by an earlier run, or null. */
    ChunkDigests.@Nullable Pair find(long offset, int length) {
        byte[] digests = known.isEmpty() ? null : known.get(place(offset, length));
        return digests == null || digests.length != HashJournal.DIGESTS_BYTES
                ? null
                : new ChunkDigests.Pair(Arrays.copyOf(digests, 20), Arrays.copyOfRange(digests, 20, digests.length));
    }

    /** Adds a chunk hashed by this run. */
    void add(int chunk, long offset, int length, ChunkDigests.Pair digests) throws IOException {
        if (journal == HashJournal.NONE) {
            return;
        }
        pending.add(new Pending(chunk, offset, length, digests));
        pendingBytes += length;
        if (pendingBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** Writes pending digests to the journal; also called when hashing is interrupted. */
    void flush() throws IOException {
        if (!pending.isEmpty()) {
            Map<Key, byte[]> batch = new LinkedHashMap<>();
            for (Pending hashed : pending) {
                Key place = place(hashed.offset(), hashed.length());
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
    void done(int chunkCount, int chunkBytes) throws IOException {
        if (journalled || !known.isEmpty()) {
            for (int chunk = 0; chunk < chunkCount; chunk++) {
                long offset = (long) chunk * chunkBytes;
                int length = (int) Math.min(chunkBytes, layout.totalBytes() - offset);
                places.computeIfAbsent(chunk, missing -> place(offset, length));
            }
            journal.remove(places.values());
        }
    }

    private Key place(long offset, int length) {
        StringBuilder text = new StringBuilder();
        for (StreamLayout.Part part : layout.parts(offset, length)) {
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
        return Key.ofContent(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private record Pending(int chunk, long offset, int length, ChunkDigests.Pair digests) {}
}
