package io.cairn.transfer.content;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/**
 * The secret of a share that is not for everyone: anyone who has it finds the share's record and is served. Its text form is for links and the
 * state database; {@link #toString} does not reveal it.
 */
public final class ShareSecret {
    /** Its length in bytes. */
    public static final int BYTES = 16;

    /** The length of a proof in bytes. */
    public static final int PROOF_BYTES = 32;

    private static final String MAC = "HmacSHA256";
    private static final byte[] PROOF = "cairn-audience-1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;

    private ShareSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException if there are not {@value #BYTES} bytes */
    public static ShareSecret of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a share's secret has " + BYTES + " bytes, not " + bytes.length);
        }
        return new ShareSecret(bytes.clone());
    }

    /**
     * Draws a new one.
     *
     * @param random a cryptographic generator
     */
    public static ShareSecret random(RandomGenerator random) {
        byte[] drawn = new byte[BYTES];
        random.nextBytes(drawn);
        return new ShareSecret(drawn);
    }

    /**
     * Reads the text form.
     *
     * @throws IllegalArgumentException if it is not {@value #BYTES} bytes in hexadecimal digits
     */
    public static ShareSecret fromText(String text) {
        try {
            return of(Hex.decodeHex(text));
        } catch (DecoderException invalid) {
            throw new IllegalArgumentException("not a share's secret", invalid);
        }
    }

    /** The secret in hexadecimal digits. */
    public String toText() {
        return Hex.encodeHexString(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The key of the share's record: the first 20 bytes of HMAC-SHA-256(secret, hash). */
    public Key recordKey(Key share) {
        return Key.of(Arrays.copyOf(mac().doFinal(share.toBytes()), Key.LENGTH_BYTES));
    }

    /**
     * What a node shows to another over their session to be served: HMAC-SHA-256 of the secret over the share and both ids. The session has
     * proven the prover's id, so that nobody else can use it.
     */
    public byte[] proof(Key share, NodeId prover, NodeId verifier) {
        Mac mac = mac();
        mac.update(PROOF);
        mac.update(share.toBytes());
        mac.update(prover.toBytes());
        mac.update(verifier.toBytes());
        return mac.doFinal();
    }

    /** Whether a proof is right; takes as long for a wrong one. */
    public boolean isProven(byte[] proof, Key share, NodeId prover, NodeId verifier) {
        return MessageDigest.isEqual(proof, proof(share, prover, verifier));
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(bytes, MAC));
            return mac;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + MAC, missing);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ShareSecret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "ShareSecret";
    }
}
