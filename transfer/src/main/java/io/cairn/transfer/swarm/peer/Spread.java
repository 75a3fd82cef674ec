package io.cairn.transfer.swarm.peer;

import io.cairn.transfer.content.ChunkSet;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far the chunks of a share have spread among the peers of this node: what they say they have, and what they have been sent. Confined
 * to the loop.
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

    /** A peer is gone, or does not take part any more. */
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

    /** Whether a peer that told what it has has not got a chunk and will not soon. */
    boolean isLacked(int chunk) {
        return copies[chunk] < known.size();
    }
}
