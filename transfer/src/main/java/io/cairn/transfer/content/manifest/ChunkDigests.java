package io.cairn.transfer.content.manifest;

import io.cairn.dht.crypto.NativeCrypto;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Both digests of one chunk, computed in one pass over blocks that stay in the second-level cache. Not thread-safe. Pass direct
 * buffers: the native digests read them in place.
 */
public final class ChunkDigests {
    /** Large enough that the cost of native calls is negligible. */
    private static final int BLOCK_BYTES = 128 << 10;

    private static final ByteBuffer ZEROS =
            ByteBuffer.allocateDirect(BLOCK_BYTES).asReadOnlyBuffer();

    private final MessageDigest sha1 = NativeCrypto.sha1();
    private final MessageDigest sha256 = NativeCrypto.sha256();

    /** Adds the buffer's remaining bytes without moving its position. */
    public void update(ByteBuffer data) {
        int end = data.limit();
        for (int at = data.position(); at < end; at += BLOCK_BYTES) {
            ByteBuffer block = data.slice(at, Math.min(BLOCK_BYTES, end - at));
            sha1.update(block);
            sha256.update(block.rewind());
        }
    }

    /** Adds zeros: the padding that ends a chunk. */
    public void zeros(int count) {
        for (int left = count; left > 0; left -= BLOCK_BYTES) {
            update(ZEROS.duplicate().limit(Math.min(left, BLOCK_BYTES)));
        }
    }

    /** Returns the digests of the bytes added and resets. */
    public Pair finish() {
        return new Pair(sha1.digest(), sha256.digest());
    }

    /** Discards the bytes added so far. */
    public void reset() {
        sha1.reset();
        sha256.reset();
    }

    /**
     * @param sha1 20 bytes
     * @param sha256 32 bytes
     */
    public record Pair(byte[] sha1, byte[] sha256) {
        /** SHA-1 followed by SHA-256, 52 bytes. */
        public byte[] joined() {
            byte[] both = Arrays.copyOf(sha1, sha1.length + sha256.length);
            System.arraycopy(sha256, 0, both, sha1.length, sha256.length);
            return both;
        }
    }
}
