package io.cairn.transfer.content;

import io.cairn.dht.id.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The digests of one share that a journal knows, and those that it is to know. Reading is thread-safe, the rest for one thread. */
final class HashedChunks {
    /** After how many hashed bytes the journal is written: what an interrupted hashing may lose. */
    private static final long BATCH_BYTES = 1L << 30;

    private final HashJournal journal;
    private final ScannedShare share;
    private final StreamLayout layout;
    private final Map<Key, byte[]> known;
    private final Map<Key, byte[]> pending = new LinkedHashMap<>();
    private final Map<Integer, Key> places = new HashMap<>();
    private long pendingBytes;
    private boolean journalled;

    HashedChunks(HashJournal journal, ScannedShare share, StreamLayout layout) throws IOException {
        this.journal = journal;
        this.share = share;
        this.layout = layout;
        this.known = journal.read();
    }

    /** The digests of a chunk that was hashed by an earlier run. */
    ChunkDigests.@Nullable Pair find(long offset, int length) {
        byte[] digests = known.isEmpty() ? null : known.get(place(offset, length));
        return digests == null || digests.length != HashJournal.DIGESTS_BYTES
                ? null
                : new ChunkDigests.Pair(Arrays.copyOf(digests, 20), Arrays.copyOfRange(digests, 20, digests.length));
    }

    /** Notes a chunk that was hashed now. */
    void add(int chunk, long offset, int length, ChunkDigests.Pair digests) throws IOException {
        if (journal == HashJournal.NONE) {
            return;
        }
        Key place = place(offset, length);
        places.put(chunk, place);
        byte[] both = Arrays.copyOf(digests.sha1(), HashJournal.DIGESTS_BYTES);
        System.arraycopy(digests.sha256(), 0, both, 20, 32);
        pending.put(place, both);
        pendingBytes += length;
        if (pendingBytes >= BATCH_BYTES) {
            flush();
        }
    }

    /** Writes what the journal does not know yet; for when hashing is broken off. */
    void flush() throws IOException {
        if (!pending.isEmpty()) {
            journal.write(pending);
            journalled = true;
            pending.clear();
            pendingBytes = 0;
        }
    }

    /** Forgets it all: the share is hashed. */
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
            text.append(share.paths().get(part.file()).toAbsolutePath())
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
}
