package io.cairn.transfer.net;

import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.PortFailure;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.net.admission.StrangerGate;
import io.cairn.transfer.net.session.LanAddresses;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.NetworkThread;
import io.cairn.transfer.net.session.ReadSize;
import io.cairn.transfer.net.session.RetransmissionTimeout;
import io.cairn.transfer.net.session.SessionContext;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.net.session.TransferConfig;
import io.cairn.transfer.net.tls.RunTls;
import io.cairn.transfer.net.tls.Tls;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.protocol.Violation;
import io.cairn.transfer.swarm.peer.RateLimits;
import io.cairn.transfer.swarm.port.DialBackEnd;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.cairn.transfer.swarm.port.PeerId;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions over TCP and TLS 1.3: one listening port and any number of dials. Connections that arrive before the certificate of the run is
 * ready wait for it. Thread-safe.
 */
public final class TransferNetwork implements PeerConnections {
    private static final int CLOSE_MILLIS = 2_000;

    /** Until a dial-back counts as not answered: two attempts of TCP, and short enough for a person who waits. */
    private static final int KNOCK_MILLIS = 2_500;

    private final SessionContext context;
    private final CompletableFuture<Tls> tls;
    private final Map<Integer, Face> faces;
    private final @Nullable PrivateDoor door;
    private final EventLoopGroup threads = TcpTransport.threads();
    private final CompletableFuture<Void> used = new CompletableFuture<>();
    final ChannelGroup channels = new DefaultChannelGroup(threads.next(), true);
    private volatile int port;
    private volatile @Nullable Consumer<PeerConnection> accepter;

    private TransferNetwork(SessionContext context, CompletableFuture<Tls> tls, Map<Integer, Face> otherFaces) {
        this.context = context;
        this.tls = tls;
        NetworkKeys keys = context.config().keys();
        this.door = keys == null
                ? null
                : new PrivateDoor(keys, context.config().identity().nodeId(), context.clock());
        this.faces = new LinkedHashMap<>(otherFaces);
        this.faces.put(CairnFace.FIRST_BYTE, new CairnFace(context, tls, this::port));
    }

    /**
     * Starts to listen.
     *
     * @param tls may not be ready yet
     * @param clock read from any thread
     * @param scheduler the node's loop
     * @throws java.net.BindException if the port is taken, or an address is not one of this machine
     * @throws IOException if the system provides no socket
     */
    public static TransferNetwork open(TransferConfig config, RunTls tls, Clock clock, Scheduler scheduler)
            throws IOException {
        return open(config, tls, clock, scheduler, Map.of());
    }

    /** @param otherFaces other protocols on the port, by a connection's first byte */
    public static TransferNetwork open(
            TransferConfig config, RunTls tls, Clock clock, Scheduler scheduler, Map<Integer, Face> otherFaces)
            throws IOException {
        SessionContext context = new SessionContext(config, clock, scheduler);
        TransferNetwork network = new TransferNetwork(context, tls.ready(), otherFaces);
        try {
            network.bind();
        } catch (IOException | RuntimeException failed) {
            network.close();
            throw failed;
        }
        return network;
    }

    /** Completes, on any thread, when the first connection arrives or is dialled. */
    public CompletableFuture<Void> used() {
        return used.copy();
    }

    /** The listening port. */
    public int port() {
        return port;
    }

    /** Sets the rate limits for chunks, for open sessions too. */
    public void limit(RateLimits limits) {
        context.rates().set(limits);
    }

    /** The rate limits for chunks. */
    public RateLimits limits() {
        return context.rates().limits();
    }

    /** Protocol violations of peers and strangers since start, by kind. */
    public Map<Violation, Long> violations() {
        Map<Violation, Long> counts = new LinkedHashMap<>();
        context.violations().forEach((violation, count) -> counts.put(violation, count.sum()));
        return counts;
    }

    /** Connections whose greeting was wrong, stale or used, since start; 0 in an open network. */
    public long turnedAway() {
        return door == null ? 0 : door.turnedAwayCount();
    }

    @Override
    public void accept(Consumer<PeerConnection> newAccepter) {
        accepter = newAccepter;
    }

