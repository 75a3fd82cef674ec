package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.255.254",
                "::1",
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.168.255.255",
                "169.254.0.1",
                "169.254.255.254",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fdff:ffff::1",
                "::ffff:192.168.1.1"
            })
    void whatTheStandardsKeepForLocalNetworksIsLocal(String address) throws UnknownHostException {
        assertThat(LanAddresses.isPrivate(InetAddress.getByName(address))).isTrue();
        assertThat(LanAddresses.isLan(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "9.255.255.255",
                "11.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "100.64.0.1",
                "2001:db8::1",
                "fec0::1",
                "fbff::1",
                "fe00::1",
                "::ffff:8.8.8.8"
            })
    void everythingElseIsNot(String address) throws UnknownHostException {
        assertThat(LanAddresses.isPrivate(InetAddress.getByName(address))).isFalse();
    }
}
