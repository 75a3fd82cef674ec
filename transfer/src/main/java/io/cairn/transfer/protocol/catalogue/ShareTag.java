package io.cairn.transfer.protocol.catalogue;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Names a share to those who know its hash, and to nobody else: the first eight bytes of the SHA-256 of the hash. With the hash itself, the
 * news that a share is no longer listed would give the share away.
 */
public record ShareTag(long bits) {
    public static ShareTag of(Key hash) {
        try {
            return new ShareTag(
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(hash.toBytes()))
                            .getLong());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no SHA-256", missing);
        }
    }
}
