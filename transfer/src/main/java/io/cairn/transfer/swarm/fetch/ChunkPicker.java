package io.cairn.transfer.swarm.fetch;

import io.cairn.transfer.content.ChunkSet;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Decides which chunk to request from which peer: rarest first, ties at random (Cohen, Incentives Build Robustness in BitTorrent, 2003,
 * section 2.4), or in stream order; the last chunks from several peers. Chunks that are not wanted are never requested. It only keeps state
 * and never sends. Peers that have everything do not count for rarity: they make no chunk rarer than another, so their joining costs
 * nothing.
 *
 * @param <P> identifies a peer; compared by equals
 */
final class ChunkPicker<P> {
    private final int chunkCount;
    private final RarityOrder missing;
    private final boolean sequential;
    private final BitSet wanted;
    private final BitSet verified;
    private final Map<P, BitSet> holdings = new LinkedHashMap<>();
    private final Map<Integer, Set<P>> askers = new LinkedHashMap<>();
    private final Map<Integer, Set<P>> liars = new LinkedHashMap<>();
    private final BitSet verifying = new BitSet();
    private long version;

    /**
     * @param have chunks already here, wanted or not
     * @param wanted chunks to fetch
     * @param sequential in stream order instead of rarest first
     */
    ChunkPicker(ChunkSet have, ChunkSet wanted, boolean sequential, int peersMax, RandomGenerator random) {
        this.chunkCount = have.chunkCount();
        this.missing = new RarityOrder(chunkCount, peersMax, random);
        this.sequential = sequential;
        this.wanted = wanted.toBitSet();
        this.verified = have.toBitSet();
        for (int chunk = 0; chunk < chunkCount; chunk++) {
            if (verified.get(chunk) || !this.wanted.get(chunk)) {
                missing.remove(chunk);
            }
        }
        verified.and(this.wanted);
    }

    /** All chunks that a peer has; replaces its earlier claim. */
    void peerHas(P peer, ChunkSet chunks) {
        forgetHoldings(peer);
        BitSet bits = chunks.toBitSet();
        holdings.put(peer, bits);
        if (bits.cardinality() < chunkCount) {
            bits.stream().forEach(missing::gained);
        }
    }

    /** A peer has one more chunk. */
    void peerGained(P peer, int chunk) {
        BitSet bits = holdings.get(peer);
        if (bits != null && !bits.get(chunk)) {
            bits.set(chunk);
            missing.gained(chunk);
            if (bits.cardinality() == chunkCount) {
                bits.stream().forEach(missing::lost);
            }
        }
    }

    /** A peer does not have a chunk after all. */
    void peerLacks(P peer, int chunk) {
        BitSet bits = holdings.get(peer);
        if (bits != null && bits.get(chunk)) {
            if (bits.cardinality() == chunkCount) {
                bits.stream().forEach(missing::gained);
            }
            bits.clear(chunk);
            missing.lost(chunk);
            version++;
        }
    }

    /** A peer left; what was requested from it can be requested from others. */
    void peerLeft(P peer) {
        forgetHoldings(peer);
        version++;
        for (int chunk : List.copyOf(askers.keySet())) {
            notAsked(peer, chunk);
        }
    }

    /**
     * Picks chunks to request from a peer, the rarest or the first of the stream first, and marks them as requested.
     *
     * @param excluded chunks not to pick: the peer already owes them
     */
    List<Integer> pick(P peer, int countMax, Set<Integer> excluded) {
        BitSet bits = holdings.get(peer);
        List<Integer> picked = bits == null
                ? List.of()
                : inOrder()
                        .filter(chunk -> bits.get(chunk)
                                && !excluded.contains(chunk)
                                && (!hasLied(peer, chunk) || !hasOtherHolder(chunk)))
                        .limit(countMax)
                        .boxed()
                        .toList();
        for (int chunk : picked) {
            missing.remove(chunk);
            askers.computeIfAbsent(chunk, c -> new LinkedHashSet<>()).add(peer);
        }
        return picked;
    }

