package io.cairn.transfer.swarm.peer;

import io.cairn.transfer.content.ChunkSet;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the chunks of a share have spread among the peers of this node: those that peers announced and those sent to them. Confined to
 * the loop.
 */
final class Spread {
    private final int[] copies;
    private final Map<PeerLink, BitSet> known = new LinkedHashMap<>();

    Spread(int chunkCount) {
        this.copies = new int[chunkCount];
    }

    /** A peer has these chunks at least. */
    void has(PeerLink link, ChunkSet chunks) {
        BitSet news = chunks.toBitSet();
        BitSet before = known.computeIfAbsent(link, l -> new BitSet());
        news.andNot(before);
        before.or(news);
        news.stream().forEach(chunk -> copies[chunk]++);
    }

    /** A peer has this chunk, or will have it soon. */
    void has(PeerLink link, int chunk) {
        BitSet before = known.computeIfAbsent(link, l -> new BitSet());
        if (chunk < copies.length && !before.get(chunk)) {
            before.set(chunk);
            copies[chunk]++;
        }
    }

    /** A peer left, or no longer takes part. */
    void left(PeerLink link) {
        BitSet before = known.remove(link);
        if (before != null) {
            before.stream().forEach(chunk -> copies[chunk]--);
        }
    }

    /** How many peers have a chunk or will have it soon. */
    int copies(int chunk) {
        return copies[chunk];
    }

    /** Whether a peer that announced its chunks lacks this one and will not get it soon. */
    boolean isLacked(int chunk) {
        return copies[chunk] < known.size();
    }
}
