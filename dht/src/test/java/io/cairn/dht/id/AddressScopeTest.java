package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reach of addresses, and the sources from which they are believed. */
final class AddressScopeTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, MACHINE",
        "127.9.9.9, MACHINE",
        "::1, MACHINE",
        "::ffff:127.0.0.1, MACHINE",
        "169.254.169.254, LINK",
        "fe80::1, LINK",
        "10.1.2.3, SITE",
        "172.16.0.1, SITE",
        "172.31.255.255, SITE",
        "192.168.7.7, SITE",
        "100.64.0.1, SITE",
        "100.127.255.255, SITE",
        "fd00::1, SITE",
        "fc00::1, SITE",
        "fec0::1, SITE",
        "172.32.0.1, WORLD",
        "100.63.0.1, WORLD",
        "100.128.0.1, WORLD",
        "192.0.2.1, WORLD",
        "2001:db8::1, WORLD",
        "0.0.0.0, NOWHERE",
        "0.1.2.3, NOWHERE",
        "::, NOWHERE",
        "224.0.0.1, NOWHERE",
        "ff02::1, NOWHERE",
        "240.0.0.1, NOWHERE",
        "255.255.255.255, NOWHERE"
    })
    void everyAddressHasOneScope(String address, AddressScope scope) {
        assertThat(AddressScope.of(Endpoint.parseAddress(address))).isEqualTo(scope);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 198.51.100.1, true", "192.0.2.1, 10.0.0.1, true", "192.0.2.1, 127.0.0.1, true",
        "10.0.0.1, 198.51.100.1, false", "10.0.0.1, 192.168.0.1, true", "fd00::1, 10.0.0.1, true",
        "10.0.0.1, fe80::7, true", "169.254.169.254, 198.51.100.1, false", "169.254.169.254, 10.0.0.1, false",
        "169.254.1.1, 169.254.1.2, true", "fe80::1, fe80::2, true", "fe80::1, 127.0.0.1, true",
        "127.0.0.1, 198.51.100.1, false", "127.0.0.1, 10.0.0.1, false", "::1, fe80::1, false",
        "::1, 127.0.0.1, true", "224.0.0.1, 127.0.0.1, false", "0.0.0.0, 127.0.0.1, false"
    })
    void onlyWhoIsAsNearIsBelieved(String named, String source, boolean isBelieved) {
        assertThat(AddressScope.isBelieved(Endpoint.parseAddress(named), Endpoint.parseAddress(source)))
                .isEqualTo(isBelieved);
    }
}
