package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.cairn.dht.wire.SealedPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets to the local network, between nodes of this machine, with a separate discovery port for each test. */
@Timeout(60)
class NodesOfOneMachineFindEachOtherTest {
    private static final List<InetAddress> LOOPBACK = List.of(Station.LOOPBACK);

    private int discoveryPort;

    @BeforeEach
    void multicastIsPossible() throws IOException {
        discoveryPort = Station.freePort();
        try (MulticastSocket probe = new MulticastSocket(discoveryPort)) {
            NetworkInterface loopback = NetworkInterface.getByInetAddress(Station.LOOPBACK);
            probe.joinGroup(new InetSocketAddress(LocalDiscovery.GROUP_IPV4, discoveryPort), loopback);
            probe.setOption(StandardSocketOptions.IP_MULTICAST_IF, loopback);
            byte[] bytes = {1};
            probe.setSoTimeout((int) TimeUnit.SECONDS.toMillis(2));
            probe.send(new DatagramPacket(bytes, 1, LocalDiscovery.GROUP_IPV4, discoveryPort));
            probe.receive(new DatagramPacket(bytes, 1));
        } catch (IOException impossible) {
            System.out.println("local discovery is not tested, no multicast over loopback here: " + impossible);
            abort("no multicast over loopback here: " + impossible);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyOtherNodeHearsItAndAnswersToTheMainPort(boolean epoll) throws Exception {
        try (Station asker = station(LOOPBACK, epoll);
                Station first = station(LOOPBACK, epoll);
                Station second = station(LOOPBACK, epoll)) {
            asker.network.sendToLocalNetwork(Station.packet(200, 1));
            for (Station other : List.of(first, second)) {
                Station.Heard heard = other.next();
                assertThat(heard.packet()).isEqualTo(Station.packet(200, 1));
                assertThat(heard.from()).isEqualTo(asker.at(Station.LOOPBACK));
                other.network.send(heard.from(), Station.packet(100, other.network.port()));
            }
            assertThat(List.of(asker.next().from(), asker.next().from()))
                    .containsExactlyInAnyOrder(first.at(Station.LOOPBACK), second.at(Station.LOOPBACK));
            assertThat(asker.heard).as("its own packet").isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesOfAllAddressesAndOfLoopbackFindEachOther(boolean epoll) throws Exception {
        try (Station everywhere = station(List.of(), epoll);
                Station onLoopback = station(LOOPBACK, epoll)) {
            onLoopback.network.sendToLocalNetwork(Station.packet(200, 2));
            assertThat(everywhere.next().from()).isEqualTo(onLoopback.at(Station.LOOPBACK));
            everywhere.network.sendToLocalNetwork(Station.packet(200, 3));
            Station.Heard heard = onLoopback.next();
            assertThat(heard.from()).isEqualTo(everywhere.at(Station.LOOPBACK));
            onLoopback.network.send(heard.from(), Station.packet(10, 4));
            assertThat(everywhere.next().packet()).isEqualTo(Station.packet(10, 4));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesOnSeveralWaysIsTakenOnce(boolean epoll) throws Exception {
        try (Station asker = station(List.of(), epoll);
                Station other = station(List.of(), epoll)) {
            for (int i = 0; i < 5; i++) {
                asker.network.sendToLocalNetwork(Station.packet(200, i));
            }
            for (int i = 0; i < 5; i++) {
                assertThat(other.next().packet()).isEqualTo(Station.packet(200, i));
            }
            assertThat(other.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNodeOfLoopbackHearsNoOtherNetwork(boolean epoll) throws Exception {
        try (Station everywhere = station(List.of(), epoll);
                Station onLoopback = station(LOOPBACK, epoll)) {
            everywhere.network.sendToLocalNetwork(Station.packet(200, 5));
            everywhere.network.sendToLocalNetwork(Station.packet(200, 6));
            while (!onLoopback.next().packet().equals(Station.packet(200, 6))) {}
            assertThat(onLoopback.heard)
                    .allMatch(heard -> heard.from().address().isLoopbackAddress());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutLanNothingIsSentOrHeard(boolean epoll) throws Exception {
        try (Station off = new Station(new UdpConfig(LOOPBACK, 0, false, discoveryPort), epoll);
                Station on = station(LOOPBACK, epoll);
                Station witness = station(LOOPBACK, epoll)) {
            off.network.sendToLocalNetwork(Station.packet(200, 7));
            on.network.sendToLocalNetwork(Station.packet(200, 8));
            assertThat(witness.next().packet()).isEqualTo(Station.packet(200, 8));
            assertThat(off.heard).isEmpty();
            assertThat(off.network.statistics()).isEqualTo(new UdpStatistics(0, 0, 0, 0, 0, 0));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDiscoveryPortThatIsTakenForOneselfIsNotFatal(boolean epoll) throws Exception {
        try (Station holder = new Station(new UdpConfig(List.of(), discoveryPort, false), epoll);
                Station deaf = station(LOOPBACK, epoll)) {
            deaf.network.send(holder.at(Station.LOOPBACK), Station.packet(10, 9));
            assertThat(holder.next().from()).isEqualTo(deaf.at(Station.LOOPBACK));
            assertThat(own(deaf, 1))
                    .as("of what a deaf node cannot hear, nothing is said")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoListensForItsOwnPacketsTwiceAtOnceHearsBoth(boolean epoll) throws Exception {
        try (Station everywhere = station(List.of(), epoll)) {
            List<OwnGreeting> alone = own(everywhere, 1);
            CompletableFuture<List<OwnGreeting>> first = everywhere.network.hearOwn(packets(20));
            assertThat(own(everywhere, 60)).isEqualTo(alone);
            assertThat(first.get(Await.DEADLINE_SECONDS, TimeUnit.SECONDS)).isEqualTo(alone);
        }
    }

    private static List<OwnGreeting> own(Station station, int mark) throws Exception {
        return station.network.hearOwn(packets(mark)).get(Await.DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    private static List<SealedPacket> packets(int mark) {
        return IntStream.range(mark, mark + 15)
                .mapToObj(each -> Station.packet(200, each))
                .toList();
    }

    private Station station(List<InetAddress> bind, boolean epoll) throws IOException {
        return new Station(new UdpConfig(bind, 0, true, discoveryPort), epoll);
    }
}
