package io.cairn.transfer.swarm;

import io.cairn.transfer.content.Manifest;
import java.security.MessageDigest;
import org.apache.commons.codec.digest.DigestUtils;

/** Compares a chunk with its digests, SHA-1 and SHA-256 in turns over blocks that stay in the processor's cache. Blocks; for a worker. */
final class ChunkVerification {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final byte[] NONE = new byte[0];

    private ChunkVerification() {}

    /** Whether the bytes are those of a chunk: of its length and with its digests. */
    static boolean isRight(Manifest manifest, int chunk, byte[] bytes, int length) {
        if (length != manifest.chunkLength(chunk)) {
            return false;
        }
        MessageDigest sha1 = DigestUtils.getSha1Digest();
        MessageDigest sha256 = DigestUtils.getSha256Digest();
        boolean both = manifest.hasSha256();
        for (int at = 0; at < length; at += BLOCK_BYTES) {
            int block = Math.min(BLOCK_BYTES, length - at);
            sha1.update(bytes, at, block);
            if (both) {
                sha256.update(bytes, at, block);
            }
        }
        return manifest.matches(chunk, sha1.digest(), both ? sha256.digest() : NONE);
    }
}
