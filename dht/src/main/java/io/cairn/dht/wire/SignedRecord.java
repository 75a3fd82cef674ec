package io.cairn.dht.wire;

import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The self-contained record of one key: its proof leads to the root that the publisher signed, so any holder can pass it on and anyone can
 * check it.
 *
 * @param key the subject of the statement
 * @param statement the publisher's statement
 * @param index the place of the key in its batch, from 0
 * @param batchSize the number of keys of the batch, 1 to {@link RecordBatch#KEYS_MAX}
 * @param proof the siblings on the way to the root, lowest first, 20 bytes each; empty for a batch of one. Not copied
 * @param signature the publisher's, over the statement and the root
 */
public record SignedRecord(
        Key key, Statement statement, int index, int batchSize, List<byte[]> proof, Signature signature) {
    private static final byte[] DOMAIN = "cairn-record-1".getBytes(StandardCharsets.US_ASCII);

    public SignedRecord {
        if (batchSize < 1 || batchSize > RecordBatch.KEYS_MAX || index < 0 || index >= batchSize) {
            throw new IllegalArgumentException("place " + index + " in a batch of " + batchSize);
        }
        proof = List.copyOf(proof);
    }

    /** Whether the publisher signed this. */
    public boolean isSignedByPublisher() {
        byte[] root = MerkleTree.rootFrom(key, index, batchSize, proof);
        return root != null && statement.publisher().verifies(signature, signedBytes(statement, root));
    }

    /**
     * What a publisher signs: the domain, then type (1 byte), publisher (32), sequence (8), expiry (8), length of the value (2),
     * the value, the root (20); numbers big-endian.
     */
    static byte[] signedBytes(Statement statement, byte[] root) {
        byte[] value = statement.value();
        return ByteBuffer.allocate(DOMAIN.length + 1 + 32 + 8 + 8 + 2 + value.length + root.length)
                .put(DOMAIN)
                .put((byte) statement.type().number())
                .put(statement.publisher().toBytes())
                .putLong(statement.sequence())
                .putLong(statement.expiryMillis())
                .putShort((short) value.length)
                .put(value)
                .put(root)
                .array();
    }
}
