package io.cairn.shell.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Subnet;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Only an address in a network of this machine counts as on this LAN. */
class SubnetsTest {
    @Test
    void anyOfThemCounts() throws Exception {
        Subnets subnets = new Subnets(List.of(
                new Subnet(InetAddress.getByName("192.168.1.5"), 24),
                new Subnet(InetAddress.getByName("fd00::1"), 64)));
        assertThat(subnets.contain(InetAddress.getByName("192.168.1.200"))).isTrue();
        assertThat(subnets.contain(InetAddress.getByName("fd00::2"))).isTrue();
        assertThat(subnets.contain(InetAddress.getByName("192.168.2.5"))).isFalse();
    }

    @Test
    void loopbackIsNoLan() {
        assertThat(Subnets.ofThisMachine().contain(InetAddress.getLoopbackAddress()))
                .isFalse();
    }
}
