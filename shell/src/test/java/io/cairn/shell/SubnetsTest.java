package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.shell.Subnets.Subnet;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only who is on a network of this machine's is said to be on this LAN. */
class SubnetsTest {
    @ParameterizedTest
    @CsvSource({
        "192.168.1.5, 24, 192.168.1.200, true",
        "192.168.1.5, 24, 192.168.2.5, false",
        "10.47.3.1, 20, 10.47.15.255, true",
        "10.47.3.1, 20, 10.47.16.0, false",
        "fd00::1, 64, fd00::2, true",
        "fd00::1, 64, fd00:0:0:1::2, false",
        "fe80::1, 64, 192.168.1.5, false",
    })
    void theFirstBitsTell(String address, int bits, String other, boolean inside) throws Exception {
        Subnets subnets = new Subnets(List.of(new Subnet(InetAddress.getByName(address), bits)));
        assertThat(subnets.contain(InetAddress.getByName(other))).isEqualTo(inside);
    }

    @Test
    void loopbackIsNoLan() {
        assertThat(Subnets.ofThisMachine().contain(InetAddress.getLoopbackAddress()))
                .isFalse();
    }
}
