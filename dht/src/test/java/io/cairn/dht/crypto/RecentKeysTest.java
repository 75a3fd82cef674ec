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
        keys.remember(first);
        assertThat(keys.same(key(1))).isSameAs(first);
    }

    @Test
    void aKeyThatHasVerifiedNothingTakesNoPlace() {
        PublicKey claimed = key(1);
        assertThat(keys.same(claimed)).isSameAs(claimed);
        assertThat(keys.same(key(1))).isNotSameAs(claimed);
    }

    @Test
    void manyKeysNeverGiveAnother() {
        List<PublicKey> all = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            all.add(key(i));
        }
        for (int round = 0; round < 2; round++) {
            for (PublicKey key : all) {
                assertThat(keys.same(key)).isEqualTo(key);
                keys.remember(key);
            }
        }
    }

    private static PublicKey key(int seed) {
        byte[] bytes = new byte[PublicKey.LENGTH_BYTES];
        new SplittableRandom(seed).nextBytes(bytes);
        return PublicKey.of(bytes);
    }
}
