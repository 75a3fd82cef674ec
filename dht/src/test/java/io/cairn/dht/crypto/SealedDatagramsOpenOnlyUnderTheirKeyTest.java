package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedDatagramsOpenOnlyUnderTheirKeyTest {
    private static final long SEED = 5_501;

    private final Random random = new Random(SEED);
    private final NetworkKey key = NetworkKey.of(bytes(NetworkKey.SECRET_BYTES), "lab");
    private final DatagramCipher cipher = key.datagramCipher();

    @Test
    void contentsOfEveryLengthSurvive() {
        for (int length = 0; length <= 1_200; length += length < 40 ? 1 : 29) {
            byte[] content = bytes(length);
            byte[] sealed = cipher.seal(bytes(DatagramCipher.NONCE_BYTES), content);
            assertThat(sealed).hasSize(length + DatagramCipher.OVERHEAD_BYTES);
            assertThat(cipher.isCoded(sealed)).isTrue();
            assertThat(cipher.open(sealed)).isEqualTo(content);
        }
    }

    @Test
    void anotherSecretOrNameDoesNotOpenIt() {
        byte[] secret = bytes(NetworkKey.SECRET_BYTES);
        byte[] sealed =
                NetworkKey.of(secret, "lab").datagramCipher().seal(bytes(DatagramCipher.NONCE_BYTES), bytes(200));
        for (NetworkKey other : List.of(
                key, NetworkKey.of(secret, "Lab"), NetworkKey.of(secret, ""), NetworkKey.of(new byte[1], "lab"))) {
            assertThat(other.datagramCipher().isCoded(sealed)).isFalse();
            assertThat(other.datagramCipher().open(sealed)).isNull();
        }
    }

    @Test
    void aChangedBitIsNoticed() {
        byte[] sealed = cipher.seal(bytes(DatagramCipher.NONCE_BYTES), bytes(64));
        for (int bit = 0; bit < 8 * sealed.length; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            boolean isCode = bit < 8 * DatagramCipher.CODE_BYTES;
            assertThat(!isCode || !cipher.isCoded(changed)).isTrue();
            assertThat(isCode || cipher.open(changed) == null).as("bit %d", bit).isTrue();
        }
        assertThat(cipher.open(sealed)).as("a failure leaves nothing behind").isNotNull();
    }

    @Test
    void whatIsTooShortOrRandomIsNotCoded() {
        for (int length = 0; length < 2_000; length++) {
            assertThat(cipher.isCoded(bytes(length))).isFalse();
        }
    }

    @Test
    void keysOfAnOlderKindHaveAnyLength() {
        byte[] sealed = NetworkKey.of(new byte[] {'x'}, "lab").datagramCipher().seal(new byte[12], new byte[8]);
        assertThat(NetworkKey.of(new byte[] {'x'}, "lab").datagramCipher().open(sealed))
                .isEqualTo(new byte[8]);
        assertThat(NetworkKey.of(new byte[64 * 1024], "lab").isGuessable()).isFalse();
        assertThat(NetworkKey.of(new byte[15], "lab").isGuessable()).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> NetworkKey.of(new byte[0], "lab"));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkKeys(List.of(key, key, key)));
        assertThatIllegalArgumentException().isThrownBy(() -> new NetworkKeys(List.of()));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
