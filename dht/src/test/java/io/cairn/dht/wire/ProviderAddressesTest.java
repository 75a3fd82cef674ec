package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Endpoint;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.Test;

class ProviderAddressesTest {
    private static final Endpoint IPV4 = Endpoint.parse("192.0.2.1:4747");
    private static final Endpoint IPV6 = Endpoint.parse("[2001:db8::1]:65535");

    @Test
    void hasTheBytesOfItsSpecification() throws DecoderException {
        assertThat(ProviderAddresses.encode(List.of(IPV4, IPV6)))
                .isEqualTo(Hex.decodeHex("04c0000201128b" + "1020010db8000000000000000000000001ffff"));
    }

    @Test
    void decodesWhatItEncodes() throws MalformedException {
        List<Endpoint> endpoints = List.of(IPV6, IPV4, Endpoint.parse("10.0.0.1:1"));

        assertThat(ProviderAddresses.decode(ProviderAddresses.encode(endpoints)))
                .isEqualTo(endpoints);
        assertThat(ProviderAddresses.decode(new byte[0])).isEmpty();
    }

    @Test
    void refusesMoreThanEight() {
        assertThatThrownBy(() -> ProviderAddresses.encode(Collections.nCopies(9, IPV4)))
                .isInstanceOf(IllegalArgumentException.class);
        byte[] nine = new byte[63];
        byte[] one = ProviderAddresses.encode(List.of(IPV4));
        for (int i = 0; i < 9; i++) {
            System.arraycopy(one, 0, nine, 7 * i, 7);
        }
        assertThatThrownBy(() -> ProviderAddresses.decode(nine)).isInstanceOf(MalformedException.class);
    }

    @Test
    void randomAndMutatedBytesAreRefusedOrReadBackTheSame() {
        long seed = 31;
        SplittableRandom random = new SplittableRandom(seed);
        byte[] valid = ProviderAddresses.encode(List.of(IPV4, IPV6, IPV4));
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = valid.clone();
            if (round % 2 == 0) {
                bytes = new byte[random.nextInt(60)];
                random.nextBytes(bytes);
            } else {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(ProviderAddresses.encode(ProviderAddresses.decode(bytes)))
                        .as("seed " + seed)
                        .isEqualTo(bytes);
            } catch (MalformedException refused) {
                assertThat(refused).hasMessageMatching(".+");
            }
        }
    }
}
