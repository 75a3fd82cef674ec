package io.cairn.dht.crypto;

import io.cairn.dht.crypto.WordExchange.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * What two sides of a {@link WordExchange} have in common if they knew the same words: keys by HKDF-SHA-256, salted with the whole exchange.
 * Each side shows a tag first; only one whose tag is right has the key. Each side seals one message, so the nonce is fixed.
 */
public final class WordKey {
    /** Length of a tag, in bytes. */
    public static final int TAG_BYTES = 32;

    /** How much longer a sealed message is, in bytes. */
    public static final int SEAL_BYTES = 16;

    private static final String MAC = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int PHRASE_BYTES = 4;
    private static final byte[] NONCE = new byte[12];

    private final Role role;
    private final byte[] material;
    private final byte[] transcript;

    WordKey(Role role, byte[] material, byte[] transcript) {
        this.role = role;
        this.material = material;
        this.transcript = transcript;
    }

    /** What this side shows, so that the other knows that both have the key. */
    public byte[] tag() {
        return tag(role);
    }

    /** Whether the other side has the key; takes as long if not. */
    public boolean isTag(byte[] theirs) {
        return MessageDigest.isEqual(theirs, tag(role.other()));
    }

    /** Seals this side's one message with AES-256-GCM. */
    public byte[] seal(byte[] message) {
        try {
            return cipher(Cipher.ENCRYPT_MODE, role).doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java cannot seal", missing);
        }
    }

    /**
     * Opens the other side's one message.
     *
     * @throws GeneralSecurityException if it was not sealed with this key
     */
    public byte[] open(byte[] sealed) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, role.other()).doFinal(sealed);
    }

    /** A number from 0 to 2^32 less 1 that both sides have in common, to be compared by people. */
    public long phrase() {
        long phrase = 0;
        for (byte part : derived("phrase", PHRASE_BYTES)) {
            phrase = phrase << Byte.SIZE | part & 0xff;
        }
        return phrase;
    }

    private byte[] tag(Role of) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(derived("tag " + of, KEY_BYTES), MAC));
            return mac.doFinal(transcript);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no " + MAC, missing);
        }
    }

    private Cipher cipher(int mode, Role of) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(
                mode,
                new SecretKeySpec(derived("seal " + of, KEY_BYTES), "AES"),
                new GCMParameterSpec(SEAL_BYTES * Byte.SIZE, NONCE));
        return cipher;
    }

    private byte[] derived(String purpose, int bytes) {
        HKDFBytesGenerator generator = new HKDFBytesGenerator(new SHA256Digest());
        generator.init(new HKDFParameters(
                material, transcript, ("cairn-code-1 " + purpose).getBytes(StandardCharsets.US_ASCII)));
        byte[] derived = new byte[bytes];
        generator.generateBytes(derived, 0, bytes);
        return derived;
    }
}
