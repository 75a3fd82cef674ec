package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentifierTest {
    private static final String HEX = "0123456789abcdef0123456789abcdeffedcba98";

    @Test
    void bytesAndHexadecimalComeBackAsTheyWere() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[20];
            random.nextBytes(bytes);
            assertThat(Key.of(bytes).toBytes()).isEqualTo(bytes);
            assertThat(NodeId.fromHex(NodeId.of(bytes).toHex()).toBytes()).isEqualTo(bytes);
        }
        assertThat(Key.fromHex(HEX).toHex())
                .isEqualTo(HEX)
                .isEqualTo(Key.fromHex(HEX.toUpperCase(java.util.Locale.ROOT)).toString());
        assertThat(Key.fromHex(HEX).toShortString()).isEqualTo("0123…ba98");
    }

    @Test
    void nothingButTwentyBytesIsAnIdentifier() {
        for (int length : new int[] {0, 1, 19, 21, 32}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Key.of(new byte[length]));
            assertThatIllegalArgumentException().isThrownBy(() -> NodeId.of(new byte[length]));
        }
        for (String text :
                new String[] {"", "0", HEX + "0", HEX.substring(1), HEX.substring(1) + "g", " " + HEX.substring(1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Key.fromHex(text));
            assertThatIllegalArgumentException().isThrownBy(() -> NodeId.fromHex(text));
        }
    }

    @Test
    void aNodeIsNeverEqualToDataAtTheSamePoint() {
        NodeId node = NodeId.fromHex(HEX);
        Key key = Key.at(node);
        assertThat((Object) key).isNotEqualTo(node).isEqualTo(Key.fromHex(HEX)).hasSameHashCodeAs(Key.fromHex(HEX));
        assertThat(key.compareTo(node)).isZero();
        assertThat(Key.at(key)).isSameAs(key);
    }

    @Test
    void aKeyIsTheSha1OfItsContent() {
        assertThat(Key.ofContent("abc".getBytes(StandardCharsets.US_ASCII)).toHex())
                .isEqualTo("a9993e364706816aba3e25717850c26c9cd0d89d"); // FIPS 180-4
    }

    @Test
    void arraysGivenOrTakenAreCopies() {
        byte[] bytes = new byte[20];
        Key key = Key.of(bytes);
        bytes[0] = 1;
        key.toBytes()[1] = 1;
        assertThat(key).isEqualTo(Key.of(new byte[20]));
    }

    @Test
    void bitsOutsideAreAMistake() {
        Key key = Key.fromHex(HEX);
        assertThatThrownBy(() -> key.bit(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> key.bit(160)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aContactShowsWhoAndWhere() {
        Contact contact = new Contact(NodeId.fromHex(HEX), Endpoint.parse("192.0.2.1:4747"));
        assertThat(contact).hasToString("0123…ba98@192.0.2.1:4747");
    }
}
