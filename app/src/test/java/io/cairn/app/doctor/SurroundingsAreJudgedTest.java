package io.cairn.app.doctor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.cairn.app.Check;
import io.cairn.app.Check.Level;
import io.cairn.app.NodeConfig;
import io.cairn.dht.Misfit;
import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.net.OwnGreeting;
import io.cairn.dht.net.OwnGreeting.Way;
import io.cairn.dht.wire.NetworkId;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock, the networks nearby, the ports and the interfaces, each also when it is wrong. */
class SurroundingsAreJudgedTest {
    private static final InetAddress PEER = Endpoint.parseAddress("192.168.1.7");
    private static final long TEN_MINUTES = 600_000;

    @Test
    void aClockLikeThatOfItsPeersIsFine() {
        assertThat(ClockCheck.judge(List.of(-900L, 20L, 900L), List.of()))
                .isEqualTo(Check.ok("clock", "within a second of the median of 3 peers"));
        assertThat(ClockCheck.judge(List.of(30_000L), List.of()).detail()).isEqualTo("30 seconds behind one peer");
        assertThat(ClockCheck.judge(List.of(), List.of()).detail()).isEqualTo("no peer to compare it with");
    }

    @Test
    void aClockThatWillSoonBeRefusedIsAWarningAndOneLiarDoesNotMoveIt() {
        Check check = ClockCheck.judge(List.of(-120_000L, -121_000L, 0L), List.of());
        assertThat(check.level()).isEqualTo(Level.WARNING);
        assertThat(check.detail()).isEqualTo("120 seconds ahead of the median of 3 peers");
        assertThat(ClockCheck.judge(List.of(0L, 10L, 290_000L), List.of()).level())
                .isEqualTo(Level.OK);
    }

    @Test
    void aClockThatNobodyAgreesWithIsBad() {
        Check alone = ClockCheck.judge(List.of(), List.of(new Misfit(PEER, TEN_MINUTES)));
        assertThat(alone.level()).isEqualTo(Level.BAD);
        assertThat(alone.detail()).startsWith("the clock of 192.168.1.7 is 10 minutes ahead of this machine's");
        Check ofOne = ClockCheck.judge(List.of(0L, 5L), List.of(new Misfit(PEER, -TEN_MINUTES)));
        assertThat(ofOne.level()).isEqualTo(Level.WARNING);
        assertThat(ofOne.next()).isEqualTo("set the clock of 192.168.1.7");
        Check even = ClockCheck.judge(List.of(0L), List.of(new Misfit(PEER, TEN_MINUTES)));
        assertThat(even.detail()).endsWith("; 1 other peer agrees with this one");
        assertThat(even.next()).as("either may be wrong").contains("this machine", "that of the other");
    }

    @Test
    void anotherNetworkIsNamedWhereItCanBe() {
        Misfit inPublic = new Misfit(PEER, 0, NetworkId.ofName("public"), 0);
        assertThat(NearbyCheck.judge("home", null, 0, List.of(inPublic)).detail())
                .isEqualTo("network \"home\"; 192.168.1.7 is in the network \"public\"");
        assertThat(NearbyCheck.judge("home", null, 0, List.of(inPublic)).level())
                .isEqualTo(Level.BAD);
        assertThat(NearbyCheck.judge("home", null, 2, List.of(inPublic)).level())
                .isEqualTo(Level.OK);
        NetworkKeys keys = new NetworkKeys(List.of(NetworkKey.of(new byte[32], "home")));
        assertThat(NearbyCheck.judge("home", keys, 0, List.of(Misfit.unopened(PEER))))
                .extracting(Check::level, Check::detail)
                .containsExactly(
                        Level.BAD, "network \"home\" with a key; denied: 192.168.1.7 uses another network or key");
        assertThat(NearbyCheck.judge("home", keys, 1, List.of(Misfit.unopened(PEER)))
                        .level())
                .isEqualTo(Level.OK);
        NetworkKeys guessable = new NetworkKeys(List.of(NetworkKey.of("pass".getBytes(UTF_8), "home")));
        assertThat(NearbyCheck.judge("home", guessable, 1, List.of()).detail()).contains("find it by trial");
        Misfit unknown = new Misfit(PEER, 0, NetworkId.ofName("x"), 0);
        assertThat(NearbyCheck.judge("home", null, 0, List.of(unknown)).detail())
                .contains("is in another network");
    }

