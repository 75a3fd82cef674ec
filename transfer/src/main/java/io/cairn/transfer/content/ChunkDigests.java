package io.cairn.transfer.content;

import io.cairn.dht.crypto.NativeCrypto;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Both digests of one chunk, taken in one pass over blocks that stay in the processor's second cache. Not thread-safe. Give direct
 * memory: the native digests read it where it lies.
 */
final class ChunkDigests {
    /** So few calls of native code that they cost nothing. */
    private static final int BLOCK_BYTES = 128 << 10;

    private final MessageDigest sha1 = NativeCrypto.sha1();
    private final MessageDigest sha256 = NativeCrypto.sha256();

    /** Takes all that remains, without moving the buffer's position. */
    void update(ByteBuffer data) {
        int end = data.limit();
        for (int at = data.position(); at < end; at += BLOCK_BYTES) {
            ByteBuffer block = data.slice(at, Math.min(BLOCK_BYTES, end - at));
            sha1.update(block);
            sha256.update(block.rewind());
        }
    }

    /** The digests of what was taken; then starts anew. */
    Pair finish() {
        return new Pair(sha1.digest(), sha256.digest());
    }

    /** Forgets what was taken. */
    void reset() {
        sha1.reset();
        sha256.reset();
    }

    /**
     * @param sha1 20 bytes
     * @param sha256 32 bytes
     */
    record Pair(byte[] sha1, byte[] sha256) {
        /** One after the other, 52 bytes. */
        byte[] joined() {
            byte[] both = Arrays.copyOf(sha1, sha1.length + sha256.length);
            System.arraycopy(sha256, 0, both, sha1.length, sha256.length);
            return both;
        }
    }
}
