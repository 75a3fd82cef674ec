package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalAddressesTest {
    @Test
    void bridgesAndTunnelsDoNotPushTheRealInterfaceOut() {
        List<OwnAddress> own = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            own.add(of("172.17." + i + ".1", "br-" + i, LinkKind.BRIDGE));
            own.add(of("fd00:" + i + "::1", "br-" + i, LinkKind.BRIDGE));
        }
        own.add(of("100.64.0.9", "tailscale0", LinkKind.TUNNEL));
        own.add(of("192.168.8.1", "eth0", LinkKind.PLAIN));
        own.add(of("2001:db8::5", "eth0", LinkKind.PLAIN));
        assertThat(AddressRanking.choose(own, List.of())).isEqualTo(addresses("192.168.8.1", "2001:db8::5"));
        assertThat(AddressRanking.choose(own, addresses("172.17.3.7", "172.17.4.1")))
                .as("a bridge counts where a peer was heard, not where this machine heard itself")
                .isEqualTo(addresses("172.17.3.1", "192.168.8.1", "2001:db8::5"));
    }

    @Test
    void aBridgeThatLeadsOutIsAsGoodAsAnAdapter() {
        OwnAddress bridge = new OwnAddress(Endpoint.parseAddress("10.0.0.2"), "br0", LinkKind.BRIDGE, true, true, 24);
        assertThat(AddressRanking.choose(List.of(of("192.0.2.7", "eth1", LinkKind.PLAIN), bridge), List.of()))
                .isEqualTo(addresses("10.0.0.2", "192.0.2.7"));
    }

    @Test
    void linkLocalAddressesAreForThoseWhoHaveNothingBetterAndLoopbackForThoseWhoHaveNothing() {
        OwnAddress loopback = of("127.0.0.1", "lo", LinkKind.LOOPBACK);
        OwnAddress link = of("169.254.7.1", "eth0", LinkKind.PLAIN);
        OwnAddress link6 = of("fe80::1", "eth0", LinkKind.PLAIN);
        OwnAddress bridge = of("172.17.0.1", "docker0", LinkKind.BRIDGE);
        OwnAddress unplugged =
                new OwnAddress(Endpoint.parseAddress("10.0.0.9"), "eth1", LinkKind.PLAIN, false, false, 24);
        assertThat(AddressRanking.choose(List.of(link6, link, bridge, unplugged, loopback), List.of()))
                .isEqualTo(addresses("169.254.7.1", "fe80::1"));
        assertThat(AddressRanking.choose(List.of(bridge, unplugged, loopback), List.of()))
                .isEqualTo(addresses("10.0.0.9"));
        assertThat(AddressRanking.choose(List.of(loopback), List.of())).isEqualTo(addresses("127.0.0.1"));
    }

    /** A link printed while the cable is out is valid once it is back. */
    @Test
    void anAdapterWhoseCableIsOutKeepsItsAddressRatherThanThatOfTheLink() {
        OwnAddress address =
                new OwnAddress(Endpoint.parseAddress("10.9.0.1"), "eth0", LinkKind.PLAIN, false, false, 24);
        OwnAddress link = new OwnAddress(Endpoint.parseAddress("fe80::1"), "eth0", LinkKind.PLAIN, false, false, 64);
        assertThat(AddressRanking.choose(List.of(link, address), List.of())).isEqualTo(addresses("10.9.0.1"));
        assertThat(AddressRanking.choose(
                        List.of(
                                link,
                                of("127.0.0.1", "lo", LinkKind.LOOPBACK),
                                of("172.17.0.1", "br", LinkKind.BRIDGE)),
                        List.of()))
                .isEqualTo(addresses("fe80::1"));
    }

    @Test
    void everyInterfaceHasAPlaceAmongTheEight() {
        List<OwnAddress> own = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            own.add(of("10.0.0." + i, "eth0", LinkKind.PLAIN));
        }
        own.add(of("2001:db8::1", "eth0", LinkKind.PLAIN));
        own.add(of("10.9.0.1", "eth1", LinkKind.PLAIN));
        assertThat(AddressRanking.choose(own, List.of()))
                .hasSize(8)
                .startsWith(addresses("10.0.0.1", "10.9.0.1", "2001:db8::1").toArray(new InetAddress[0]));
    }

    @Test
    void thisMachineHasAtLeastOne() {
        LocalAddresses all = LocalAddresses.look(List.of());
        assertThat(all.endpoints(4747, List.of())).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        assertThat(LocalAddresses.look(addresses("0.0.0.0"))).isEqualTo(all);
        assertThat(LocalAddresses.look(addresses("127.0.0.1")).endpoints(4747, List.of()))
                .containsExactly(Endpoint.parse("127.0.0.1:4747"));
    }

    private static OwnAddress of(String address, String device, LinkKind kind) {
        return new OwnAddress(
                Endpoint.parseAddress(address), device, kind, true, false, address.contains(":") ? 64 : 24);
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(Endpoint::parseAddress).toList();
    }
}
