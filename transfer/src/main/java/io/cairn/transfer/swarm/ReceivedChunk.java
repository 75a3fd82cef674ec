package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;

/**
 * The bytes of a chunk as they came, in lent memory.
 *
 * @param data the bytes, from position to limit
 * @param release gives the memory back; to be run once, after which nobody touches the data
 */
public record ReceivedChunk(Key share, int chunk, ByteBuffer data, Runnable release) {
    /** In bytes. */
    public int length() {
        return data.remaining();
    }

    /** The same bytes as a chunk of another share. */
    ReceivedChunk as(Key otherShare, int number) {
        return new ReceivedChunk(otherShare, number, data, release);
    }
}
