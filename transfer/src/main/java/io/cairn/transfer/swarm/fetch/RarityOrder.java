package io.cairn.transfer.swarm.fetch;

import java.util.Arrays;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * The chunks not yet requested, rarest first, ties at random. An array with one bucket per rarity: each change swaps a few numbers,
 * whatever the share's size. Takes three integers per chunk.
 */
final class RarityOrder {
    private final RandomGenerator random;
    private final int[] order; // by rarity; beyond size, the removed chunks
    private final int[] place; // index of each chunk in order
    private final int[] holders; // per chunk: its rarity
    private final int[] ends; // per rarity: the end of its bucket
    private int size;

    /**
     * Starts with all chunks, each without a holder.
     *
     * @param holdersMax most holders counted per chunk; more make no difference
     */
    RarityOrder(int chunkCount, int holdersMax, RandomGenerator random) {
        this.random = random;
        this.order = new int[chunkCount];
        this.place = new int[chunkCount];
        this.holders = new int[chunkCount];
        this.ends = new int[holdersMax + 1];
        this.size = chunkCount;
        for (int i = 0; i < chunkCount; i++) {
            order[i] = i;
            place[i] = i;
        }
        for (int i = 0; i < chunkCount; i++) {
            swap(i, random.nextInt(i, chunkCount));
        }
        Arrays.fill(ends, chunkCount);
    }

    int size() {
        return size;
    }

    /** The chunk at a place, the rarest at 0. */
    int at(int index) {
        return order[Objects.checkIndex(index, size)];
    }

    boolean contains(int chunk) {
        return place[chunk] < size;
    }

    int holders(int chunk) {
        return holders[chunk];
    }

    /** One more peer has the chunk. */
    void gained(int chunk) {
        int rarity = bucket(chunk);
        holders[chunk]++;
        if (contains(chunk) && rarity < ends.length - 1) {
            swap(place[chunk], --ends[rarity]);
            shuffleIn(chunk);
        }
    }

    /** One peer fewer has the chunk. */
    void lost(int chunk) {
        holders[chunk]--;
        int rarity = bucket(chunk);
        if (contains(chunk) && rarity < ends.length - 1 && holders[chunk] < ends.length - 1) {
            swap(place[chunk], ends[rarity]++);
            shuffleIn(chunk);
        }
    }

    /** Removes a chunk. */
    void remove(int chunk) {
        if (contains(chunk)) {
            for (int rarity = bucket(chunk); rarity < ends.length; rarity++) {
                swap(place[chunk], --ends[rarity]);
            }
            size--;
        }
    }

    /** Puts a chunk back. */
    void insert(int chunk) {
        if (!contains(chunk)) {
            swap(place[chunk], size++);
            ends[ends.length - 1]++;
            for (int rarity = ends.length - 2; rarity >= bucket(chunk); rarity--) {
                swap(place[chunk], ends[rarity]++);
            }
            shuffleIn(chunk);
        }
    }

    private int bucket(int chunk) {
        return Math.min(holders[chunk], ends.length - 1);
    }

    private void shuffleIn(int chunk) {
        int rarity = bucket(chunk);
        int start = rarity == 0 ? 0 : ends[rarity - 1];
        swap(place[chunk], random.nextInt(start, ends[rarity]));
    }

    private void swap(int a, int b) {
        int chunkA = order[a];
        int chunkB = order[b];
        order[a] = chunkB;
        order[b] = chunkA;
        place[chunkA] = b;
        place[chunkB] = a;
    }
}