    @Test
    void anotherVersionIsNamed() {
        Misfit newer = new Misfit(PEER, 0, null, 2);
        Check check = NearbyCheck.judge("home", null, 0, List.of(newer));
        assertThat(check.level()).isEqualTo(Level.WARNING);
        assertThat(check.detail()).endsWith("192.168.1.7 sends version 2 of the protocol, this node speaks version 1");
        assertThat(check.next()).isEqualTo("install the same version of cairn on both machines");
        assertThat(NearbyCheck.judge("home", null, 3, List.of(newer)).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void aNetworkOfOneIsAWarning() {
        assertThat(NearbyCheck.judge("home", null, 0, List.of()).level()).isEqualTo(Level.WARNING);
        assertThat(NearbyCheck.judge(
                        "home", new NetworkKeys(List.of(NetworkKey.of(new byte[32], "home"))), 1, List.of()))
                .isEqualTo(Check.ok("network", "network \"home\" with a key: 1 contact, protocol version 1"));
    }

    @Test
    void aTakenPortIsTold() {
        NodeConfig preferred =
                NodeConfig.builder(Path.of("d")).preferredPort(4747).build();
        assertThat(PortCheck.port(preferred, 4748).detail())
                .isEqualTo("port 4747 was taken when this node started, so it uses 4748");
        assertThat(PortCheck.port(preferred, 4748).level()).isEqualTo(Level.WARNING);
        assertThat(PortCheck.port(preferred, 4747).level()).isEqualTo(Level.OK);
        NodeConfig any = NodeConfig.builder(Path.of("d")).port(0).build();
        assertThat(PortCheck.port(any, 50_000)).isEqualTo(Check.ok("port", "UDP and TCP port 50000 on all addresses"));
    }

    @Test
    void aDiscoveryPortThatIsNotSharedIsTold() {
        NodeConfig.Builder config = NodeConfig.builder(Path.of("d"));
        assertThat(PortCheck.discovery(config.lan(true).build(), false).level()).isEqualTo(Level.WARNING);
        assertThat(PortCheck.discovery(config.lan(true).build(), true).level()).isEqualTo(Level.OK);
        assertThat(PortCheck.discovery(config.lan(false).build(), false).detail())
                .startsWith("switched off");
    }

    @Test
    void anInterfaceThroughWhichNothingComesBackIsBad() {
        List<Check> checks = InterfaceCheck.judge(
                List.of(
                        new OwnGreeting("eth0", Way.MULTICAST_IPV4, true),
                        new OwnGreeting("eth0", Way.BROADCAST, true),
                        new OwnGreeting("wlan0", Way.MULTICAST_IPV4, false),
                        new OwnGreeting("wlan0", Way.BROADCAST, true),
                        new OwnGreeting("tun0", Way.MULTICAST_IPV6, false)),
                true);
        assertThat(checks)
                .extracting(Check::name, Check::level)
                .containsExactly(
                        tuple("interface eth0", Level.OK),
                        tuple("interface wlan0", Level.WARNING),
                        tuple("interface tun0", Level.BAD));
        assertThat(checks.get(1).detail()).isEqualTo("heard back: IPv4 broadcast; not heard: IPv4 multicast");
    }

    @Test
    void aMachineWithoutANetworkIsBad() {
        assertThat(InterfaceCheck.judge(List.of(), false))
                .extracting(Check::level)
                .containsExactly(Level.BAD);
        assertThat(InterfaceCheck.judge(List.of(), true)).isEmpty();
    }
}
