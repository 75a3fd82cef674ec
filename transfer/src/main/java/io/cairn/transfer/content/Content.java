package io.cairn.transfer.content;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one share on this machine, as chunks: whole and served in place, or growing while it is fetched. Reading blocks, so
 * call it on a worker, from any thread. Promises that a chunk in {@link #have()} was verified when it was added, not that the
 * disk still holds what it held.
 */
public interface Content extends Closeable {
    Manifest manifest();

    /** Which chunks are here: a snapshot. Any thread. */
    ChunkSet have();

    /**
     * Reads a part of a chunk until the buffer is full.
     *
     * @param chunk one of {@link #have()}
     * @param offset from the start of the chunk; offset plus what remains in the buffer is within the chunk
     * @throws ContentChangedException if a file was changed, cut or removed since it was shared
     */
    void read(int chunk, int offset, ByteBuffer target) throws IOException;

    /** Releases files; for growing content after writing what is needed to go on later. */
    @Override
    void close() throws IOException;
}
