package io.cairn.transfer.net;

import io.cairn.dht.env.Scheduler;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.NetworkThread;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnections;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ConnectTimeoutException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One dial: ends once, as connected, failed or cancelled. Thread-safe. */
final class Dial implements GreetingHandler.Greeting, PeerConnections.Attempt {
    private final Scheduler scheduler;
    private final @Nullable NodeId expected;
    private final PeerConnections.DialListener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile @Nullable ChannelFuture connecting;

    Dial(Scheduler scheduler, @Nullable NodeId expected, PeerConnections.DialListener listener) {
        this.scheduler = scheduler;
        this.expected = expected;
        this.listener = listener;
    }

    boolean isOver() {
        return over.get();
    }

    void connecting(Endpoint endpoint, ChannelFuture future) {
        connecting = future;
        future.addListener(done -> {
            Throwable failure = done.cause();
            if (failure != null) {
                failed(failureOf(failure, endpoint));
            } else if (isOver()) {
                ChannelFuture unused = future.channel().close();
            }
        });
    }

    @Override
    public boolean dialled() {
        return true;
    }

    @Override
    public @Nullable NodeId expected() {
        return expected;
    }

    @Override
    public void greeted(
            Handshake.Greeted greeted, MessageInbox inbox, SessionHandler handler, ChannelHandlerContext channel) {
        NettyPeerConnection connection = TransferNetwork.connection(greeted, true, inbox, handler, channel);
        end(
                told -> told.connected(connection),
                () -> NetworkThread.run(channel.executor(), () -> handler.close("is no longer needed")));
    }

    @Override
    public void failed(DialFailure failure) {
        end(told -> told.failed(failure), () -> {});
    }

    /** Called on the node's loop, so nothing is reported after it, even if already posted there. */
    @Override
    public void cancel() {
        ChannelFuture future = connecting;
        if (over.compareAndSet(false, true) && future != null && !future.cancel(false)) {
            ChannelFuture unused = future.channel().close();
        }
    }

    private void end(Consumer<PeerConnections.DialListener> tell, Runnable otherwise) {
        scheduler.execute(() -> {
            if (over.compareAndSet(false, true)) {
                tell.accept(listener);
            } else {
                otherwise.run();
            }
        });
    }

    /** The system's message, without the address, which is named beside it, and without what the exception's class adds. */
    private static String reasonOf(Throwable failure) {
        if (failure instanceof NoRouteToHostException) {
            return "there is no route to it";
        }
        String said = failure.getMessage();
        if (said == null || said.startsWith("null")) {
            return failure instanceof SocketException ? "the network is unreachable" : "it was cut off";
        }
        int address = said.indexOf(": /");
        return (address < 0 ? said : said.substring(0, address)).toLowerCase(Locale.ROOT);
    }

    static DialFailure failureOf(Throwable failure, Endpoint endpoint) {
        if (failure instanceof ConnectTimeoutException) {
            return new DialFailure(DialFailure.Kind.TIMED_OUT, "does not answer at " + endpoint);
        }
        if (failure instanceof ConnectException
                && String.valueOf(failure.getMessage()).contains("refused")) {
            return new DialFailure(DialFailure.Kind.REFUSED, "does not listen at " + endpoint);
        }
        return new DialFailure(DialFailure.Kind.UNREACHABLE, "cannot be reached: " + reasonOf(failure));
    }
}
