package io.cairn.dht.wire;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One statement about several neighbouring keys under one signature, as many as fit a datagram. The signature covers the statement and the
 * root of a Merkle tree over the sorted keys (tree as in RFC 6962, section 2.1, with SHA-256 cut to 160 bits), so a holder can pass on the
 * record of a single key with a short proof: see {@link SignedRecord}.
 *
 * <p>In the datagram of a STORE with a token, {@value #KEYS_MAX} keys leave 62 bytes for the value: 8 IPv4 or 3 IPv6 endpoints. A batch
 * with a longer value has fewer keys, see {@link #keysBeside}.
 *
 * @param keys sorted, distinct, 1 to {@value #KEYS_MAX}
 */
public record RecordBatch(Statement statement, List<Key> keys, Signature signature) {
    /** Most keys of a batch: with an address list of ordinary length they fill a datagram. */
    public static final int KEYS_MAX = 42;

    /** Upper bound of a STORE's bytes besides its keys and value: envelope, token, statement and signature. */
    private static final int OVERHEAD_BYTES = 300;

    public RecordBatch {
        keys = List.copyOf(keys);
        checkCount(keys);
        for (int i = 1; i < keys.size(); i++) {
            if (keys.get(i - 1).compareTo(keys.get(i)) >= 0) {
                throw new IllegalArgumentException("the keys of a batch are sorted and distinct");
            }
        }
    }

    /** Signs a statement about keys; the statement's publisher must be the identity's key. */
    public static RecordBatch sign(Identity identity, Statement statement, List<Key> keys) {
        if (!identity.publicKey().equals(statement.publisher())) {
            throw new IllegalArgumentException("a statement is signed by its publisher");
        }
        checkCount(keys);
        List<Key> sorted = keys.stream().sorted().toList();
        Signature signature = identity.sign(
                SignedRecord.signedBytes(statement, MerkleTree.over(sorted).root()));
        return new RecordBatch(statement, sorted, signature);
    }

    /**
     * The number of keys that fit a datagram beside a value.
     *
     * @param valueBytes 0 to {@link Statement#VALUE_BYTES_MAX}
     * @return 18 to {@value #KEYS_MAX}
     */
    public static int keysBeside(int valueBytes) {
        return Math.min(KEYS_MAX, (Datagram.BYTES_MAX - OVERHEAD_BYTES - valueBytes) / Id160.LENGTH_BYTES);
    }

    /** Whether the publisher signed this. */
    public boolean isSignedByPublisher() {
        return statement
                .publisher()
                .verifies(
                        signature,
                        SignedRecord.signedBytes(
                                statement, MerkleTree.over(keys).root()));
    }

    /**
     * The self-contained record of one key. Hashes every key of the batch once or twice: about 20 microseconds.
     *
     * @param index the place of the key, from 0
     */
    public SignedRecord record(int index) {
        return new SignedRecord(
                keys.get(index),
                statement,
                index,
                keys.size(),
                MerkleTree.over(keys).proof(index),
                signature);
    }

    /** The self-contained records of all keys, in the order of the keys. */
    public List<SignedRecord> records() {
        MerkleTree tree = MerkleTree.over(keys);
        return IntStream.range(0, keys.size())
                .mapToObj(i -> new SignedRecord(keys.get(i), statement, i, keys.size(), tree.proof(i), signature))
                .toList();
    }

    private static void checkCount(List<Key> keys) {
        if (keys.isEmpty() || keys.size() > KEYS_MAX) {
            throw new IllegalArgumentException("a batch has 1 to " + KEYS_MAX + " keys, not " + keys.size());
        }
    }
}
