package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;

/**
 * The bytes of a block as they came, in lent memory.
 *
 * @param offset of the first byte in the chunk: 0, as long as the swarm asks for whole chunks
 * @param data the bytes, from position to limit
 * @param memory to be given back once, in one way or the other, after which nobody touches the data
 */
public record ReceivedBlock(Key share, int chunk, int offset, ByteBuffer data, Memory memory) {
    /** What a block lies in. Any thread. */
    public interface Memory {
        /** The bytes are of no use any more. */
        void release();

        /** The bytes are those of this chunk: who asks for it soon can be sent them from memory. */
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

    /** The bytes are of no use any more. */
    public void release() {
        memory.release();
    }

    /** The bytes were verified, and peers will ask for them. */
    public void keep() {
        memory.keep(share, chunk);
    }
}
