package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;

/**
 * The bytes of a block as received, in borrowed memory.
 *
 * @param offset of the first byte in the chunk: 0, since the swarm requests whole chunks
 * @param data the bytes, from position to limit
 * @param memory to be given back exactly once, by release or keep; do not touch the data after that
 */
public record ReceivedBlock(Key share, int chunk, int offset, ByteBuffer data, Memory memory) {
    /** The memory of a block. Any thread may call it. */
    public interface Memory {
        /** The bytes are no longer needed. */
        void release();

        /** The bytes are those of this chunk: peers that soon request it can be served from memory. */
        void keep(Key share, int chunk);
    }

    /** In bytes. */
    public int length() {
        return data.remaining();
    }

    /** The same bytes as a chunk of another share. */
    public ReceivedBlock as(Key otherShare, int number) {
        return new ReceivedBlock(otherShare, number, offset, data, memory);
    }

    /** The bytes are no longer needed. */
    public void release() {
        memory.release();
    }

    /** The bytes were verified, and peers will request them. */
    public void keep() {
        memory.keep(share, chunk);
    }
}
