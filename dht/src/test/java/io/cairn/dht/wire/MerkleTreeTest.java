package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

/** Compares with a second implementation of RFC 6962, section 2.1, for every size of a batch. */
class MerkleTreeTest {
    private static final int SIZE_MAX = RecordBatch.KEYS_MAX;

    private final Random random = new Random(6962);

    @Test
    void theRootIsThatOfTheRfc() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            List<Key> keys = keys(size);
            assertThat(MerkleTree.over(keys).root()).isEqualTo(rootByTheBook(keys));
        }
    }

    @Test
    void everyProofLeadsToTheRoot() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            List<Key> keys = keys(size);
            MerkleTree tree = MerkleTree.over(keys);
            for (int index = 0; index < size; index++) {
                assertThat(MerkleTree.rootFrom(keys.get(index), index, size, tree.proof(index)))
                        .isEqualTo(tree.root());
                assertThat(tree.proof(index).size()).isLessThanOrEqualTo(6);
            }
        }
    }

    @Test
    void noOtherKeyPlaceOrProofLeadsThere() {
        for (int size = 1; size <= SIZE_MAX; size++) {
            List<Key> keys = keys(size);
            MerkleTree tree = MerkleTree.over(keys);
            for (int index = 0; index < size; index++) {
                List<byte[]> proof = tree.proof(index);
                assertThat(MerkleTree.rootFrom(Key.random(random), index, size, proof))
                        .isNotEqualTo(tree.root());
                for (int other = 0; other < size; other++) {
                    if (other != index) {
                        assertThat(MerkleTree.rootFrom(keys.get(index), other, size, proof))
                                .isNotEqualTo(tree.root());
                    }
                }
                for (int level = 0; level < proof.size(); level++) {
                    List<byte[]> changed = new ArrayList<>(proof);
                    changed.set(level, changed.get(level).clone());
                    changed.get(level)[random.nextInt(20)] ^= 1;
                    assertThat(MerkleTree.rootFrom(keys.get(index), index, size, changed))
                            .isNotEqualTo(tree.root());
                }
            }
        }
    }

    @Test
    void proofsOfAnotherLengthAndPlacesOutsideLeadNowhere() {
        List<Key> keys = keys(5);
        List<byte[]> proof = MerkleTree.over(keys).proof(0);
        List<byte[]> longer = new ArrayList<>(proof);
        longer.add(new byte[20]);
        assertThat(MerkleTree.rootFrom(keys.get(0), 0, 5, longer)).isNull();
        assertThat(MerkleTree.rootFrom(keys.get(0), 0, 5, proof.subList(0, 2))).isNull();
        assertThat(MerkleTree.rootFrom(keys.get(0), 4, 5, proof)).isNull();
        assertThat(MerkleTree.rootFrom(keys.get(0), -1, 5, proof)).isNull();
        assertThat(MerkleTree.rootFrom(keys.get(0), 5, 5, proof)).isNull();
    }

    private List<Key> keys(int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(Key.random(random));
        }
        return keys;
    }

    private static byte[] rootByTheBook(List<Key> keys) {
        if (keys.size() == 1) {
            return hash(0, keys.get(0).toBytes(), new byte[0]);
        }
        int left = 1;
        while (2 * left < keys.size()) {
            left *= 2;
        }
        return hash(1, rootByTheBook(keys.subList(0, left)), rootByTheBook(keys.subList(left, keys.size())));
    }

    private static byte[] hash(int kind, byte[] left, byte[] right) {
        byte[] input = new byte[1 + left.length + right.length];
        input[0] = (byte) kind;
        System.arraycopy(left, 0, input, 1, left.length);
        System.arraycopy(right, 0, input, 1 + left.length, right.length);
        return Arrays.copyOf(DigestUtils.sha256(input), 20);
    }
}
