package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Typical networks, in network namespaces; skipped if this machine cannot create such hosts. */
class OrdinaryNetworksTest {
    private static final Pattern HASH_LINE = Pattern.compile("^([0-9a-f]{40})  .*");
    private static final Pattern LINK_LINE = Pattern.compile("^link +'?(magnet:[^' ]+)'?.*");

    private final byte[] content = new byte[300_000];

    @TempDir
    private Path folder;

    OrdinaryNetworksTest() {
        new Random(4_711).nextBytes(content);
    }

    @BeforeAll
    static void skipWhereThereAreNoNamespaces() throws IOException {
        LanLab.skipWhereThereAreNone();
    }

    @Test
    void twoHostsOnOneCableWithoutDhcpFindEachOther() throws IOException {
        try (LanLab lab = new LanLab(folder, "cable4")) {
            lab.lan("up", "2");
            for (int host = 1; host <= 2; host++) {
                lab.on(host, "sh", "-c", "echo 1 >/proc/sys/net/ipv6/conf/all/disable_ipv6");
                lab.on(host, "ip", "addr", "flush", "dev", "eth0");
                lab.on(host, "ip", "addr", "add", "169.254.7." + host + "/16", "broadcast", "+", "dev", "eth0");
            }
            assertFetched(lab, line(lab.begin(1, "share", source()), HASH_LINE));
        }
    }

    @Test
    void aLinkLocalIpv6AddressInALinkIsOnTheCable() throws IOException {
        try (LanLab lab = new LanLab(folder, "cable6")) {
            lab.lan("up", "2");
            for (int host = 1; host <= 2; host++) {
                lab.on(host, "ip", "-4", "addr", "flush", "dev", "eth0");
            }
            assertFetched(lab, line(lab.begin(1, "--no-lan", "share", source()), LINK_LINE), "--no-lan");
        }
    }

    @Test
    void bridgesOfContainersDoNotPushTheRealInterfaceOutOfTheLink() throws IOException {
        try (LanLab lab = new LanLab(folder, "bridges")) {
            lab.lan("up", "2");
            lab.on(
                    1,
                    "sh",
                    "-ec",
                    "ip link set eth0 down; ip link set eth0 name later; i=0; while [ $i -lt 9 ]; do"
                            + " ip link add br-$i type bridge; ip addr add 172.17.$i.1/24 dev br-$i; ip link set br-$i up;"
                            + " ip link add v$i type veth peer name w$i; ip link set v$i master br-$i up; ip link set w$i up;"
                            + " i=$((i+1)); done; ip link set later up");
            String link = line(lab.begin(1, "--no-lan", "share", source()), LINK_LINE);
            assertThat(link).contains("10.47.0.1").doesNotContain("172.17.");
            assertFetched(lab, link, "--no-lan");
        }
    }

    @Test
    void aNameThatResolvesLaterIsLookedUpAgain() throws IOException {
        try (LanLab lab = new LanLab(folder, "later")) {
            lab.lan("up", "2");
            Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n");
            StreamLines started =
                    lab.beginWithHosts(1, hosts, "--no-lan", "--bootstrap", "boot.lab:4747", "share", source());
            line(started, Pattern.compile(".*(no address is known for the name boot.lab).*"));
            StreamLines boot = lab.begin(2, "--no-lan", "--port", "4747", "daemon");
            Files.writeString(hosts, "127.0.0.1 localhost\n10.47.0.2 boot.lab\n");
            assertThat(boot.await(text -> text.contains("peer appeared"), CairnProcess.PATIENCE))
                    .isNotNull();
        }
    }

    @Test
    void aNodeThatIsStartedBeforeItsNetworkIsFoundWhenThatIsUp() throws IOException {
        try (LanLab lab = new LanLab(folder, "early")) {
            lab.lan("up", "2");
            lab.on(1, "ip", "link", "set", "eth0", "down");
            lab.on(1, "ip", "addr", "flush", "dev", "eth0");
            String hash = line(lab.begin(1, "share", source()), HASH_LINE);
            StreamLines there = lab.begin(2, "daemon");
            lab.on(1, "ip", "addr", "add", "10.47.0.1/24", "broadcast", "+", "dev", "eth0");
            lab.on(1, "ip", "link", "set", "eth0", "up");
            assertThat(there.await(text -> text.contains("peer appeared"), CairnProcess.PATIENCE))
                    .isNotNull();
            assertFetched(lab, hash, "--data-dir", folder.resolve("other").toString());
        }
    }

    @Test
    void aLinkThatGoesDownAndUpLosesNoGreetingAndSaysNothing() throws IOException {
        try (LanLab lab = new LanLab(folder, "updown")) {
            lab.lan("up", "2");
            StreamLines shared = lab.begin(1, "share", source());
            String hash = line(shared, HASH_LINE);
            for (int i = 0; i < 3; i++) {
                lab.on(1, "ip", "link", "set", "eth0", "down");
                lab.on(1, "ip", "link", "set", "eth0", "up");
            }
            assertFetched(lab, hash);
            assertThat(shared.soFar()).noneMatch(text -> text.contains("xception") || text.contains("WARN"));
        }
    }

    private void assertFetched(LanLab lab, String target, String... options) throws IOException {
        Path out = folder.resolve("out.bin");
        String[] arguments = Arrays.copyOf(options, options.length + 4);
        arguments[options.length] = "fetch";
        arguments[options.length + 1] = target;
        arguments[options.length + 2] = "-o";
        arguments[options.length + 3] = out.toString();
        LanLab.Outcome fetched = lab.cairn(2, arguments);
        assertThat(fetched.code()).as(fetched.output()).isZero();
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
    }

    private String source() throws IOException {
        return Files.write(folder.resolve("source.bin"), content).toString();
    }

    private static String line(StreamLines output, Pattern pattern) {
        String found = output.await(text -> pattern.matcher(text).matches(), CairnProcess.PATIENCE);
        assertThat(found).as(String.join("\n", output.soFar())).isNotNull();
        Matcher matcher = pattern.matcher(found);
        assertThat(matcher.matches()).isTrue();
        return matcher.group(1);
    }
}
