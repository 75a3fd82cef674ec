package io.cairn.transfer.net.session;

import io.cairn.dht.id.Key;
import io.cairn.transfer.swarm.port.ReceivedBlock;
import io.netty.buffer.ByteBuf;

/** A buffer that holds a chunk. */
record LentMemory(ChunkBuffers buffers, ByteBuf buffer) implements ReceivedBlock.Memory {
    @Override
    public void release() {
        buffers.giveBack(buffer);
    }

    @Override
    public void keep(Key share, int chunk) {
        buffers.keep(share, chunk, buffer);
    }
}
