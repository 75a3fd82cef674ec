package io.cairn.transfer.content;

import io.cairn.transfer.content.manifest.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The chunks of one share on this machine: complete and served in place, or growing during a fetch. Reading blocks, so
 * read on a worker; any thread will do. A chunk in {@link #have()} was verified when it was added; the
 * disk may have changed since.
 */
public interface Content extends Closeable {
    Manifest manifest();

    /** A snapshot of the chunks present. Any thread may call it. */
    ChunkSet have();

    /**
     * Reads a part of a chunk until the buffer is full.
     *
     * @param chunk one of {@link #have()}
     * @param offset from the start of the chunk; offset plus the buffer's remaining bytes is within the chunk
     * @throws ContentChangedException if a file was changed, truncated or removed since it was shared
     */
    void read(int chunk, int offset, ByteBuffer target) throws IOException;

    /** Closes the files; growing content first writes the state needed to resume. */
    @Override
    void close() throws IOException;
}
