package io.cairn.transfer.content;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Both digests of one chunk, taken in one pass over blocks that stay in the processor's first cache. Not thread-safe. The JDK's digests
 * use the processor's SHA instructions on heap arrays only, so bytes elsewhere are copied block by block, which costs 2 % of digesting.
 * Short blocks also let the JVM notice early that this is worth compiling.
 */
final class ChunkDigests {
    private static final int BLOCK_BYTES = 16 << 10;

    private final MessageDigest sha1 = DigestUtils.getSha1Digest();
    private final MessageDigest sha256 = DigestUtils.getSha256Digest();
    private final byte[] block = new byte[BLOCK_BYTES];

    /** Takes all that remains, without moving the buffer's position. */
    void update(ByteBuffer data) {
        int end = data.limit();
        for (int at = data.position(); at < end; at += BLOCK_BYTES) {
            int length = Math.min(BLOCK_BYTES, end - at);
            if (data.hasArray()) {
                update(data.array(), data.arrayOffset() + at, length);
            } else {
                data.get(at, block, 0, length);
                update(block, 0, length);
            }
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

    private void update(byte[] bytes, int offset, int length) {
        sha1.update(bytes, offset, length);
        sha256.update(bytes, offset, length);
    }

    /**
     * @param sha1 20 bytes
     * @param sha256 32 bytes
     */
    record Pair(byte[] sha1, byte[] sha256) {}
}
