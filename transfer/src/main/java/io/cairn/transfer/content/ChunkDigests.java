package io.cairn.transfer.content;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Both digests of one chunk, taken in one pass over blocks that fit the processor's cache. Not thread-safe; the JDK's digests use the
 * processor's SHA instructions on heap arrays, so other buffers are copied block by block.
 */
final class ChunkDigests {
    /** Bytes taken at a time: half of a common second-level cache, and few enough system calls. */
    static final int BLOCK_BYTES = 256 << 10;

    private final MessageDigest sha1 = DigestUtils.getSha1Digest();
    private final MessageDigest sha256 = DigestUtils.getSha256Digest();

    void update(byte[] bytes, int offset, int length) {
        sha1.update(bytes, offset, length);
        sha256.update(bytes, offset, length);
    }

    /** Takes all that remains, without moving the buffer's position. */
    void update(ByteBuffer data) {
        ByteBuffer rest = data.duplicate();
        byte[] block = new byte[Math.min(BLOCK_BYTES, rest.remaining())];
        while (rest.hasRemaining()) {
            int length = Math.min(block.length, rest.remaining());
            if (rest.hasArray()) {
                update(rest.array(), rest.arrayOffset() + rest.position(), length);
                rest.position(rest.position() + length);
            } else {
                rest.get(block, 0, length);
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

    /**
     * @param sha1 20 bytes
     * @param sha256 32 bytes
     */
    record Pair(byte[] sha1, byte[] sha256) {}
}
