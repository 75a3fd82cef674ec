package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The laws of the XOR metric (Kademlia, section 2.1), against big integers as the naive model. */
class XorMetricTest {
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(160);

    @Test
    void distanceIsTheXorAsAnUnsignedNumber() {
        for (int i = 0; i < ROUNDS; i++) {
            Key a = neighbour(Key.random(random));
            NodeId b = NodeId.of(neighbour(a).toBytes());
            Key c = neighbour(a);
            BigInteger ab = number(a).xor(number(b));
            assertThat(a.distanceTo(b).leadingZeros()).isEqualTo(160 - ab.bitLength());
            assertThat(a.commonPrefixLength(b)).isEqualTo(160 - ab.bitLength());
            assertThat(Integer.signum(a.distanceTo(b).compareTo(a.distanceTo(c))))
                    .isEqualTo(ab.compareTo(number(a).xor(number(c))));
            assertThat(Integer.signum(a.compareTo(c))).isEqualTo(number(a).compareTo(number(c)));
        }
    }

    @Test
    void distanceIsSymmetricAndZeroOnlyToItself() {
        for (int i = 0; i < ROUNDS; i++) {
            Key a = Key.random(random);
            Key b = neighbour(a);
            assertThat(a.distanceTo(b)).isEqualTo(b.distanceTo(a));
            assertThat(a.distanceTo(a)).isEqualTo(new Distance(0, 0, 0));
            assertThat(a.distanceTo(b).equals(new Distance(0, 0, 0))).isEqualTo(a.equals(b));
        }
    }

    @Test
    void onePointOnlyIsAtADistance() {
        for (int i = 0; i < ROUNDS; i++) {
            Key a = Key.random(random);
            Key b = Key.random(random);
            BigInteger back = number(a).xor(number(a).xor(number(b)));
            assertThat(back).isEqualTo(number(b));
            Distance direct = a.distanceTo(b);
            Key c = Key.random(random);
            // d(a,c) <= d(a,b) + d(b,c): the XOR of two numbers is at most their sum
            assertThat(number(a).xor(number(c)))
                    .isLessThanOrEqualTo(number(a).xor(number(b)).add(number(b).xor(number(c))));
            assertThat(direct.equals(a.distanceTo(c))).isEqualTo(b.equals(c));
        }
    }

    @Test
    void everyBitDecidesItsOwnPrefixLength() {
        Key zero = Key.of(new byte[20]);
        for (int bit = 0; bit < 160; bit++) {
            Key one = flip(zero, bit);
            assertThat(zero.commonPrefixLength(one)).isEqualTo(bit);
            assertThat(one.bit(bit)).isTrue();
            assertThat(zero.bit(bit)).isFalse();
            assertThat(zero.compareTo(one)).isNegative();
        }
        assertThat(zero.commonPrefixLength(zero)).isEqualTo(160);
    }

    /** Often equal to or near the given key, so that every word of the comparison decides in some cases. */
    private Key neighbour(Key key) {
        return random.nextInt(4) == 0 ? Key.random(random) : flip(key, random.nextInt(160));
    }

    private static Key flip(Key key, int bit) {
        byte[] bytes = key.toBytes();
        bytes[bit / 8] ^= (byte) (0x80 >>> bit % 8);
        return Key.of(bytes);
    }

    private static BigInteger number(Id160 id) {
        return new BigInteger(1, id.toBytes());
    }
}
