package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubnetTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 24, 192.168.1.200, true",
        "192.168.1.5, 24, 192.168.2.5, false",
        "192.168.1.5, 32, 192.168.1.5, true",
        "192.168.1.5, 32, 192.168.1.4, false",
        "192.168.1.5, 31, 192.168.1.4, true",
        "10.47.3.1, 20, 10.47.15.255, true",
        "10.47.3.1, 20, 10.47.16.0, false",
        "10.0.0.1, 1, 127.0.0.1, true",
        "10.0.0.1, 1, 128.0.0.1, false",
        "fd00::1, 64, fd00::2, true",
        "fd00::1, 64, fd00:0:0:1::2, false",
        "fd00::1, 128, fd00::1, true",
        "fe80::1, 64, 192.168.1.5, false",
        "10.0.0.1, 0, 10.0.0.1, false",
        "10.0.0.1, -1, 10.0.0.1, false",
        "10.0.0.1, 33, 10.0.0.1, false",
    })
    void theFirstBitsTell(String address, int bits, String other, boolean inside) {
        assertThat(new Subnet(Endpoint.parseAddress(address), bits).contains(Endpoint.parseAddress(other)))
                .isEqualTo(inside);
    }
}
