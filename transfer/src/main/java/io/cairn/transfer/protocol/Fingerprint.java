package io.cairn.transfer.protocol;

import io.cairn.dht.id.FixedBytes;
import org.apache.commons.codec.digest.DigestUtils;

/** The SHA-256 of a certificate's DER encoding. */
public final class Fingerprint extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = 32;

    private Fingerprint(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a fingerprint");
    }

    /** The fingerprint of a certificate. */
    public static Fingerprint ofCertificate(byte[] encodedCertificate) {
        return new Fingerprint(DigestUtils.sha256(encodedCertificate));
    }

    /**
     * @param bytes exactly 32
     * @throws IllegalArgumentException if the length is not 32
     */
    public static Fingerprint of(byte[] bytes) {
        return new Fingerprint(bytes);
    }
}
