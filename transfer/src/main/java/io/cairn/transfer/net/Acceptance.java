package io.cairn.transfer.net;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.protocol.Handshake;
import io.cairn.transfer.swarm.DialFailure;
import io.netty.channel.ChannelHandlerContext;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A connection that somebody else opened, until it has said HELLO: counts as a stranger so long. For one network thread. */
final class Acceptance implements GreetingHandler.Greeting {
    private final Strangers strangers;
    private final Strangers.Stranger stranger;
    private final Consumer<NettyPeerConnection> handOver;

    Acceptance(Strangers strangers, Strangers.Stranger stranger, Consumer<NettyPeerConnection> handOver) {
        this.strangers = strangers;
        this.stranger = stranger;
        this.handOver = handOver;
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
    public void advanced(Strangers.Progress progress) {
        strangers.advanced(stranger, progress);
    }

    @Override
    public void greeted(
            Handshake.Greeted greeted, MessageInbox inbox, SessionHandler handler, ChannelHandlerContext channel) {
        leave();
        handOver.accept(TransferNetwork.connection(greeted, false, inbox, handler, channel));
    }

    @Override
    public void failed(DialFailure failure) {
        leave();
    }

    /** It is no stranger any more, or gone. */
    void leave() {
        strangers.left(stranger);
    }
}