    /** {@inheritDoc} In a private network only a node whose id is known can be dialled, since the greeting names it. */
    @Override
    public Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener) {
        used.complete(null);
        Dial dial = new Dial(context.scheduler(), expected == null ? null : expected.node(), listener);
        if (isOwn(endpoint)) {
            dial.failed(new DialFailure(DialFailure.Kind.THIS_NODE, "is this node itself: " + endpoint));
            return dial;
        }
        if (door != null && dial.expected() == null) {
            dial.failed(new DialFailure(DialFailure.Kind.LOCAL, "cannot be greeted: its id is not known"));
            return dial;
        }
        CompletableFuture<Tls> unused = tls.whenComplete((ready, failure) -> {
            if (ready == null) {
                dial.failed(new DialFailure(DialFailure.Kind.LOCAL, "cannot be greeted without a certificate"));
            } else {
                connect(ready, endpoint, dial);
            }
        });
        return dial;
    }

    @Override
    public void knock(Endpoint endpoint, Consumer<DialBackEnd> done) {
        ChannelFuture connecting = TcpTransport.client(threads, KNOCK_MILLIS)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new InetSocketAddress(endpoint.address(), endpoint.port()));
        channels.add(connecting.channel());
        connecting.addListener(ended -> {
            Throwable failure = ended.cause();
            DialBackEnd end = failure == null
                    ? DialBackEnd.CONNECTED
                    : DialBackEnd.of(Dial.failureOf(failure, endpoint).kind());
            ChannelFuture unused = connecting.channel().close();
            context.scheduler().execute(() -> done.accept(end));
        });
    }

    /** All its threads have ended when this returns. */
    @Override
    public void close() {
        channels.close().awaitUninterruptibly(1_000);
        var unused = threads.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        try {
            boolean unusedInTime = threads.awaitTermination(2 * CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        context.buffers().close();
    }

    private boolean isOwn(Endpoint endpoint) {
        InetAddress address = endpoint.address();
        List<InetAddress> bound = context.config().bind();
        return endpoint.port() == port && (bound.isEmpty() ? LanAddresses.isOwn(address) : bound.contains(address));
    }

    private void bind() throws IOException {
        ServerBootstrap bootstrap = TcpTransport.server(threads).childHandler(new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                accepted(channel);
            }
        });
        List<InetSocketAddress> addresses = new ArrayList<>();
        for (InetAddress address : context.config().bind()) {
            addresses.add(new InetSocketAddress(address, 0));
        }
        if (addresses.isEmpty()) {
            addresses.add(new InetSocketAddress(0));
        }
        port = context.config().port();
        for (InetSocketAddress address : addresses) {
            InetSocketAddress at = new InetSocketAddress(address.getAddress(), port);
            var bound = bootstrap.bind(at).awaitUninterruptibly();
            Throwable failure = bound.cause();
            if (failure != null) {
                throw PortFailure.of("TCP", at, failure);
            }
            channels.add(bound.channel());
            port = ((InetSocketAddress) bound.channel().localAddress()).getPort();
        }
    }

    private void accepted(Channel channel) {
        used.complete(null);
        channels.add(channel);
        ReadSize.ofStranger(channel);
        InetAddress from = ((InetSocketAddress) channel.remoteAddress()).getAddress();
        // the remaining local-network options wait for the session: a stranger is not worth listing the interfaces
        if (LanAddresses.isPrivate(from)) {
            RetransmissionTimeout.shorten(channel);
        }
        Acceptance stranger = new Acceptance(context, channel, from, this::handOver);
        channel.config().setAutoRead(false);
        CompletableFuture<Tls> unused = tls.whenComplete(
                (ready, failure) -> NetworkThread.run(channel.eventLoop(), () -> listen(channel, ready, stranger)));
    }

    private void listen(Channel channel, @Nullable Tls ready, Acceptance stranger) {
        if (ready == null) {
            ChannelFuture unused = channel.close();
            return;
        }
        channel.pipeline().addLast(new StrangerGate(stranger, context.limits().greetingMillis()));
        Runnable first = () -> channel.pipeline()
                .addLast(new FirstByteHandler(faces, stranger, context.limits().firstByteMillis()));
        if (door == null) {
            first.run();
        } else {
            channel.pipeline().addLast(new DoorHandler(door, first));
        }
        channel.config().setAutoRead(true);
    }

    private void connect(Tls ready, Endpoint endpoint, Dial dial) {
        if (dial.isOver()) {
            return;
        }
        Bootstrap bootstrap = TcpTransport.client(threads, context.limits().connectMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channels.add(channel);
                        ReadSize.ofStranger(channel);
                        if (LanAddresses.isLan(endpoint.address())) {
                            RetransmissionTimeout.shorten(channel); // the greeting can lose packets, too
                        }
                        GreetingHandler greeting = new GreetingHandler(context, ready.fingerprint(), port, dial);
                        channel.pipeline()
                                .addLast(new StrangerGate(
                                        greeting, context.limits().greetingMillis()));
                        NodeId expected = dial.expected();
                        if (door != null && expected != null) {
                            channel.pipeline().addLast(new GreetingSender(door, expected));
                        }
                        channel.pipeline()
                                .addLast(ready.handler(
                                        channel.alloc(), true, context.limits().greetingMillis()))
                                .addLast(greeting);
                    }
                });
        dial.connecting(endpoint, bootstrap.connect(new InetSocketAddress(endpoint.address(), endpoint.port())));
    }

    private void handOver(PeerConnection connection) {
        context.scheduler().execute(() -> {
            Consumer<PeerConnection> taker = accepter;
            if (taker == null) {
                connection.close();
            } else {
                taker.accept(connection);
            }
        });
    }

    static NettyPeerConnection connection(
            Handshake.Greeted greeted,
            boolean dialled,
            MessageInbox inbox,
            SessionHandler handler,
            ChannelHandlerContext channel) {
        InetSocketAddress remote = (InetSocketAddress) channel.channel().remoteAddress();
        int listens = greeted.hello().port();
        return new NettyPeerConnection(
                PeerId.of(greeted.peer().nodeId()),
                new Endpoint(remote.getAddress(), remote.getPort()),
                listens == 0 ? null : new Endpoint(remote.getAddress(), listens),
                dialled,
                inbox,
                handler,
                channel.channel().eventLoop());
    }
}
