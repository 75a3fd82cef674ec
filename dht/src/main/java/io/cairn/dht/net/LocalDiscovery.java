package io.cairn.dht.net;

import io.cairn.dht.env.OutOfMemory;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.SealedPacket;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reaches unknown nodes of the local networks. A packet is sent from the node's main socket, so that its receivers answer there by unicast:
 * through each interface to an IPv4 group (RFC 2365), to the subnet's broadcast addresses and to an IPv6 group of the link (RFC 4291,
 * transient). It arrives at the discovery port, which all nodes of a machine share. Groups are never routed further: their time to live is
 * 1, the default. Costs up to three packets an interface; a node that hears several of them takes only the first.
 *
 * <p>Confined to the thread of the sockets. A failure at one interface is logged and does not affect the others.
 */
final class LocalDiscovery {
    /** In the administratively scoped block. */
    static final InetAddress GROUP_IPV4 = Endpoint.parseAddress("239.192.47.47");

    /** Link-local and transient: not assigned by IANA. */
    static final InetAddress GROUP_IPV6 = Endpoint.parseAddress("ff12::4746");

    /** Remembered packets, to recognise duplicates: those of a few seconds in a large network. */
    private static final int HEARD_MAX = 128;

    /** Until an own packet counts as not heard: one that comes back does so at once. */
    private static final long ECHO_MILLIS = 1_000;

    /**
     * After so many ticks without a member on the discovery port, a member of a private network gives a sign of life: a node that starts
     * and looks for others for ten seconds then hears at least one.
     */
    private static final int QUIET_TICKS = 5;

