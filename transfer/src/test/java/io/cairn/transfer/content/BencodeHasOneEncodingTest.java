package io.cairn.transfer.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeHasOneEncodingTest {
    private static final ManifestLimits LIMITS = ManifestLimits.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i0e",
                "i-1e",
                "i9223372036854775807e",
                "0:",
                "3:abc",
                "le",
                "de",
                "d0:i1e1:ai2e1:bi3ee",
                "l0:i0ed1:aleee"
            })
    void whatIsReadIsWrittenBackTheSame(String text) throws InvalidManifestException {
        assertThat(BencodeWriter.write(BencodeReader.read(text.getBytes(ISO_8859_1), LIMITS)))
                .asString(ISO_8859_1)
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "i",
                "ie",
                "i-e",
                "i-0e",
                "i00e",
                "i01e",
                "i1",
                "i+1e",
                "i 1e",
                "i9223372036854775808e",
                "i99999999999999999999e",
                "1:",
                "01:a",
                "-1:a",
                "4:abc",
                "9999999999:a",
                "99999999999999999999:a",
                "l",
                "li1e",
                "d",
                "d1:a",
                "d1:ae",
                "di1ei1ee",
                "d1:bi1e1:ai1ee",
                "d1:ai1e1:ai1ee",
                "i1ei1e",
                "le ",
                "e"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> BencodeReader.read(text.getBytes(ISO_8859_1), LIMITS))
                .isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void depthAndCountAreBounded() {
        String deep = "l".repeat(LIMITS.depthMax() + 2) + "e".repeat(LIMITS.depthMax() + 2);
        assertThatThrownBy(() -> BencodeReader.read(deep.getBytes(ISO_8859_1), LIMITS))
                .hasMessageContaining("deeper");
        String wide = "l" + "le".repeat(LIMITS.valuesMax()) + "e";
        assertThatThrownBy(() -> BencodeReader.read(wide.getBytes(ISO_8859_1), LIMITS))
                .hasMessageContaining("values");
    }

    @Test
    void randomAndMutatedBytesAreEitherRefusedOrCanonical() {
        long seed = 20261120;
        Random random = new Random(seed);
        byte[] valid = "d1:ad1:bl3:abci-12eee1:cli0ei1eee".getBytes(ISO_8859_1);
        String alphabet = "dlie0123456789:-ab";
        for (int round = 0; round < 40_000; round++) {
            byte[] bytes = round % 2 == 0 ? valid.clone() : new byte[random.nextInt(24)];
            int changes = round % 2 == 0 ? 1 + random.nextInt(3) : bytes.length;
            for (int i = 0; i < changes; i++) {
                bytes[round % 2 == 0 ? random.nextInt(bytes.length) : i] =
                        (byte) alphabet.charAt(random.nextInt(alphabet.length()));
            }
            assertRefusedOrCanonical(bytes, "seed " + seed + " round " + round);
        }
    }

    private static void assertRefusedOrCanonical(byte[] bytes, String where) {
        Bencode value;
        try {
            value = BencodeReader.read(bytes, LIMITS);
        } catch (InvalidManifestException refused) {
            return;
        }
        assertThat(BencodeWriter.write(value)).as(where).isEqualTo(bytes);
    }
}
