package io.cairn.dht.wire;

import io.cairn.dht.id.Key;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * A Merkle hash tree over keys (RFC 6962, section 2.1: a first byte distinguishes leaves from inner nodes, and the left subtree is the
 * largest power of two smaller than the whole), with SHA-256 cut to 160 bits.
 */
final class MerkleTree {
    /** Length of a node in bytes. */
    static final int NODE_BYTES = 20;

    private final List<byte[]> leaves;

    private MerkleTree(List<byte[]> leaves) {
        this.leaves = leaves;
    }

    static MerkleTree over(List<Key> keys) {
        return new MerkleTree(keys.stream().map(MerkleTree::leaf).toList());
    }

    byte[] root() {
        return root(0, leaves.size());
    }

    /** The siblings on the way from a leaf to the root, the lowest first. */
    List<byte[]> proof(int index) {
        List<byte[]> path = new ArrayList<>();
        collect(index, 0, leaves.size(), path);
        return path;
    }

    /** The root that follows from a key and its proof; null if the proof does not have the length for this place in the tree. */
    static byte @Nullable [] rootFrom(Key key, int index, int size, List<byte[]> proof) {
        if (index < 0 || index >= size || proof.size() != depth(index, size)) {
            return null;
        }
        return climb(leaf(key), index, size, proof, proof.size());
    }

    private byte[] root(int from, int to) {
        if (to - from == 1) {
            return leaves.get(from);
        }
        int middle = from + leftSize(to - from);
        return inner(root(from, middle), root(middle, to));
    }

    private void collect(int index, int from, int to, List<byte[]> path) {
        if (to - from == 1) {
            return;
        }
        int middle = from + leftSize(to - from);
        if (index < middle) {
            collect(index, from, middle, path);
            path.add(root(middle, to));
        } else {
            collect(index, middle, to, path);
            path.add(root(from, middle));
        }
    }

    private static byte[] climb(byte[] leaf, int index, int size, List<byte[]> proof, int height) {
        if (size == 1) {
            return leaf;
        }
        int left = leftSize(size);
        byte[] sibling = proof.get(height - 1);
        return index < left
                ? inner(climb(leaf, index, left, proof, height - 1), sibling)
                : inner(sibling, climb(leaf, index - left, size - left, proof, height - 1));
    }

    private static int depth(int index, int size) {
        if (size == 1) {
            return 0;
        }
        int left = leftSize(size);
        return 1 + (index < left ? depth(index, left) : depth(index - left, size - left));
    }

    private static int leftSize(int size) {
        return Integer.highestOneBit(size - 1);
    }

    private static byte[] leaf(Key key) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update((byte) 0);
        digest.update(key.toBytes());
        return Arrays.copyOf(digest.digest(), NODE_BYTES);
    }

    private static byte[] inner(byte[] left, byte[] right) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update((byte) 1);
        digest.update(left);
        digest.update(right);
        return Arrays.copyOf(digest.digest(), NODE_BYTES);
    }
}