    /**
     * Whether a chunk already requested from others could also be requested from this peer.
     *
     * @param askersMax most peers that the same chunk is requested from
     */
    boolean couldAskAgain(P peer, int chunk, int askersMax) {
        BitSet bits = holdings.get(peer);
        Set<P> of = askers.getOrDefault(chunk, Set.of());
        return bits != null
                && bits.get(chunk)
                && !verifying.get(chunk)
                && !of.isEmpty()
                && of.size() < askersMax
                && !of.contains(peer)
                && !hasLied(peer, chunk);
    }

    /** Counts one more peer that a chunk is requested from. */
    void askedAgain(P peer, int chunk) {
        Set<P> of = askers.get(chunk);
        if (of != null) {
            of.add(peer);
        }
    }

    /** The number of peers that a missing chunk has been requested from. */
    int askers(int chunk) {
        return askers.getOrDefault(chunk, Set.of()).size();
    }

    /** Whether every missing chunk has been requested. */
    boolean isAllAsked() {
        return missing.size() == 0;
    }

    /**
     * Changes whenever there may be more to request from a peer that has announced nothing new; until then, a peer without requestable
     * chunks need not be tried again.
     */
    long version() {
        return version;
    }

    /** A peer will not send a requested chunk. */
    void notAsked(P peer, int chunk) {
        Set<P> of = askers.get(chunk);
        if (of != null && of.remove(peer) && of.isEmpty()) {
            askers.remove(chunk);
            if (!verifying.get(chunk)) {
                putBack(chunk);
            }
        }
    }

    /**
     * A chunk has arrived.
     *
     * @return whether to verify it: false if it is already verified or being verified
     */
    boolean arrived(P peer, int chunk) {
        boolean wanted = !verified.get(chunk) && !verifying.get(chunk);
        if (wanted) {
            verifying.set(chunk);
            missing.remove(chunk);
        }
        notAsked(peer, chunk);
        return wanted;
    }

    /**
     * A chunk was verified.
     *
     * @return the other peers that it was requested from
     */
    List<P> verified(int chunk) {
        verifying.clear(chunk);
        verified.set(chunk);
        liars.remove(chunk);
        Set<P> others = askers.remove(chunk);
        return others == null ? List.of() : List.copyOf(others);
    }

    /** An arrived chunk was dropped unverified. */
    void unchecked(int chunk) {
        verifying.clear(chunk);
        if (!askers.containsKey(chunk)) {
            putBack(chunk);
        }
    }

    /** A chunk failed verification; its sender is asked for it again only if no other peer has it. */
    void bad(P peer, int chunk) {
        liars.computeIfAbsent(chunk, c -> new LinkedHashSet<>()).add(peer);
        unchecked(chunk);
    }

    /** Whether every wanted chunk is here. */
    boolean isComplete() {
        return verified.cardinality() == wanted.cardinality();
    }

    /** The number of wanted chunks that are here. */
    int verifiedCount() {
        return verified.cardinality();
    }

    int wantedCount() {
        return wanted.cardinality();
    }

    /** Chunks that failed verification and have not been verified since. */
    List<Integer> badChunks() {
        return liars.keySet().stream().sorted().toList();
    }

    /** Needed chunks that no peer has. */
    List<Integer> chunksWithoutHolder(int countMax) {
        if (holdings.values().stream().anyMatch(bits -> bits.cardinality() == chunkCount)) {
            return List.of();
        }
        return IntStream.range(0, missing.size())
                .map(missing::at)
                .takeWhile(chunk -> missing.holders(chunk) == 0)
                .limit(countMax)
                .boxed()
                .toList();
    }

    private void putBack(int chunk) {
        missing.insert(chunk);
        version++;
    }

    private IntStream inOrder() {
        return sequential
                ? IntStream.range(verified.nextClearBit(0), chunkCount).filter(missing::contains)
                : IntStream.range(0, missing.size()).map(missing::at);
    }

    private boolean hasLied(P peer, int chunk) {
        Set<P> of = liars.get(chunk);
        return of != null && of.contains(peer);
    }

    private boolean hasOtherHolder(int chunk) {
        return holdings.entrySet().stream()
                .anyMatch(entry -> entry.getValue().get(chunk) && !hasLied(entry.getKey(), chunk));
    }

    private void forgetHoldings(P peer) {
        BitSet bits = holdings.remove(peer);
        if (bits != null && bits.cardinality() < chunkCount) {
            bits.stream().forEach(missing::lost);
        }
    }
}
