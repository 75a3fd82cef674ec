package io.cairn.dht.wire;

import io.cairn.dht.env.Packet;
import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;

/** The bytes of one datagram on the wire. Immutable: copied on the way in and out, which costs far less than a signature. */
public final class SealedPacket implements Packet {
    private final byte[] bytes;

    private SealedPacket(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Wraps any bytes, a stranger's too; {@link Envelopes#open} checks whether they are a datagram. */
    public static SealedPacket of(byte[] bytes) {
        return new SealedPacket(bytes.clone());
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public int sizeBytes() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedPacket that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Hex.encodeHexString(bytes);
    }
}
