package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.ProtocolDocument;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryIsAsDocumentedTest {
    @Test
    void groupsAndPortAreThoseOfTheProtocol() {
        assertThat(ProtocolDocument.vectors().get("local-discovery"))
                .isEqualTo(Map.of(
                        "IPv4 group", LocalDiscovery.GROUP_IPV4.getHostAddress(),
                        "IPv6 group", LocalDiscovery.GROUP_IPV6.getHostAddress(),
                        "port", String.valueOf(UdpConfig.DISCOVERY_PORT)));
    }
}
