package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

class SipHashFollowsItsPaperTest {
    @Test
    void asAnotherImplementationDoes() {
        Random random = new Random(7);
        for (int round = 0; round < 1_000; round++) {
            byte[] key = new byte[16];
            byte[] input = new byte[27];
            random.nextBytes(key);
            random.nextBytes(input);
            long last = word(input, 24, 3) | 27L << 56;

            long hash = new SipHash(word(key, 0, 8), word(key, 8, 8))
                    .of(word(input, 0, 8), word(input, 8, 8), word(input, 16, 8), last);

            assertThat(hash).isEqualTo(reference(key, input));
        }
    }

    private static long reference(byte[] key, byte[] input) {
        org.bouncycastle.crypto.macs.SipHash reference = new org.bouncycastle.crypto.macs.SipHash(2, 4);
        reference.init(new KeyParameter(key));
        reference.update(input, 0, input.length);
        return reference.doFinal();
    }

    private static long word(byte[] bytes, int offset, int count) {
        long word = 0;
        for (int i = count - 1; i >= 0; i--) {
            word = word << 8 | bytes[offset + i] & 0xff;
        }
        return word;
    }
}
