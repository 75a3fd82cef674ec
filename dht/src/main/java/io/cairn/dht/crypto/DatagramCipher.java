package io.cairn.dht.crypto;

import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/**
 * Seals datagrams of a private network: a code of four bytes, the nonce, then the content encrypted with AES-256-GCM-SIV (RFC 8452), whose
 * tag comes last. The code is the beginning of an HMAC-SHA-256 over nonce and tag, and is checked first: a stranger's datagram costs less than two
 * microseconds, and one in four billion gets as far as decryption, which costs some twenty. GCM-SIV, since many nodes draw nonces under one
 * key: two equal ones reveal only whether the contents are equal, too. Not thread-safe.
 */
public final class DatagramCipher {
    /** Length of the code in bytes. */
    public static final int CODE_BYTES = 4;

    /** Length of a nonce in bytes. */
    public static final int NONCE_BYTES = 12;

    /** Length of the tag in bytes. */
    public static final int TAG_BYTES = 16;

    /** What sealing adds, in bytes. */
    public static final int OVERHEAD_BYTES = CODE_BYTES + NONCE_BYTES + TAG_BYTES;

    private static final int CONTENT_AT = CODE_BYTES + NONCE_BYTES;

    private final Mac code;
    private final KeyParameter sealKey;
    private final GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();
    private final byte[] nonceAndTag = new byte[NONCE_BYTES + TAG_BYTES];

    DatagramCipher(byte[] codeKey, byte[] sealKey) {
        this.code = NativeCrypto.hmacSha256(codeKey);
        this.sealKey = new KeyParameter(sealKey);
    }

    /**
     * @param nonce {@value #NONCE_BYTES} random bytes, new for each call
     * @return {@value #OVERHEAD_BYTES} bytes more than the content
     */
    public byte[] seal(byte[] nonce, byte[] content) {
        byte[] sealed = new byte[content.length + OVERHEAD_BYTES];
        System.arraycopy(nonce, 0, sealed, CODE_BYTES, NONCE_BYTES);
        cipher.init(true, parameters(nonce));
        int buffered = cipher.processBytes(content, 0, content.length, sealed, CONTENT_AT);
        try {
            int unused = cipher.doFinal(sealed, CONTENT_AT + buffered);
        } catch (InvalidCipherTextException impossible) {
            throw new IllegalStateException("nothing is checked when sealing", impossible);
        }
        byte[] codeBytes = codeOf(sealed);
        System.arraycopy(codeBytes, 0, sealed, 0, CODE_BYTES);
        return sealed;
    }

    /** Whether the code is right, so that the datagram was probably sealed under this key. */
    public boolean isCoded(byte[] sealed) {
        return sealed.length >= OVERHEAD_BYTES && Arrays.equals(codeOf(sealed), 0, CODE_BYTES, sealed, 0, CODE_BYTES);
    }

    /** The nonce of a datagram whose code is right. */
    public static byte[] nonceOf(byte[] sealed) {
        return Arrays.copyOfRange(sealed, CODE_BYTES, CONTENT_AT);
    }

    /** The content of a datagram whose code is right; null if it was not sealed under this key. */
    public byte @Nullable [] open(byte[] sealed) {
        cipher.init(false, parameters(nonceOf(sealed)));
        byte[] content = new byte[sealed.length - OVERHEAD_BYTES];
        try {
            int buffered = cipher.processBytes(sealed, CONTENT_AT, sealed.length - CONTENT_AT, content, 0);
            int unused = cipher.doFinal(content, buffered);
            return content;
        } catch (InvalidCipherTextException altered) {
            return null;
        }
    }

    private byte[] codeOf(byte[] sealed) {
        ByteBuffer.wrap(nonceAndTag)
                .put(sealed, CODE_BYTES, NONCE_BYTES)
                .put(sealed, sealed.length - TAG_BYTES, TAG_BYTES);
        return code.doFinal(nonceAndTag);
    }

    private AEADParameters parameters(byte[] nonce) {
        return new AEADParameters(sealKey, 8 * TAG_BYTES, nonce);
    }
}
