package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class ClockwiseArithmeticTest {
    private static final BigInteger RING = BigInteger.ONE.shiftLeft(Id160.LENGTH_BITS);

    @RepeatedTest(20)
    void agreesWithIntegersModuloTheRing(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        for (int i = 0; i < 200; i++) {
            Key from = extreme(random);
            Key to = extreme(random);
            assertThat(number(from.clockwiseTo(to)))
                    .isEqualTo(number(to).subtract(number(from)).mod(RING));
            int exponent = random.nextInt(Id160.LENGTH_BITS);
            assertThat(number(from.plusPowerOfTwo(exponent)))
                    .isEqualTo(
                            number(from).add(BigInteger.ONE.shiftLeft(exponent)).mod(RING));
        }
    }

    @Test
    void carriesThroughAllWords() {
        Key last = Key.fromHex("f".repeat(40));
        assertThat(last.plusPowerOfTwo(0)).isEqualTo(Key.fromHex("0".repeat(40)));
        assertThat(last.clockwiseTo(Key.fromHex("0".repeat(40)))).isEqualTo(new Distance(0, 0, 1));
        assertThat(last.clockwiseTo(last)).isEqualTo(new Distance(0, 0, 0));
    }

    /** Long runs of equal bits, for carries and borrows. */
    private static Key extreme(SplittableRandom random) {
        byte[] bytes = new byte[Id160.LENGTH_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = switch (random.nextInt(4)) {
                case 0 -> 0;
                case 1 -> (byte) 0xff;
                case 2 -> (byte) 0x80;
                default -> (byte) random.nextInt();
            };
        }
        return Key.of(bytes);
    }

    private static BigInteger number(Key key) {
        return new BigInteger(1, key.toBytes());
    }

    private static BigInteger number(Distance distance) {
        return new BigInteger(Long.toUnsignedString(distance.high()))
                .shiftLeft(96)
                .add(new BigInteger(Long.toUnsignedString(distance.middle())).shiftLeft(32))
                .add(BigInteger.valueOf(Integer.toUnsignedLong(distance.low())));
    }
}
