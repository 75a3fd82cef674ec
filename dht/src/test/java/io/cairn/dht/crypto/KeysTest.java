package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.Test;

class KeysTest {
    @Test
    void aSeedBringsTheSameIdentityBack() {
        Identity identity = Identity.generate(new Random(3));
        Identity again = Identity.fromSeed(identity.seed());
        assertThat(again.publicKey()).isEqualTo(identity.publicKey()).hasSameHashCodeAs(identity.publicKey());
        assertThat(again.sign(new byte[] {1})).isEqualTo(identity.sign(new byte[] {1}));
    }

    @Test
    void theNodeIdIsTheSha1OfThePublicKey() {
        Identity identity = Identity.generate(new Random(4));
        assertThat(identity.nodeId().toBytes())
                .isEqualTo(DigestUtils.sha1(identity.publicKey().toBytes()));
    }

    @Test
    void lengthsAreExact() {
        for (int length : new int[] {0, 31, 33, 63, 65}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Identity.fromSeed(new byte[length]));
            assertThatIllegalArgumentException().isThrownBy(() -> PublicKey.of(new byte[length]));
            assertThatIllegalArgumentException().isThrownBy(() -> Signature.of(new byte[length]));
        }
    }
}
