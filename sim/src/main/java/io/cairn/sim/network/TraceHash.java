package io.cairn.sim.network;

/** Hashes a run to 64 bits (FNV-1a, a long at a time): two runs with equal hashes sent the same datagrams at the same times. */
final class TraceHash {
    private static final long OFFSET = 0xcbf2_9ce4_8422_2325L;
    private static final long PRIME = 0x100_0000_01b3L;

    private long hash = OFFSET;

    void add(long value) {
        hash = (hash ^ value) * PRIME;
        hash ^= hash >>> 29;
    }

    long value() {
        return hash;
    }
}
