package io.cairn.transfer.net.session;

import io.cairn.transfer.protocol.ProtocolLimits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/** The framing of a session: four bytes with the length of the body, one byte with its kind, then the body. Numbers are big-endian. */
public final class Frames {
    /** Bytes before the body. */
    static final int HEADER_BYTES = 5;

    /**
     * Data is read into frames from and to multiples of this many bytes. If the target of a copy lies up to some 30 bytes further within
     * its page than the source within its own, processors with a fast {@code rep movsb} (seen on AMD's Zen 4) copy at a fifth to a
     * twentieth of their speed; a file in the operating system's cache starts at a page.
     */
    static final int ALIGNMENT_BYTES = 64;

    /** Longest data frame sent, header included, in bytes: less than the protocol allows, to keep the alignment. */
    public static final int DATA_FRAME_BYTES_MAX =
            HEADER_BYTES + (ProtocolLimits.DATA_FRAME_BYTES_MAX - HEADER_BYTES & -ALIGNMENT_BYTES);

    /** The body is a signed envelope with a message. */
    public static final int MESSAGE = 1;

    /** The body is the next bytes of the announced chunk. */
    public static final int DATA = 2;

    private Frames() {}

    public static ByteBuf message(ByteBufAllocator allocator, byte[] envelope) {
        ByteBuf frame = allocator.directBuffer(HEADER_BYTES + envelope.length);
        frame.writeInt(envelope.length).writeByte(MESSAGE).writeBytes(envelope);
        return frame;
    }

    /** A frame with its header written and room for chunk bytes, which start at a multiple of {@link #ALIGNMENT_BYTES}. */
    static ByteBuf data(ByteBufAllocator allocator, int length) {
        ByteBuf frame = allocator.directBuffer(ALIGNMENT_BYTES + HEADER_BYTES + length);
        int start = frame.hasMemoryAddress() ? (int) -(frame.memoryAddress() + HEADER_BYTES) & ALIGNMENT_BYTES - 1 : 0;
        frame.setIndex(start, start);
        frame.writeInt(length).writeByte(DATA);
        return frame;
    }
}
