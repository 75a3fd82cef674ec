package io.cairn.transfer.protocol;

import java.util.Arrays;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** The SHA-256 of a certificate's DER encoding. */
public final class Fingerprint {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 32;

    private final byte[] bytes;

    private Fingerprint(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The fingerprint of a certificate. */
    public static Fingerprint ofCertificate(byte[] encodedCertificate) {
        return new Fingerprint(DigestUtils.sha256(encodedCertificate));
    }

    /**
     * @param bytes exactly 32
     * @throws IllegalArgumentException if the length is another
     */
    public static Fingerprint of(byte[] bytes) {
        if (bytes.length != LENGTH_BYTES) {
            throw new IllegalArgumentException("a fingerprint has 32 bytes, not " + bytes.length);
        }
        return new Fingerprint(bytes.clone());
    }

    /** A copy of the 32 bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && Arrays.equals(bytes, that.bytes);
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
