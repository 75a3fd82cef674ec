package io.cairn.transfer.swarm.fetch;

/**
 * Bounds the bytes of chunks that are requested or being verified, over all fetches and peers. Each source may use an equal share, so that
 * a few fast ones do not keep out the one with the rare chunk. Confined to the loop.
 */
public final class AssemblyBudget {
    private final int bytesMax;
    private final Runnable whenFreed;
    private long bytes;
    private int sources;

    public AssemblyBudget(int bytesMax, Runnable whenFreed) {
        this.bytesMax = bytesMax;
        this.whenFreed = whenFreed;
    }

    void sourceJoined() {
        sources++;
    }

    void sourceLeft() {
        sources--;
    }

    /** The part of the budget that one source may use. */
    int shareBytes() {
        return bytesMax / Math.max(1, sources);
    }

    /** The number of chunks of a length that may be requested now. One, if even one exceeds the budget but nothing else is requested. */
    int roomForChunks(int chunkBytes) {
        long room = (bytesMax - bytes) / chunkBytes;
        return room < 1 && bytes == 0 ? 1 : (int) Math.max(0, room);
    }

    void reserve(long length) {
        bytes += length;
    }

    void release(long length) {
        bytes -= length;
        whenFreed.run();
    }
}
