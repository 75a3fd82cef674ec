package io.cairn.dht.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointNeverResolvesNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1:4747", "0.0.0.0:1", "255.255.255.255:65535", "127.0.0.1:80"})
    void ipv4IsReadAndWritten(String text) {
        assertThat(Endpoint.parse(text)).hasToString(text);
        assertThat(Endpoint.parse(text).addressBytes()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[2001:db8::1]:4747", "[::1]:80", "[::]:9", "[fe80::1:2:3:4]:65535", "[2001:DB8::192.0.2.1]:1"})
    void ipv6IsReadAndWritten(String text) {
        Endpoint endpoint = Endpoint.parse(text);
        assertThat(endpoint.addressBytes()).hasSize(16);
        assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "g::1",
                "zz:zz",
                "x:1",
                ":host",
                "host.example",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.4 ",
                "",
                "0x7f.1",
                "2130706433",
                "1.2.3.-4",
                "[::1]",
                "::1]",
                "12345::",
                ":::",
                "1::2::3",
                "::1%",
                "::1%no such",
                "::ffff:1.2.3.256",
                "localhost::",
                "café::1",
                "%eth0",
                "fe80%a:b"
            })
    void namesAndNonsenseAreRefusedAsAddresses(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parseAddress(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "1.2.3.4",
                "1.2.3.4:",
                ":80",
                "1.2.3.4:0",
                "1.2.3.4:65536",
                "1.2.3.4:-1",
                "1.2.3.4:+1",
                "1.2.3.4:99999999999",
                "::1:80",
                "2001:db8::1",
                "[::1]",
                "[::1]80",
                "[::1:80",
                "::1]:80",
                "[1.2.3.4]:80",
                "[[::1]]:80",
                "localhost:80",
                "[localhost]:80",
                "[zz::1]:80",
                "host.example:4747",
                "[host:name]:1",
                "1.2.3.4:8o",
                "1.2.3.4:１"
            })
    void nonsenseIsNoEndpoint(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(text));
    }

    @Test
    void randomTextIsReadOrRefused() {
        Random random = new Random(7);
        String alphabet = "0123456789abcdef:.[]%gx-";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(24); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            readOrRefuse(text.toString());
        }
    }

    @Test
    void addressesHaveFourOrSixteenBytesAndPortsArePositive() {
        for (int length : new int[] {0, 3, 5, 15, 17}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(new byte[length], 1));
        }
        for (int port : new int[] {-1, 0, 65_536}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.of(new byte[4], port));
        }
    }

    private static void readOrRefuse(String text) {
        try {
            Endpoint endpoint = Endpoint.parse(text);
            assertThat(Endpoint.parse(endpoint.toString())).isEqualTo(endpoint);
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(ADDRESS:PORT|brackets|numeric|port).*");
        }
    }
}
