package io.cairn.dht.crypto;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * The secret of a private network, and what HKDF-SHA-256 (RFC 5869) derives from it and the network's name: one key each for datagrams, for
 * the greeting of a connection, and for HELLO. The secret itself is not kept. Thread-safe.
 */
public final class NetworkKey {
    /** Length of a new secret in bytes. */
    public static final int SECRET_BYTES = 32;

    /** A secret shorter than this can be found by trying all, from one recorded datagram. */
    public static final int GUESSABLE_BYTES = 16;

    /** Length of what {@link #greetingCode} and {@link #helloCode} return. */
    public static final int CODE_BYTES = 32;

    private static final byte[] SALT = ascii("cairn-network-1");
    private static final int DERIVED_BYTES = 32;

    private final boolean isGuessable;
    private final byte[] datagramCodeKey;
    private final byte[] datagramSealKey;
    private final byte[] greetingKey;
    private final byte[] helloKey;

    private NetworkKey(byte[] secret, String network) {
        isGuessable = secret.length < GUESSABLE_BYTES;
        datagramCodeKey = derived(secret, "datagram code", network);
        datagramSealKey = derived(secret, "datagram seal", network);
        greetingKey = derived(secret, "connection greeting", network);
        helloKey = derived(secret, "hello", network);
    }

    /**
     * @param secret at least one byte: {@value #SECRET_BYTES} random ones, or whatever an older key file holds
     * @param network the network's name
     * @throws IllegalArgumentException if the secret is empty
     */
    public static NetworkKey of(byte[] secret, String network) {
        if (secret.length == 0) {
            throw new IllegalArgumentException("a network key has at least one byte");
        }
        return new NetworkKey(secret, network);
    }

    /** Whether the secret is so short that others can find it by trial. */
    public boolean isGuessable() {
        return isGuessable;
    }

    /** Seals and opens datagrams. Each thread needs one of its own. */
    public DatagramCipher datagramCipher() {
        return new DatagramCipher(datagramCodeKey, datagramSealKey);
    }

    /** The HMAC-SHA-256 of a message under the key for greetings: {@value #CODE_BYTES} bytes. */
    public byte[] greetingCode(byte[] message) {
        return NativeCrypto.hmacSha256(greetingKey).doFinal(message);
    }

    /** The HMAC-SHA-256 of a message under the key for HELLO: {@value #CODE_BYTES} bytes. */
    public byte[] helloCode(byte[] message) {
        return NativeCrypto.hmacSha256(helloKey).doFinal(message);
    }

    /** The info of HKDF is the purpose, a zero byte and the name in UTF-8. */
    private static byte[] derived(byte[] secret, String purpose, String network) {
        byte[] info = (purpose + "\0" + network).getBytes(StandardCharsets.UTF_8);
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, SALT, info));
        byte[] key = new byte[DERIVED_BYTES];
        int unused = hkdf.generateBytes(key, 0, key.length);
        return key;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
