package io.cairn.dht.net;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.SealedPacket;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Datagrams over real UDP. Sending and receiving cost a copy and a hand-over between two threads, a few microseconds. Carries
 * {@link SealedPacket}s only. Nothing here blocks; excess packets are dropped and counted: at most {@link PacketIntake#WAITING_MAX} packets
 * wait for the loop, and half a megabyte per socket waits to be sent.
 */
public final class UdpNetwork implements Network, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UdpNetwork.class);

    private final UdpTransport transport;
    private final PacketIntake intake;
    private final MainSockets sockets;
    private final @Nullable LocalDiscovery discovery;
    private final PacketOutlet outlet = new PacketOutlet();
    private final @Nullable DatagramSeal seal;

    private UdpNetwork(
            UdpTransport transport,
            PacketIntake intake,
            MainSockets sockets,
            UdpConfig config,
            @Nullable DatagramSeal seal) {
        this.transport = transport;
        this.intake = intake;
        this.sockets = sockets;
        this.seal = seal;
        this.discovery = config.lan()
                ? new LocalDiscovery(transport, sockets, config.discoveryPort(), intake, outlet, seal)
                : null;
    }

    /**
     * Opens the sockets. Packets are dropped until {@link #listen} sets the receiver.
     *
     * @param loop calls the receiver
     * @throws java.net.BindException if the port is in use, or an address does not belong to this machine
     * @throws IOException if sockets cannot be opened for another reason
     */
    public static UdpNetwork open(Executor loop, UdpConfig config) throws IOException {
        return open(loop, config, true);
    }

    static UdpNetwork open(Executor loop, UdpConfig config, boolean epollWanted) throws IOException {
        UdpTransport transport = new UdpTransport(epollWanted);
        Clock clock = new SystemClock();
        DatagramSeal seal = config.keys() == null ? null : new DatagramSeal(config.keys(), clock);
        PacketIntake intake = new PacketIntake(loop, seal, clock);
        try {
            MainSockets sockets = MainSockets.open(transport, config, new Ears(intake));
            UdpNetwork network = new UdpNetwork(transport, intake, sockets, config, seal);
            if (network.discovery != null) {
                network.discovery.open();
            }
            return network;
        } catch (IOException failed) {
            transport.close();
            throw failed;
        }
    }

    /** The port of this node, also if it was picked. */
    public int port() {
        return sockets.port();
    }

    /** Whether nodes of the local network can find this one: it looks for them, and listens at the discovery port. */
    public boolean isFoundOnLocalNetwork() {
        return discovery != null && discovery.isListening();
    }

    /**
     * Sends own greetings through each interface except loopback, each way with a packet of its own, and listens which of them come back:
     * a firewall of this machine that drops them also drops those of others. Ends within a second or two; empty if this node does not
     * look for others on the local network, or does not listen at the discovery port. Any thread.
     *
     * @param greetings as many as ways are tried, three for each interface
     */
    public CompletableFuture<List<OwnGreeting>> hearOwn(List<? extends Packet> greetings) {
        LocalDiscovery lan = discovery;
        if (lan == null || outlet.isClosed()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Echoes echoes = new Echoes(greetings.stream()
                .map(packet -> SealedPacket.of(onTheWire(packet).get(0)))
                .toList());
        transport.execute(() -> lan.hearBack(echoes));
        return echoes.result();
    }

    /** Counts since the start. */
    public UdpStatistics statistics() {
        return new UdpStatistics(
                outlet.sentCount(),
                outlet.droppedCount(),
                intake.receivedCount(),
                intake.droppedCount(),
                seal == null ? 0 : seal.unopenedCount(),
                seal == null ? 0 : seal.replayedCount());
    }

    /** {@inheritDoc} A multicast or wildcard destination is refused: an endpoint heard from a stranger may be one. */
    @Override
    public void send(Endpoint to, Packet packet) {
        InetAddress address = to.address();
        boolean oneHost = !address.isMulticastAddress() && !address.isAnyLocalAddress();
        for (byte[] bytes : onTheWire(packet)) {
            outlet.send(oneHost ? sockets.towards(address) : null, bytes, new InetSocketAddress(address, to.port()));
        }
    }

    @Override
    public void sendFromAnotherPort(Endpoint to, Packet packet) {
        InetSocketAddress at = new InetSocketAddress(to.address(), to.port());
        if (!to.address().isMulticastAddress() && !to.address().isAnyLocalAddress() && !outlet.isClosed()) {
            for (byte[] bytes : onTheWire(packet)) {
                transport.execute(() -> outlet.sendOnce(sockets.sourceTowards(to.address()), bytes, at));
            }
        }
    }

    @Override
    public void sendToLocalNetwork(Packet packet) {
        LocalDiscovery lan = discovery;
        if (lan != null && !outlet.isClosed()) {
            for (byte[] bytes : onTheWire(packet)) {
                transport.execute(() -> lan.announce(bytes));
            }
        }
    }

    @Override
    public boolean isPrivate() {
        return seal != null;
    }

    @Override
    public void listen(Receiver receiver) {
        intake.listen(receiver);
    }

    /**
     * Closes the sockets; the ports are free when this returns. If called on the loop, the receiver hears nothing more. Do not call it on the
     * thread of the sockets.
     */
    @Override
    public void close() {
        intake.close();
        outlet.close();
        transport.close();
    }

    /** The datagrams that carry a packet: in a private network sealed, anew each time it is sent. */
    private List<byte[]> onTheWire(Packet packet) {
        if (packet instanceof SealedPacket sealed) {
            return seal == null ? List.of(sealed.toBytes()) : seal.seal(sealed.toBytes());
        }
        throw new IllegalArgumentException("not a sealed packet: " + packet.getClass());
    }

    @ChannelHandler.Sharable
    private static final class Ears extends SimpleChannelInboundHandler<DatagramPacket> {
        private final PacketIntake intake;

        private Ears(PacketIntake intake) {
            this.intake = intake;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            intake.arrived(datagram, false);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            OutOfMemory.check(cause);
            LOG.debug("a socket failed to receive", cause);
        }
    }
}
