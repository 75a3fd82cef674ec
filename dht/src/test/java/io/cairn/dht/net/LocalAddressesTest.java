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
    void ipv4ComesFirstAndWhatOthersCannotReachIsLeftOut() {
        List<InetAddress> chosen = LocalAddresses.choose(addresses(
                "::1",
                "127.0.0.1",
                "fe80::1",
                "2001:db8::5",
                "169.254.3.4",
                "192.0.2.1",
                "fd00::2",
                "10.0.0.1",
                "192.0.2.1",
                "224.0.0.1"));
        assertThat(chosen).containsExactlyElementsOf(addresses("192.0.2.1", "10.0.0.1", "2001:db8::5", "fd00::2"));
    }

    @Test
    void loopbackIsForThoseWhoHaveNothingElse() {
        assertThat(LocalAddresses.choose(addresses("::1", "fe80::1", "127.0.0.1")))
                .containsExactlyElementsOf(addresses("127.0.0.1", "::1"));
        assertThat(LocalAddresses.advertised(addresses("127.0.0.1"))).isEqualTo(addresses("127.0.0.1"));
    }

    @Test
    void atMostEightAreTold() {
        List<InetAddress> many = new ArrayList<>();
        for (int i = 1; i < 20; i++) {
            many.addAll(addresses("2001:db8::" + i, "10.0.0." + i));
        }
        assertThat(LocalAddresses.choose(many)).hasSize(8).allMatch(address -> address.getAddress().length == 4);
    }

    @Test
    void thisMachineHasAtLeastOne() {
        List<InetAddress> all = LocalAddresses.advertised(List.of());
        assertThat(all).isNotEmpty().hasSizeLessThanOrEqualTo(8).noneMatch(InetAddress::isLinkLocalAddress);
        assertThat(LocalAddresses.advertised(addresses("0.0.0.0"))).isEqualTo(all);
        assertThat(LocalAddresses.advertised(addresses("::"))).isEqualTo(all);
        assertThat(LocalAddresses.endpoints(List.of(), 4747))
                .isEqualTo(
                        all.stream().map(address -> new Endpoint(address, 4747)).toList());
    }

    private static List<InetAddress> addresses(String... texts) {
        return Stream.of(texts).map(Endpoint::parseAddress).toList();
    }
}
