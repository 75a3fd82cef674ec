package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentKeysTest {
    private final RecentKeys keys = new RecentKeys();

    @Test
    void equalKeysAreOneObject() {
        PublicKey first = key(1);
        assertThat(keys.same(first)).isSameAs(first);
        assertThat(keys.same(key(1))).isSameAs(first);
    }

    @Test
    void manyKeysNeverGiveAnother() {
        List<PublicKey> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(key(i));
        }
        for (int round = 0; round < 2; round++) {
            all.forEach(key -> assertThat(keys.same(key)).isEqualTo(key));
        }
    }

    private static PublicKey key(int seed) {
        byte[] bytes = new byte[PublicKey.LENGTH_BYTES];
        new SplittableRandom(seed).nextBytes(bytes);
        return PublicKey.of(bytes);
    }
}
