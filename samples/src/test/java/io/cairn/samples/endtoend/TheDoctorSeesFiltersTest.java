package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code doctor} says behind packet filters and a NAT of the kernel, on hosts in network namespaces. Skipped if this machine cannot
 * create such hosts, or has no {@code nft}.
 */
class TheDoctorSeesFiltersTest {
    private static final String STATEFUL =
            "add table inet t; add chain inet t in { type filter hook input priority 0; };"
                    + " add rule inet t in ct state established,related accept; add rule inet t in ";
    private static final String STATELESS =
            "add table inet t; add chain inet t in { type filter hook input priority 0; };" + " add rule inet t in ";

    @TempDir
    private Path folder;

    @BeforeAll
    static void skipWhereThereAreNoNamespaces() throws IOException {
        LanLab.skipWhereThereAreNone();
        LanLab.skipWithout("nft");
    }

    @Test
    void anOpenHostIsReachedByUdpAndTcp() throws IOException {
        try (LanLab lab = lab("docopen")) {
            Finding found = doctor(lab, 0);
            assertThat(found.level("udp")).isEqualTo("ok");
            assertThat(found.level("tcp")).isEqualTo("ok");
            assertThat(found.detail("addresses")).contains("10.47.0.2:4747 (reached)");
            assertThat(found.detail("nat")).startsWith("none");
            assertThat(found.level("clock")).isEqualTo("ok");
            assertThat(found.detail("interface eth0")).contains("IPv4 multicast", "IPv4 broadcast");
        }
    }

    @Test
    void aFilterThatAdmitsOnlyAnswersIsSeenForUdp() throws IOException {
        try (LanLab lab = lab("docudp")) {
            filter(lab, STATEFUL + "udp dport 4747 drop");
            Finding found = doctor(lab, 1, "--bootstrap", "10.47.0.1:4747");
            assertThat(found.level("udp")).isEqualTo("bad");
            assertThat(found.next("udp")).isEqualTo("let UDP port 4747 through the firewall of this machine");
            assertThat(found.level("tcp")).isEqualTo("ok");
        }
    }

    @Test
    void aFilterThatAdmitsOnlyAnswersIsSeenForTcp() throws IOException {
        try (LanLab lab = lab("doctcp")) {
            filter(lab, STATEFUL + "tcp dport 4747 drop");
            Finding found = doctor(lab, 1);
            assertThat(found.level("tcp")).isEqualTo("bad");
            assertThat(found.next("tcp")).isEqualTo("let TCP port 4747 through the firewall of this machine");
            assertThat(found.level("udp")).isEqualTo("ok");
        }
    }

    @Test
    void aFilterThatDropsAllOfUdpIsSeenOverTcp() throws IOException {
        try (LanLab lab = lab("docnoudp")) {
            filter(lab, STATELESS + "meta l4proto udp drop");
            Finding found = doctor(lab, 1, "--bootstrap", "10.47.0.1:4747");
            assertThat(found.level("udp")).isEqualTo("bad");
            assertThat(found.detail("udp")).startsWith("TCP reaches 10.47.0.1:4747, but UDP does not");
            assertThat(found.level("tcp")).isEqualTo("ok");
            assertThat(found.level("interface eth0")).isEqualTo("bad");
        }
    }

    @Test
    void aFilterThatDropsAllOfTcpIsSeenOverUdp() throws IOException {
        try (LanLab lab = lab("docnotcp")) {
            filter(lab, STATELESS + "meta l4proto tcp drop");
            Finding found = doctor(lab, 1);
            assertThat(found.level("udp")).isEqualTo("ok");
            assertThat(found.level("tcp")).isEqualTo("bad");
        }
    }

