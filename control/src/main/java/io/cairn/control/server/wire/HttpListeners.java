package io.cairn.control.server.wire;

import io.cairn.control.server.access.Gate;
import io.cairn.control.server.route.Router;
import io.cairn.control.socket.SocketPlace;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.ServerChannel;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for HTTP, on one thread, with a few more that wait for the node. */
public final class HttpListeners implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpListeners.class);

    /** Most connections of one listener. */
    static final int CONNECTIONS_MAX = 256;

    /** Longest first line of a request: a link in which each character is escaped, in the path. In bytes. */
    private static final int LINE_BYTES_MAX = 64 << 10;

    /** All headers together, in bytes. */
    private static final int HEADERS_BYTES_MAX = 16 << 10;

    /** Most requests sent ahead: nothing is read while one waits, and what one read brings, with an unfinished one, holds no more. */
    private static final int AHEAD_MAX = 8_192;

    private static final int WORKERS = 4;

    /** One for each connection of two listeners. */
    private static final int WORK_QUEUE_MAX = 2 * CONNECTIONS_MAX;

    private static final long CLOSE_MILLIS = 2_000;

    /** A stream pauses above the second and continues below the first. In bytes. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(32 << 10, 64 << 10);

    private final Router router;
    private final ServerTransport transport;
    private final EventLoop loop;
    private final ThreadPoolExecutor workers;
    private final List<Channel> listening = new ArrayList<>();
    private @Nullable SocketPlace place;

    public HttpListeners(Router router, ServerTransport transport) {
        this.router = router;
        this.transport = transport;
        loop = new SingleThreadIoEventLoop(null, (ThreadFactory) HttpListeners::loopThread, transport.io());
        workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                30,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WORK_QUEUE_MAX),
                HttpListeners::worker);
        workers.allowCoreThreadTimeOut(true);
    }

    /**
     * Listens on the Unix socket of a data directory, whose lock the caller holds.
     *
     * @param runtime the user's runtime folder, if there is one
     */
    public void unix(Path dataDirectory, @Nullable Path runtime) throws IOException {
        SocketPlace.Bound<Channel> bound = SocketPlace.bind(
                dataDirectory,
                runtime,
                path -> bind(
                        transport.unix(),
                        transport.address(path),
                        Gate.LOCAL,
                        Guests.ownerOf(Objects.requireNonNull(path.getParent()))));
        place = bound.place();
        listening.add(bound.value());
    }

    /**
     * Listens on TCP.
     *
     * @return where it listens, with the port that the system chose if none was given
     */
    public InetSocketAddress tcp(InetSocketAddress address, Gate gate) throws IOException {
        Channel bound = bind(transport.tcp(), address, gate, Guests.ANYONE);
        listening.add(bound);
        return (InetSocketAddress) bound.localAddress();
    }

    /** Where clients of this machine connect. */
    public Path socket() {
        SocketPlace bound = place;
        if (bound == null) {
            throw new IllegalStateException("there is no Unix socket");
        }
        return bound.socket();
    }

    /** Removes the socket and cuts all connections. Waits at most a few seconds. */
    @Override
    public void close() {
        SocketPlace bound = place;
        if (bound != null) {
            try {
                bound.remove();
            } catch (IOException failure) {
                LOG.warn("the control socket {} stays behind", bound.socket(), failure);
            }
        }
        Future<?> unused = loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
        workers.shutdown();
        try {
            boolean isLoopOver = loop.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            boolean areWorkersOver = workers.awaitTermination(CLOSE_MILLIS, TimeUnit.MILLISECONDS);
            if (!isLoopOver || !areWorkersOver) {
                LOG.warn("requests of the control interface were cut off");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        workers.shutdownNow();
    }

    private static Thread loopThread(Runnable run) {
        return daemon(run, "cairn-control");
    }

    private static Thread worker(Runnable run) {
        return daemon(run, "cairn-control-worker");
    }

    private static Thread daemon(Runnable run, String name) {
        Thread thread = new FastThreadLocalThread(run, name);
        thread.setDaemon(true);
        return thread;
    }

    private Channel bind(Class<? extends ServerChannel> type, SocketAddress address, Gate gate, Guests guests)
            throws IOException {
        ChannelFuture binding = new ServerBootstrap()
                .group(loop)
                .channel(type)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new Accepting(new ServedRequests(router, gate, workers), guests))
                .bind(address)
                .awaitUninterruptibly();
        Throwable failure = binding.cause();
        if (failure != null) {
            throw failure instanceof IOException known ? known : new IOException("cannot listen", failure);
        }
        return binding.channel();
    }

    /** Takes connections in, up to a number. On the loop. */
    private static final class Accepting extends ChannelInitializer<Channel> implements ServedConnection.Service {
        private final ServedRequests requests;
        private final Guests guests;
        private final Set<ChannelHandlerContext> open = new HashSet<>();

        Accepting(ServedRequests requests, Guests guests) {
            this.requests = requests;
            this.guests = guests;
        }

        @Override
        protected void initChannel(Channel channel) throws IOException {
            if (open.size() >= CONNECTIONS_MAX || !guests.admits(channel)) {
                ChannelFuture unused = channel.close();
                return;
            }
            HttpDecoderConfig limits = new HttpDecoderConfig()
                    .setMaxInitialLineLength(LINE_BYTES_MAX)
                    .setMaxHeaderSize(HEADERS_BYTES_MAX);
            channel.pipeline().addLast(new HttpServerCodec(limits, AHEAD_MAX), new ServedConnection(requests, this));
        }

        @Override
        public void opened(ChannelHandlerContext context) {
            open.add(context);
        }

        @Override
        public void closed(ChannelHandlerContext context) {
            open.remove(context);
        }
    }
}
