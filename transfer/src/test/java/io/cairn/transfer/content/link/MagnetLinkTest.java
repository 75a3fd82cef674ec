package io.cairn.transfer.content.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MagnetLinkTest {
    private static final String HEX = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";
    private static final Key HASH = Key.fromHex(HEX);

    @Test
    void linkSurvivesTheRoundTrip() throws InvalidLinkException {
        for (String name : List.of("", "film.mkv", "a b+c&d=e%20?#\"'\n", "日本語 🗿", "100%")) {
            MagnetLink link = new MagnetLink(
                    HASH, name, 42, List.of(Endpoint.parse("192.0.2.1:4747"), Endpoint.parse("[2001:db8::1]:1")));
            assertThat(MagnetLink.parse(link.toString())).isEqualTo(link);
        }
    }

    @Test
    void linkLooksAsOtherProgramsWriteIt() {
        assertThat(new MagnetLink(HASH, "film ü.mkv", 7, List.of(Endpoint.parse("192.168.1.5:4747"))))
                .hasToString("magnet:?xt=urn:btih:" + HEX + "&x.pe=192.168.1.5:4747&dn=film%20%C3%BC.mkv&xl=7");
        assertThat(new MagnetLink(HASH, "", -1, List.of())).hasToString("magnet:?xt=urn:btih:" + HEX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "magnet:?xt=urn:btih:9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B",
                "MAGNET:?XT=URN:BTIH:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "magnet:?xt=urn:btih:T6DNBAMIJR6WLGRP5KQMKWWQCWR36TY3",
                "magnet:?xt=urn:btih:t6dnbamijr6wlgrp5kqmkwwqcwr36ty3",
                "magnet:?xt=urn%3Abtih%3A9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "magnet:?tr=udp%3A%2F%2Fx&&junk&=&a=b=c&xt.1=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b&xl=big&x.pe=host:1&x.pe=",
                "magnet:?xt=urn:btmh:1220abcd&xt=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "  magnet:?xt=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b\n"
            })
    void hashIsFoundInAnySpelling(String text) throws InvalidLinkException {
        MagnetLink link = MagnetLink.parse(text);
        assertThat(link).isEqualTo(new MagnetLink(HASH, "", -1, List.of()));
    }

    @Test
    void repeatedParametersAreJoinedOrTheFirstCounts() throws InvalidLinkException {
        MagnetLink link = MagnetLink.parse("magnet:?xt=urn:btih:" + HEX + "&xt=urn:btih:" + HEX
                + "&dn=a+b%2Bc&dn=later&xl=5&xl=6&x.pe=1.2.3.4:5&x.pe=1.2.3.4:5&x.pe=%5B::1%5D:6");
        assertThat(link.name()).isEqualTo("a b+c");
        assertThat(link.size()).isEqualTo(5);
        assertThat(link.peers()).containsExactly(Endpoint.parse("1.2.3.4:5"), Endpoint.parse("[::1]:6"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "magnet:",
                "magnet:?",
                "http://x/",
                "magnet:xt=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "magnet:?dn=x",
                "magnet:?xt=urn:btih:",
                "magnet:?xt=urn:btih:1234",
                "magnet:?xt=urn:btmh:1220abcd",
                "magnet:?xt=urn:btih:zf86d081884c7d659a2feaa0c55ad015a3bf4f1b",
                "magnet:?xt=urn:btih:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b&xt=urn:btih:0000000000000000000000000000000000000000"
            })
    void whatNamesNoSingleHashIsRefusedWithAReason(String text) {
        assertThatThrownBy(() -> MagnetLink.parse(text))
                .isInstanceOf(InvalidLinkException.class)
                .message()
                .isNotBlank();
    }

    @Test
    void lengthAndPeersAreBounded() throws InvalidLinkException {
        StringBuilder text = new StringBuilder("magnet:?xt=urn:btih:" + HEX);
        for (int port = 1; port <= 100; port++) {
            text.append("&x.pe=10.0.0.1:").append(port);
        }
        assertThat(MagnetLink.parse(text.toString()).peers()).hasSize(MagnetLink.PEERS_MAX);
        assertThatThrownBy(() -> MagnetLink.parse(text + "&dn=" + "x".repeat(MagnetLink.LENGTH_MAX)))
                .isInstanceOf(InvalidLinkException.class);
    }

    @Test
    void mutatedLinksAreRefusedOrRead() {
        long seed = 5;
        Random random = new Random(seed);
        String valid = "magnet:?xt=urn:btih:" + HEX + "&dn=a%20b&xl=12&x.pe=1.2.3.4:5&x.pe=[::1]:6";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder(valid);
            for (int i = 0; i <= random.nextInt(4); i++) {
                text.setCharAt(random.nextInt(text.length()), (char)
                        (random.nextInt(20) == 0 ? random.nextInt(0x10000) : 32 + random.nextInt(95)));
            }
            try {
                MagnetLink link = MagnetLink.parse(text.toString());
                assertThat(MagnetLink.parse(link.toString()).hash())
                        .as("seed " + seed + ": " + text)
                        .isEqualTo(link.hash());
            } catch (InvalidLinkException refused) {
                assertThat(refused).as("seed " + seed + ": " + text).message().isNotBlank();
            }
        }
    }
}
