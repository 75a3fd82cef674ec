package io.cairn.transfer.net;

import io.cairn.transfer.protocol.ProtocolLimits;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream into frames, whatever pieces it comes in. A message is collected; the bytes of a chunk are passed on as they come.
 * Lengths are checked before anything is allocated. For one thread.
 */
final class FrameReader {
    private final int messageBytesMax;
    private long header;
    private int headerBytes;
    private int bodyMissing;
    private byte @Nullable [] message;

    FrameReader(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** Reads frames until the bytes are used up or the sink wants no more. */
    void read(ByteBuf bytes, Sink sink) {
        while (bytes.isReadable() && sink.wantsMore()) {
            if (headerBytes < Frames.HEADER_BYTES) {
                header = header << 8 | bytes.readUnsignedByte();
                headerBytes++;
                if (headerBytes == Frames.HEADER_BYTES && !begin()) {
                    sink.unreadable();
                    return;
                }
            } else if (message != null) {
                collect(message, bytes, sink);
            } else {
                int length = Math.min(bodyMissing, bytes.readableBytes());
                bodyMissing -= length;
                if (bodyMissing == 0) {
                    end();
                }
                sink.data(bytes, length);
            }
        }
    }

    private boolean begin() {
        long length = header >>> 8;
        int kind = (int) (header & 0xff);
        boolean isMessage = kind == Frames.MESSAGE;
        int lengthMax = isMessage ? messageBytesMax : ProtocolLimits.DATA_FRAME_BYTES_MAX;
        if (!isMessage && kind != Frames.DATA || length < 1 || length > lengthMax) {
            return false;
        }
        bodyMissing = (int) length;
        message = isMessage ? new byte[bodyMissing] : null;
        return true;
    }

    private void collect(byte[] target, ByteBuf bytes, Sink sink) {
        int length = Math.min(bodyMissing, bytes.readableBytes());
        bytes.readBytes(target, target.length - bodyMissing, length);
        bodyMissing -= length;
        if (bodyMissing == 0) {
            end();
            sink.message(target);
        }
    }

    private void end() {
        header = 0;
        headerBytes = 0;
        message = null;
    }

    /** Takes frames. */
    interface Sink {
        /** Whether to go on reading now. */
        boolean wantsMore();

        /** A message frame. */
        void message(byte[] envelope);

        /** The next bytes of a chunk: to be read from the buffer, exactly so many. */
        void data(ByteBuf bytes, int length);

        /** The stream is not framed as it should be; nothing more can be read from it. */
        void unreadable();
    }
}
