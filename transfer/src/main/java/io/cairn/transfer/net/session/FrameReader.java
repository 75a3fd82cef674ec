package io.cairn.transfer.net.session;

import io.cairn.transfer.protocol.ProtocolLimits;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into frames, however it is fragmented. The source puts bytes straight into place: those of a message into an array, those
 * of a chunk into memory that the sink provides. Lengths are checked before anything is allocated. For one thread.
 */
public final class FrameReader {
    private final int messageBytesMax;
    private final ByteBuffer header = ByteBuffer.allocate(Frames.HEADER_BYTES);
    private int bodyMissing;
    private byte @Nullable [] message;

    public FrameReader(int messageBytesMax) {
        this.messageBytesMax = messageBytesMax;
    }

    /** Reads frames until the source is drained for now or the sink wants no more. */
    public void read(Source source, Sink sink) {
        boolean goesOn = true;
        while (goesOn && sink.wantsMore()) {
            if (header.hasRemaining()) {
                goesOn = source.moveTo(header) > 0 && (header.hasRemaining() || begin(sink));
            } else if (message != null) {
                goesOn = collect(message, source, sink);
            } else {
                goesOn = passOn(source, sink);
            }
        }
    }

    private boolean begin(Sink sink) {
        int length = header.getInt(0);
        int kind = header.get(Frames.HEADER_BYTES - 1);
        boolean isMessage = kind == Frames.MESSAGE;
        int lengthMax = isMessage ? messageBytesMax : ProtocolLimits.DATA_FRAME_BYTES_MAX;
        if (!isMessage && kind != Frames.DATA || length < 1 || length > lengthMax) {
            sink.unreadable();
            return false;
        }
        bodyMissing = length;
        message = isMessage ? new byte[length] : null;
        return true;
    }

    private boolean collect(byte[] target, Source source, Sink sink) {
        int moved = source.moveTo(ByteBuffer.wrap(target, target.length - bodyMissing, bodyMissing));
        bodyMissing -= moved;
        if (bodyMissing == 0) {
            end();
            sink.message(target);
        }
        return moved > 0;
    }

    private boolean passOn(Source source, Sink sink) {
        ByteBuffer memory = sink.memory(bodyMissing);
        int moved = memory == null ? 0 : source.moveTo(memory);
        if (moved > 0) {
            bodyMissing -= moved;
            if (bodyMissing == 0) {
                end();
            }
            sink.data(moved);
        }
        return moved > 0;
    }

    private void end() {
        header.clear();
        message = null;
    }

    /** The source of a stream. */
    public interface Source {
        /**
         * Moves the next bytes to the target, until it is full or none are left for now.
         *
         * @return how many
         */
        int moveTo(ByteBuffer target);

        /** The same from a buffer. */
        static int move(ByteBuf bytes, ByteBuffer target) {
            int length = Math.min(bytes.readableBytes(), target.remaining());
            int end = target.limit();
            bytes.readBytes(target.limit(target.position() + length));
            target.limit(end);
            return length;
        }
    }

    /** Receives frames. */
    public interface Sink {
        /** Whether to keep reading. */
        boolean wantsMore();

        /** A message frame. */
        void message(byte[] envelope);

        /**
         * Memory for the next bytes of a chunk.
         *
         * @param rest of the data frame, in bytes, at least 1
         * @return room for at least 1 byte and at most the rest; null to end reading
         */
        @Nullable
        ByteBuffer memory(int rest);

        /** Bytes have arrived in that memory. */
        void data(int length);

        /** The framing is invalid; nothing more can be read from the stream. */
        void unreadable();
    }
}