    private static final long TICK_MILLIS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LocalDiscovery.class);

    private final UdpTransport transport;
    private final MainSockets main;
    private final int discoveryPort;
    private final PacketIntake intake;
    private final PacketOutlet outlet;
    private final @Nullable DatagramSeal seal;
    private final Set<String> joined = new HashSet<>();
    private final Set<SealedPacket> heardLately = new LinkedHashSet<>();
    private final List<Echoes> echoes = new ArrayList<>();
    private List<LocalInterface> interfaces = List.of();
    private @Nullable DatagramChannel ears;
    private int quietTicks;

    /** @param seal of a private network, for its signs of life; null in an open one */
    LocalDiscovery(
            UdpTransport transport,
            MainSockets main,
            int discoveryPort,
            PacketIntake intake,
            PacketOutlet outlet,
            @Nullable DatagramSeal seal) {
        this.transport = transport;
        this.main = main;
        this.discoveryPort = discoveryPort;
        this.intake = intake;
        this.outlet = outlet;
        this.seal = seal;
    }

    /** Opens the discovery port; all groups are joined when this returns. Call it once, before anything else, on any other thread. */
    void open() {
        try {
            ears = transport.openForAll(discoveryPort, true, new Ears());
        } catch (IOException taken) {
            LOG.warn("other nodes of the local network cannot find this one: {}", taken.getMessage());
        }
        transport.executeAndWait(this::refresh);
        if (seal != null) {
            transport.schedule(TICK_MILLIS, () -> tick(seal));
        }
    }

    /** The first of the nodes here that finds the network quiet speaks; which one that is, chance decides. */
    private void tick(DatagramSeal sealing) {
        if (outlet.isClosed()) {
            return;
        }
        quietTicks++;
        if (quietTicks >= QUIET_TICKS && ThreadLocalRandom.current().nextInt(QUIET_TICKS) <= quietTicks - QUIET_TICKS) {
            sealing.signOfLife().forEach(this::announce);
        }
        transport.schedule(TICK_MILLIS, () -> tick(sealing));
    }

    /** Sends to all present interfaces, and joins the groups of new ones. */
    void announce(byte[] bytes) {
        quietTicks = 0;
        refresh();
        InetSocketAddress ipv4 = new InetSocketAddress(GROUP_IPV4, discoveryPort);
        InetSocketAddress ipv6 = new InetSocketAddress(GROUP_IPV6, discoveryPort);
        for (LocalInterface local : interfaces) {
            DatagramChannel socket = main.at(local, false);
            if (socket != null && local.ipv4().isPresent()) {
                multicast(socket, local, bytes, ipv4);
                for (InetAddress broadcast : local.broadcasts()) {
                    outlet.send(socket, bytes, new InetSocketAddress(broadcast, discoveryPort));
                }
            }
            DatagramChannel socket6 = main.at(local, true);
            if (socket6 != null && local.hasIpv6() && !local.loopback()) {
                multicast(socket6, local, bytes, ipv6);
            }
        }
    }

    /** Whether others can greet this node. */
    boolean isListening() {
        return ears != null;
    }

    /**
     * Sends each packet on one way through one interface, loopback excluded, and listens for a second which come back. Without the
     * discovery port none can, so none is sent.
     */
    void hearBack(Echoes echoing) {
        if (!isListening()) {
            echoing.end();
            return;
        }
        refresh();
        echoes.add(echoing);
        InetSocketAddress ipv4 = new InetSocketAddress(GROUP_IPV4, discoveryPort);
        InetSocketAddress ipv6 = new InetSocketAddress(GROUP_IPV6, discoveryPort);
        for (LocalInterface local : interfaces) {
            String device = local.device().getName();
            DatagramChannel socket = main.at(local, false);
            if (socket != null && local.ipv4().isPresent() && !local.loopback()) {
                byte[] multicast = echoing.next(device, OwnGreeting.Way.MULTICAST_IPV4);
                if (multicast != null) {
                    multicast(socket, local, multicast, ipv4);
                }
                for (InetAddress broadcast : local.broadcasts()) {
                    byte[] bytes = echoing.next(device, OwnGreeting.Way.BROADCAST);
                    if (bytes != null) {
                        outlet.send(socket, bytes, new InetSocketAddress(broadcast, discoveryPort));
                    }
                }
            }
            DatagramChannel socket6 = main.at(local, true);
            if (socket6 != null && local.hasIpv6() && !local.loopback()) {
                byte[] multicast = echoing.next(device, OwnGreeting.Way.MULTICAST_IPV6);
                if (multicast != null) {
                    multicast(socket6, local, multicast, ipv6);
                }
            }
        }
        transport.schedule(ECHO_MILLIS, () -> {
            echoing.end();
            echoes.remove(echoing);
        });
    }

    private void multicast(DatagramChannel socket, LocalInterface local, byte[] bytes, InetSocketAddress group) {
        try {
            transport.multicastThrough(socket, local);
            outlet.send(socket, bytes, group);
        } catch (ChannelException refused) {
            LOG.debug("no multicast through {}", local.device().getName(), refused);
        }
    }

    private void refresh() {
        List<InetAddress> bound = main.addresses();
        interfaces = LocalInterface.up().stream()
                .filter(local -> bound.isEmpty() || local.hasAnyOf(bound))
                .toList();
        Set<String> present = new HashSet<>();
        for (LocalInterface local : interfaces) {
            if (main.at(local, false) != null && local.ipv4().isPresent()) {
                join(local, GROUP_IPV4, present);
            }
            if (main.at(local, true) != null && local.hasIpv6()) {
                join(local, GROUP_IPV6, present);
            }
        }
        for (LocalInterface local : LocalInterface.switchedOn()) {
            present.add(membership(local, GROUP_IPV4)); // the system keeps it while the cable is out
            present.add(membership(local, GROUP_IPV6));
        }
        joined.retainAll(present);
    }

    private static String membership(LocalInterface local, InetAddress group) {
        return local.device().getIndex() + " " + group.getHostAddress();
    }

    private void join(LocalInterface local, InetAddress group, Set<String> present) {
        String membership = membership(local, group);
        present.add(membership);
        DatagramChannel channel = ears;
        if (channel != null && joined.add(membership)) {
            try {
                channel.joinGroup(group, local.device(), null).addListener(join -> {
                    if (!join.isSuccess()) {
                        refused(membership, join.cause());
                    }
                });
            } catch (ChannelException atOnce) {
                refused(membership, atOnce);
            }
        }
    }

    /** A device that was switched off and on again keeps its memberships, which the system reports as "address already in use". */
    private void refused(String membership, Throwable cause) {
        boolean isMember = String.valueOf(cause.getMessage()).contains("already in use");
        if (!isMember) {
            LOG.debug("no membership {}", membership, cause);
            joined.remove(membership);
        }
    }

    /** Whether this node itself sent it: groups and broadcasts loop back to their sender. */
    private boolean isOwn(InetSocketAddress from) {
        if (from.getPort() != main.port()) {
            return false;
        }
        List<InetAddress> bound = main.addresses();
        return bound.isEmpty()
                ? interfaces.stream().anyMatch(local -> local.hasAnyOf(List.of(from.getAddress())))
                : bound.contains(from.getAddress());
    }

    /** The shared port receives from every interface; a node bound to some addresses accepts only senders that it can answer from there. */
    private boolean isFromUsedNetwork(InetSocketAddress from) {
        return main.addresses().isEmpty()
                || main.towards(from.getAddress()) != null
                        && interfaces.stream().anyMatch(local -> local.reaches(from.getAddress()));
    }

    /** False for a packet that already arrived by another way. The first way is the one to answer: IPv4 is sent before IPv6. */
    private boolean isNews(DatagramPacket datagram) {
        boolean news = heardLately.add(packet(datagram));
        if (heardLately.size() > HEARD_MAX) {
            heardLately.remove(heardLately.iterator().next());
        }
        return news;
    }

    private static SealedPacket packet(DatagramPacket datagram) {
        byte[] bytes = new byte[Math.min(datagram.content().readableBytes(), Datagram.BYTES_MAX)];
        datagram.content().getBytes(datagram.content().readerIndex(), bytes);
        return SealedPacket.of(bytes);
    }

    private final class Ears extends SimpleChannelInboundHandler<DatagramPacket> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, DatagramPacket datagram) {
            if (!echoes.isEmpty() && isOwn(datagram.sender())) {
                SealedPacket own = packet(datagram);
                echoes.forEach(echoing -> echoing.heard(own));
            }
            if (!isFromUsedNetwork(datagram.sender())) {
                intake.drop();
            } else if (!isOwn(datagram.sender()) && isNews(datagram)) {
                boolean isMembers = intake.arrived(datagram, true);
                quietTicks = isMembers ? 0 : quietTicks;
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            OutOfMemory.check(cause);
            LOG.debug("the discovery socket failed to receive", cause);
        }
    }
}
