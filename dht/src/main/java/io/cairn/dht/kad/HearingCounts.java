package io.cairn.dht.kad;

/**
 * Counts how often each hash was heard: an open-addressing table of primitives, at most half full, 18 bytes or more an entry; no memory
 * while empty.
 */
final class HearingCounts {
    private static final int CAPACITY_MIN = 8;
    private static final long NOTHING = 0;

    private long[] hashes = {};
    private byte[] counts = {};
    private int size;

    int of(long hash) {
        return size == 0 ? 0 : counts[slotOf(named(hash))];
    }

    void increment(long hash) {
        if (2 * size >= hashes.length) {
            grow();
        }
        int slot = slotOf(named(hash));
        size += hashes[slot] == NOTHING ? 1 : 0;
        hashes[slot] = named(hash);
        counts[slot] = (byte) Math.min(Byte.MAX_VALUE, counts[slot] + 1);
    }

    int size() {
        return size;
    }

    private void grow() {
        long[] formerHashes = hashes;
        byte[] formerCounts = counts;
        int capacity = Math.max(CAPACITY_MIN, 2 * formerHashes.length);
        hashes = new long[capacity];
        counts = new byte[capacity];
        for (int former = 0; former < formerHashes.length; former++) {
            if (formerHashes[former] != NOTHING) {
                int slot = slotOf(formerHashes[former]);
                hashes[slot] = formerHashes[former];
                counts[slot] = formerCounts[former];
            }
        }
    }

    /** The slot of a hash, or the free slot for it. There is always a free slot. */
    private int slotOf(long hash) {
        int mask = hashes.length - 1;
        int slot = (int) hash & mask;
        while (hashes[slot] != NOTHING && hashes[slot] != hash) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private static long named(long hash) {
        return hash == NOTHING ? 1 : hash;
    }
}
