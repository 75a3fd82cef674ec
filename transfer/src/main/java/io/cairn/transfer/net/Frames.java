package io.cairn.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The framing of a session: four bytes with the length of the body, one byte with its kind, the body. Numbers are big-endian. */
final class Frames {
    /** Length of what stands before the body, in bytes. */
    static final int HEADER_BYTES = 5;

    /** The body is a signed envelope with a message. */
    static final int MESSAGE = 1;

    /** The body is the next bytes of the chunk that was announced. */
    static final int DATA = 2;

    private Frames() {}

    static ByteBuf message(ByteBufAllocator allocator, byte[] envelope) {
        ByteBuf frame = allocator.directBuffer(HEADER_BYTES + envelope.length);
        frame.writeInt(envelope.length).writeByte(MESSAGE).writeBytes(envelope);
        return frame;
    }

    /** A frame with its header written and room for so many bytes of a chunk. */
    static ByteBuf data(ByteBufAllocator allocator, int length) {
        ByteBuf frame = allocator.directBuffer(HEADER_BYTES + length);
        frame.writeInt(length).writeByte(DATA);
        return frame;
    }
}
