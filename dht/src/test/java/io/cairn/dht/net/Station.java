package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.SealedPacket;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A network with its loop and the packets it received. */
final class Station implements AutoCloseable {
    static final InetAddress LOOPBACK = Endpoint.parseAddress("127.0.0.1");

    final NodeLoop loop = NodeLoop.start(1, 1);
    final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    final UdpNetwork network;

    record Heard(Endpoint from, SealedPacket packet, boolean onLoop) {}

    Station(UdpConfig config, boolean epoll) throws IOException {
        network = UdpNetwork.open(loop, config, epoll);
        network.listen((from, packet) -> heard.add(new Heard(from, (SealedPacket) packet, loop.isLoopThread())));
    }

    static Station onLoopback(boolean epoll) throws IOException {
        return new Station(new UdpConfig(List.of(LOOPBACK), 0, false), epoll);
    }

    static SealedPacket packet(int size, int mark) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i + mark);
        }
        return SealedPacket.of(bytes);
    }

    static int freePort() throws SocketException {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    Endpoint at(InetAddress address) {
        return new Endpoint(address, network.port());
    }

    Heard next() throws InterruptedException {
        Heard next = heard.poll(Await.DEADLINE_SECONDS, TimeUnit.SECONDS);
        assertThat(next).as("a packet arrives").isNotNull();
        return next;
    }

    @Override
    public void close() {
        network.close();
        loop.close();
    }
}
