package io.cairn.dht.net;

import io.cairn.dht.env.PortFailure;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.RawUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;

/**
 * Netty's UDP sockets on one thread named {@code cairn-udp}: Linux's native epoll if available, else the JDK's sockets. Both can choose the
 * interface of the next multicast, for IPv4 also on a dual-stack socket, which Netty's own option for epoll cannot; hence the plain Linux
 * options here.
 */
final class UdpTransport implements AutoCloseable {
    private static final int IPPROTO_IP = 0;
    private static final int IPPROTO_IPV6 = 41;
    private static final int MREQN_BYTES = 12;
    private static final RawUnixChannelOption IP_MULTICAST_IF =
            new RawUnixChannelOption("IP_MULTICAST_IF", IPPROTO_IP, 32, MREQN_BYTES);
    private static final IntegerUnixChannelOption IPV6_MULTICAST_IF =
            new IntegerUnixChannelOption("IPV6_MULTICAST_IF", IPPROTO_IPV6, 17);

    /** Holds any valid datagram, and detects one that is too long. */
    private static final int RECEIVE_BYTES = 2_048;

    /** The receive buffer requested from the operating system, which may grant less. */
    private static final int RECEIVE_QUEUE_BYTES = 1 << 20;

    /** The bytes that may wait before a socket counts as full: about 400 datagrams. */
    private static final WriteBufferWaterMark SEND_QUEUE = new WriteBufferWaterMark(256 << 10, 512 << 10);

    private static final long CLOSE_MILLIS = 2_000;

    private final boolean epoll;
    private final EventLoopGroup group;

    UdpTransport(boolean epollWanted) {
        epoll = epollWanted && Epoll.isAvailable();
        // a loop of its own: a group reports the end of its thread on another thread, which outlives it by a second
        group = new SingleThreadIoEventLoop(
                null,
                new DefaultThreadFactory("cairn-udp", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    }

    /** Runs a task on the thread of the sockets. */
    void execute(Runnable task) {
        group.execute(task);
    }

    /** Runs a task on the thread of the sockets after a delay. */
    void schedule(long delayMillis, Runnable task) {
        var unused = group.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    /** Runs a task on the thread of the sockets and waits for it. Do not call it on that thread. */
    void executeAndWait(Runnable task) {
        group.submit(task).syncUninterruptibly();
    }

    /**
     * A socket at all addresses of the machine: of both families if there is IPv6, else of IPv4.
     *
     * @param shared whether other processes may listen at the same port, if they share it as well
     * @throws BindException if the port is in use
     */
    DatagramChannel openForAll(int port, boolean shared, ChannelHandler handler) throws IOException {
        try {
            return open(SocketProtocolFamily.INET6, new InetSocketAddress("::", port), shared, handler);
        } catch (BindException taken) {
            throw taken;
        } catch (IOException noIpv6) {
            return open(SocketProtocolFamily.INET, new InetSocketAddress("0.0.0.0", port), shared, handler);
        }
    }

    /**
     * @throws BindException if the port is in use or the address does not belong to this machine
     */
    DatagramChannel open(InetAddress address, int port, ChannelHandler handler) throws IOException {
        SocketProtocolFamily family =
                address instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        return open(family, new InetSocketAddress(address, port), false, handler);
    }

    /**
     * Sends the next multicasts of a socket through an interface. Call it on the thread of the sockets.
     *
     * @throws io.netty.channel.ChannelException if the operating system refuses
     */
    void multicastThrough(DatagramChannel channel, LocalInterface local) {
        if (!epoll) {
            channel.config().setOption(ChannelOption.IP_MULTICAST_IF, local.device());
            return;
        }
        byte[] source = local.ipv4().map(InetAddress::getAddress).orElse(new byte[4]);
        ByteBuffer mreqn = ByteBuffer.allocate(MREQN_BYTES).order(ByteOrder.nativeOrder());
        mreqn.putInt(0).put(source).putInt(local.device().getIndex()).flip();
        channel.config().setOption(IP_MULTICAST_IF, mreqn);
        if (!(channel.localAddress().getAddress() instanceof Inet4Address)) {
            channel.config().setOption(IPV6_MULTICAST_IF, local.device().getIndex());
        }
    }

    /** Closes all sockets; their ports are free when this returns. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly(2 * CLOSE_MILLIS);
    }

    private DatagramChannel open(
            SocketProtocolFamily family, InetSocketAddress address, boolean shared, ChannelHandler handler)
            throws IOException {
        ChannelFuture bound = new Bootstrap()
                .group(group)
                .channelFactory(() -> create(family))
                .option(ChannelOption.SO_REUSEADDR, shared)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_QUEUE_BYTES)
                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, SEND_QUEUE)
                .handler(handler)
                .bind(address)
                .awaitUninterruptibly();
        if (bound.isSuccess()) {
            DatagramChannel channel = (DatagramChannel) bound.channel();
            channel.config().setBroadcast(true); // only now: Netty warns of broadcast on a socket bound to one address
            return channel;
        }
        throw PortFailure.of("UDP", address, bound.cause());
    }

    private Channel create(SocketProtocolFamily family) {
        return epoll ? new EpollDatagramChannel(family) : new NioDatagramChannel(family);
    }
}
