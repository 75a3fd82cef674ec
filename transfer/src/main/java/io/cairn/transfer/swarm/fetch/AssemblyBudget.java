package io.cairn.transfer.swarm.fetch;

/**
 * Bounds the bytes of chunks that are asked for or being verified, all fetches and peers together. Each source may have an equal share, so
 * that no few fast ones keep out the one that has the rare chunk. Confined to the loop.
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

    /** How much one source may have of it. */
    int shareBytes() {
        return bytesMax / Math.max(1, sources);
    }

    /** How many chunks of a length may be asked for now. One, where even one is too much for the budget but nothing else is asked. */
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
