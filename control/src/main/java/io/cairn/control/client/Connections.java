package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.control.http.ProcessStatus;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one node: a small pool for calls that are answered at once, and one for each call that waits or streams. Its state
 * is confined to the I/O thread. NIO instead of epoll: a client moves little data, and would wait for the native library.
 */
final class Connections implements HttpConnection.Owner {
    /** Most connections for short calls: the node answers them one by one anyway. */
    private static final int POOL_MAX = 4;

    /** Most short calls that wait for one of these. */
    private static final int WAITING_MAX = 4_096;

    /** Longest first line of an answer and longest headers, in bytes. */
    private static final int LINE_BYTES_MAX = 8_192;

    private static final int PART_BYTES_MAX = 65_536;

    private static final int STATUS_BYTES_MAX = 65_536;

    /** A process that listens but does not answer for this long is as good as gone. */
    private static final int CHECK_MILLIS_MAX = 2_000;

    /** The question which process the node runs in. */
    static final Request STATUS = Request.get("/status");

    /** Reads the answer to {@link #STATUS}. */
    static final Answer.Reader<ProcessStatus> PROCESS = Answer.object(ProcessStatus::read);

    private final Path socket;
    private final MultiThreadIoEventLoopGroup threads = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("cairn-remote-io", true), NioIoHandler.newFactory());
    private final EventLoop loop = threads.next();
    private final ChannelGroup open = new DefaultChannelGroup(loop);
    private final Deque<HttpConnection> idle = new ArrayDeque<>();
    private final Queue<Pending> waiting = new ArrayDeque<>();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();

    /** Exchanges whose connections the node closed, until it is known whether its process has ended. */
    private final List<Exchange> suspects = new ArrayList<>();

    private @Nullable AnswerExchange checking;
    private int pooled;
    private volatile @Nullable ProcessStatus process;
    private volatile @Nullable CairnException ended;

    Connections(Path socket) {
        this.socket = socket;
    }

    private record Pending(Request request, Exchange exchange) {}

    /** Completes when the node's process has ended. */
    CompletableFuture<Void> gone() {
        return gone;
    }

    /** Says which process the node runs in. */
    void expect(ProcessStatus expected) {
        process = expected;
    }

    /** Sends a request that the node answers at once. Any thread. */
    void ask(Request request, Exchange exchange) {
        onLoop(exchange, () -> pool(new Pending(request, exchange)));
    }

    /** Sends a request on a connection of its own. Any thread. */
    void askAlone(Request request, Exchange exchange) {
        onLoop(exchange, () -> dial(new Pending(request, exchange), false));
    }

    /** Fails everything that is open, and all that follows; then runs something. Any thread, once. */
    void close(CairnException reason, Runnable then) {
        loop.execute(() -> endNow(reason));
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).addListener(terminated -> then.run());
    }

    private void onLoop(Exchange exchange, Runnable task) {
        CairnException reason = ended;
        if (reason != null) {
            exchange.fail(reason);
            return;
        }
        try {
            loop.execute(() -> unlessEnded(exchange, task));
        } catch (RejectedExecutionException hasEnded) {
            exchange.fail(reason());
        }
    }

    private void unlessEnded(Exchange exchange, Runnable task) {
        CairnException reason = ended;
        if (reason == null) {
            task.run();
        } else {
            exchange.fail(reason);
        }
    }

    private CairnException reason() {
        CairnException reason = ended;
        return reason == null ? Failures.gone(null) : reason;
    }

    private void pool(Pending call) {
        HttpConnection free = idle.pollFirst();
        if (free != null) {
            free.send(call.request(), call.exchange());
        } else if (pooled < POOL_MAX) {
            pooled++;
            dial(call, true);
        } else if (waiting.size() < WAITING_MAX) {
            waiting.add(call);
        } else {
            call.exchange().fail(Failures.busy());
        }
    }

    private void dial(Pending call, boolean shared) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioDomainSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpClientCodec(LINE_BYTES_MAX, LINE_BYTES_MAX, PART_BYTES_MAX))
                                .addLast(new HttpConnection(channel, shared, Connections.this));
                    }
                })
                .connect(UnixDomainSocketAddress.of(socket));
        connecting.addListener(connected -> {
            if (connected.isSuccess()) {
                Channel channel = connecting.channel();
                open.add(channel);
                channel.pipeline().get(HttpConnection.class).send(call.request(), call.exchange());
            } else {
                endNow(Failures.gone(connected.cause()));
                call.exchange().fail(reason());
            }
        });
    }

    @Override
    public void idle(HttpConnection connection) {
        Pending next = waiting.poll();
        if (next == null) {
            idle.addFirst(connection);
        } else {
            connection.send(next.request(), next.exchange());
        }
    }

    @Override
    public void closed(HttpConnection connection, boolean byNode) {
        pooled--;
        idle.remove(connection);
        if (ended != null) {
            return;
        }
        Pending next = waiting.poll();
        if (next != null) {
            pool(next);
        } else if (byNode) {
            check();
        }
    }

    /**
     * The node may have closed a connection that was idle, or refused one because it has too many. Or its process has ended, and another
     * may have taken its place.
     */
    private void check() {
        if (checking != null) {
            return;
        }
        AnswerExchange exchange = new AnswerExchange(STATUS_BYTES_MAX);
        checking = exchange;
        Future<?> patience =
                loop.schedule(() -> exchange.answer().cancel(false), CHECK_MILLIS_MAX, TimeUnit.MILLISECONDS);
        CompletableFuture<Answer> unused = exchange.answer().whenComplete((answer, failure) -> {
            patience.cancel(false);
            checking = null;
            if (answer == null || !isSameProcess(answer)) {
                endNow(exchange.answer().isCancelled() ? Failures.silent() : Failures.gone(failure));
            } else {
                failSuspects(Failures.cut());
            }
        });
        Pending check = new Pending(STATUS, exchange);
        if (idle.isEmpty() && pooled == POOL_MAX) {
            dial(check, false);
        } else {
            pool(check);
        }
    }

    private boolean isSameProcess(Answer answer) {
        try {
            return PROCESS.read(answer).equals(process);
        } catch (CairnException otherwise) {
            return false;
        }
    }

    @Override
    public void again(Request request, Exchange exchange) {
        unlessEnded(exchange, () -> pool(new Pending(request, exchange)));
    }

    @Override
    public void broken(Exchange exchange) {
        if (ended != null || exchange == checking) {
            exchange.fail(reason());
        } else {
            suspects.add(exchange);
            check();
        }
    }

    private void failSuspects(CairnException failure) {
        List<Exchange> failed = List.copyOf(suspects);
        suspects.clear();
        failed.forEach(exchange -> exchange.fail(failure));
    }

    private void endNow(CairnException reason) {
        if (ended != null) {
            return;
        }
        ended = reason;
        ChannelGroupFuture unused = open.close();
        waiting.forEach(call -> call.exchange().fail(reason));
        waiting.clear();
        failSuspects(reason);
        if (reason.reason() == Reason.NODE_GONE) {
            gone.complete(null);
        }
    }
}
