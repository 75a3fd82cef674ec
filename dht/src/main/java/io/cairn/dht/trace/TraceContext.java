package io.cairn.dht.trace;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * What a request carries so that the node that answers it can continue the trace: the ids of W3C Trace Context, without its version and
 * flags.
 *
 * @param traceHigh the first 8 bytes of the trace id
 * @param traceLow the last 8 bytes of it
 * @param spanId the span of the node that asks
 */
public record TraceContext(long traceHigh, long traceLow, long spanId) {
    /** 16 bytes of the trace id and 8 of the span id. */
    public static final int LENGTH_BYTES = 24;

    private static final HexFormat HEX = HexFormat.of();

    /** @throws IllegalArgumentException if the trace id or the span id is zero: neither names anything */
    public TraceContext {
        if (traceHigh == 0 && traceLow == 0 || spanId == 0) {
            throw new IllegalArgumentException("a trace id or span id of zero");
        }
    }

    /** @throws IllegalArgumentException if these are not 24 bytes, or an id is zero */
    public static TraceContext of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a trace context has 24 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new TraceContext(buffer.getLong(), buffer.getLong(), buffer.getLong());
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(LENGTH_BYTES)
                .putLong(traceHigh)
                .putLong(traceLow)
                .putLong(spanId)
                .array();
    }

    /** The trace id in 32 hexadecimal digits. */
    public String traceHex() {
        return HEX.toHexDigits(traceHigh) + HEX.toHexDigits(traceLow);
    }

    /** The span id in 16 hexadecimal digits. */
    public String spanHex() {
        return HEX.toHexDigits(spanId);
    }

    @Override
    public String toString() {
        return traceHex() + "-" + spanHex();
    }
}