    @Test
    void aNatIsSeenAndSoIsItsForwarding() throws IOException {
        try (LanLab lab = lab("docnat")) {
            lab.on(
                    3,
                    "sh",
                    "-ec",
                    "sysctl -q net.ipv4.ip_forward=1 net.ipv4.conf.all.send_redirects=0 net.ipv4.conf.eth0.send_redirects=0;"
                            + " ip addr add 192.168.77.1/24 dev eth0; nft 'add table ip n;"
                            + " add chain ip n post { type nat hook postrouting priority 100; };"
                            + " add chain ip n pre { type nat hook prerouting priority -100; };"
                            + " add rule ip n post ip saddr 192.168.77.0/24 masquerade'");
            lab.on(
                    2,
                    "sh",
                    "-ec",
                    "sysctl -q net.ipv6.conf.all.disable_ipv6=1; ip addr flush dev eth0;"
                            + " ip addr add 192.168.77.2/24 dev eth0; ip route add default via 192.168.77.1");
            Finding closed = doctor(lab, 1, "--no-lan", "--bootstrap", "10.47.0.1:4747");
            assertThat(closed.level("nat")).isEqualTo("warning");
            assertThat(closed.detail("nat"))
                    .startsWith("a router translates: the peer at 10.47.0.1:4747 sees this node at 10.47.0.3");
            assertThat(closed.level("udp")).isEqualTo("bad");
            assertThat(closed.next("udp")).isEqualTo("let the router forward UDP port 4747 to this machine");
            assertThat(closed.level("tcp")).isEqualTo("bad");

            lab.on(
                    3,
                    "nft",
                    "add rule ip n pre ip saddr 10.47.0.1 udp dport 4747 dnat to 192.168.77.2;"
                            + " add rule ip n pre ip saddr 10.47.0.1 tcp dport 4747 dnat to 192.168.77.2");
            Finding forwarded = doctor(lab, 0, "--no-lan", "--bootstrap", "10.47.0.1:4747");
            for (int again = 0; again < 10 && isDeclined(forwarded); again++) {
                forwarded = doctor(lab, 0, "--no-lan", "--bootstrap", "10.47.0.1:4747");
            }
            assertThat(forwarded.level("udp")).isEqualTo("ok");
            assertThat(forwarded.level("tcp")).isEqualTo("ok");
            assertThat(forwarded.level("nat")).isEqualTo("ok");
        }
    }

    /** Each peer dials back only so often, by each protocol. */
    private static boolean isDeclined(Finding finding) {
        return finding.detail("udp").contains("decline")
                || finding.detail("tcp").contains("decline");
    }

    /** Host 1 runs a node; host 2 is examined. */
    private LanLab lab(String name) throws IOException {
        LanLab lab = new LanLab(folder, name);
        lab.lan("up", "3");
        StreamLines daemon = lab.begin(1, "daemon");
        assertThat(daemon.await(text -> text.contains("listening on"), CairnProcess.PATIENCE))
                .as(String.join("\n", daemon.soFar()))
                .isNotNull();
        return lab;
    }

    private static void filter(LanLab lab, String rules) throws IOException {
        lab.on(2, "nft", rules);
    }

    private Finding doctor(LanLab lab, int code, String... options) throws IOException {
        String[] arguments = new String[options.length + 2];
        arguments[0] = "doctor";
        arguments[1] = "--json";
        System.arraycopy(options, 0, arguments, 2, options.length);
        LanLab.Outcome outcome = lab.cairn(2, arguments);
        assertThat(outcome.code()).as(outcome.output()).isEqualTo(code);
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        ObjectMapper mapper = new ObjectMapper();
        for (String line : outcome.output().lines().toList()) {
            if (line.startsWith("{\"type\":\"check\"")) {
                JsonNode check = mapper.readTree(line);
                checks.put(check.path("name").asText(), check);
            }
        }
        return new Finding(checks);
    }

    private record Finding(Map<String, JsonNode> checks) {
        String level(String name) {
            return field(name, "level");
        }

        String detail(String name) {
            return field(name, "detail");
        }

        String next(String name) {
            return field(name, "next");
        }

        private String field(String name, String field) {
            return Objects.requireNonNull(checks.get(name), name).path(field).asText();
        }
    }
}
