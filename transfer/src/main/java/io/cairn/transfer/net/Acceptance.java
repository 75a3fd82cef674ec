package io.cairn.transfer.net;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.net.admission.StrangerGate;
import io.cairn.transfer.net.admission.Strangers;
import io.cairn.transfer.net.session.MessageInbox;
import io.cairn.transfer.net.session.SessionContext;
import io.cairn.transfer.net.session.SessionHandler;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.protocol.Violation;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerConnection;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that another node opened and that has not sent HELLO yet; it counts as a stranger. For one network thread. */
public final class Acceptance implements GreetingHandler.Greeting, StrangerGate.Watch {
    private final SessionContext context;
    private final Channel channel;
    private final Strangers.Stranger stranger;
    private final Consumer<PeerConnection> handOver;

    /** @param handOver gets the session of a peer that is admitted */
    Acceptance(SessionContext context, Channel channel, InetAddress from, Consumer<PeerConnection> handOver) {
        this.context = context;
        this.channel = channel;
        this.stranger = context.strangers().came(from, this::close);
        this.handOver = handOver;
        channel.closeFuture().addListener(closed -> leave());
    }

    @Override
    public boolean dialled() {
        return false;
    }

    @Override
    public @Nullable NodeId expected() {
        return null;
    }

    @Override
    public void greeted(
            Handshake.Greeted greeted, MessageInbox inbox, SessionHandler handler, ChannelHandlerContext at) {
        admit(TransferNetwork.connection(greeted, false, inbox, handler, at));
    }

    @Override
    public void failed(DialFailure failure) {
        leave();
    }

    @Override
    public void advanced(Strangers.Progress progress) {
        context.strangers().advanced(stranger, progress);
    }

    @Override
    public void tooMuch() {
        refuse(Violation.OVERSIZED_FRAME);
    }

    @Override
    public void tooLate() {
        close();
    }

    /** Closes the connection because of what arrived on it. */
    void refuse(Violation violation) {
        context.count(violation);
        close();
    }

    /** The other end has proven its identity: it no longer counts as a stranger, and the swarm gets its session. */
    public void admit(PeerConnection session) {
        leave();
        handOver.accept(session);
    }

    /** It no longer counts as a stranger, or has gone. */
    public void leave() {
        context.strangers().left(stranger);
    }

    private void close() {
        leave();
        ChannelFuture unused = channel.close();
    }
}
