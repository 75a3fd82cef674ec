package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With native epoll if available, and with the JDK's sockets. */
@Timeout(60)
class UdpNetworksExchangePacketsTest {
    private static final InetAddress LOOPBACK = Station.LOOPBACK;
    private static final InetAddress LOOPBACK_IPV6 = Endpoint.parseAddress("::1");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packetsArriveWholeOnTheLoopWithTheirSource(boolean epoll) throws Exception {
        try (Station a = Station.onLoopback(epoll);
                Station b = Station.onLoopback(epoll)) {
            for (int size : new int[] {1, 500, 1_200}) {
                a.network.send(b.at(LOOPBACK), Station.packet(size, size));
                Station.Heard heard = b.next();
                assertThat(heard.packet()).isEqualTo(Station.packet(size, size));
                assertThat(heard.from()).isEqualTo(a.at(LOOPBACK));
                assertThat(heard.onLoop()).isTrue();
                b.network.send(heard.from(), Station.packet(size, 7));
                assertThat(a.next().packet()).isEqualTo(Station.packet(size, 7));
            }
            Await.until("both have counted", () -> a.network.statistics().equals(new UdpStatistics(3, 0, 3, 0, 0, 0)));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void oneSocketServesBothFamilies(boolean epoll) throws Exception {
        try (Station all = new Station(new UdpConfig(List.of(), 0, false), epoll);
                Station other = new Station(new UdpConfig(List.of(), 0, false), epoll)) {
            all.network.send(other.at(LOOPBACK), Station.packet(9, 4));
            assertThat(other.next().from()).isEqualTo(all.at(LOOPBACK));
            if (LocalInterface.up().stream().noneMatch(local -> local.hasAnyOf(List.of(LOOPBACK_IPV6)))) {
                System.out.println("IPv6 over loopback is not tested: this machine has none");
                return;
            }
            all.network.send(other.at(LOOPBACK_IPV6), Station.packet(9, 6));
            Station.Heard heard = other.next();
            assertThat(heard.from()).isEqualTo(all.at(LOOPBACK_IPV6));
            assertThat(heard.from()).hasToString("[0:0:0:0:0:0:0:1]:" + all.network.port());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void packetsTooLongOrEmptyAreDroppedAndCounted(boolean epoll) throws Exception {
        try (Station station = Station.onLoopback(epoll);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
            for (int size : new int[] {0, 1_201, 5_000, 60_000, 1_200}) {
                stranger.send(new DatagramPacket(new byte[size], size, LOOPBACK, station.network.port()));
            }
            assertThat(station.next().packet().sizeBytes()).isEqualTo(1_200);
            assertThat(station.network.statistics()).isEqualTo(new UdpStatistics(0, 0, 1, 4, 0, 0));
            assertThat(station.heard).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPortThatIsTakenIsAClearFailureAndFreeAfterClosing(boolean epoll) throws Exception {
        int port;
        try (Station first = new Station(new UdpConfig(List.of(), 0, false), epoll)) {
            port = first.network.port();
            UdpConfig same = new UdpConfig(List.of(), port, false);
            assertThatThrownBy(() -> UdpNetwork.open(first.loop, same, epoll))
                    .isInstanceOf(BindException.class)
                    .hasMessageContaining("is taken")
                    .hasMessageContaining(String.valueOf(port));
            UdpConfig loopbackOnly = new UdpConfig(List.of(LOOPBACK), port, true);
            assertThatThrownBy(() -> UdpNetwork.open(first.loop, loopbackOnly, epoll))
                    .isInstanceOf(BindException.class);
        }
        try (Station second = new Station(new UdpConfig(List.of(LOOPBACK), port, false), epoll)) {
            assertThat(second.network.port()).isEqualTo(port);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAddressOfAnotherMachineCannotBeBound(boolean epoll) {
        NodeLoop loop = NodeLoop.start(1, 1);
        UdpConfig foreign = new UdpConfig(List.of(Endpoint.parseAddress("203.0.113.77")), 0, false);
        assertThatThrownBy(() -> UdpNetwork.open(loop, foreign, epoll))
                .isInstanceOf(BindException.class)
                .hasMessageContaining("203.0.113.77");
        loop.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void severalAddressesShareOnePickedPort(boolean epoll) throws Exception {
        InetAddress second = Endpoint.parseAddress("127.0.0.2");
        try (Station station = new Station(new UdpConfig(List.of(LOOPBACK, second, LOOPBACK), 0, false), epoll);
                Station asker = Station.onLoopback(epoll)) {
            for (InetAddress address : List.of(LOOPBACK, second)) {
                asker.network.send(station.at(address), Station.packet(3, 3));
                assertThat(station.next().from()).isEqualTo(asker.at(LOOPBACK));
            }
        } catch (BindException noSecondAddress) {
            System.out.println("several addresses are not tested: " + noSecondAddress.getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatCannotBeSentIsCounted(boolean epoll) throws Exception {
        try (Station station = Station.onLoopback(epoll)) {
            station.network.send(Endpoint.parse("239.192.47.47:4746"), Station.packet(9, 0));
            station.network.send(Endpoint.parse("0.0.0.0:4746"), Station.packet(9, 0));
            station.network.send(Endpoint.parse("[ff12::4746]:4746"), Station.packet(9, 0));
            station.network.send(Endpoint.parse("[2001:db8::1]:4746"), Station.packet(9, 0));
            assertThat(station.network.statistics().sendDropped()).isEqualTo(4);
            assertThatIllegalArgumentException().isThrownBy(() -> station.network.send(station.at(LOOPBACK), () -> 9));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoopThatIsBusyGetsABoundedNumberOfPackets(boolean epoll) throws Exception {
        try (Station station = Station.onLoopback(epoll);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK)) {
            CountDownLatch gate = new CountDownLatch(1);
            station.loop.execute(() -> awaitQuietly(gate));
            Await.until("packets are dropped", () -> {
                flood(stranger, 100, 10, station.network.port());
                return station.network.statistics().receiveDropped() > 100;
            });
            gate.countDown();
            Await.until("what waited arrives", () -> station.heard.size() >= PacketIntake.WAITING_MAX);
            Await.until("packets arrive again", () -> {
                flood(stranger, 1, 77, station.network.port());
                return station.heard.stream().anyMatch(heard -> heard.packet().sizeBytes() == 77);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void afterClosingNothingHappens(boolean epoll) throws Exception {
        Station station = new Station(new UdpConfig(List.of(LOOPBACK), 0, true, Station.freePort()), epoll);
        Endpoint self = station.at(LOOPBACK);
        station.close();
        station.network.send(self, Station.packet(9, 0));
        station.network.sendToLocalNetwork(Station.packet(9, 0));
        station.network.close();
        assertThat(station.network.statistics().sendDropped()).isEqualTo(1);
        assertThat(station.heard).isEmpty();
    }

    private static void flood(DatagramSocket socket, int count, int size, int port) {
        try {
            for (int i = 0; i < count; i++) {
                socket.send(new DatagramPacket(new byte[size], size, LOOPBACK, port));
            }
        } catch (IOException refused) {
            throw new UncheckedIOException(refused);
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
