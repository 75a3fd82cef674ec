package io.cairn.transfer.net;

import io.cairn.dht.id.NodeId;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Sends the greeting of a private network as soon as a dialled connection stands, before the handshake of TLS. */
final class GreetingSender extends ChannelInboundHandlerAdapter {
    private final PrivateDoor door;
    private final NodeId recipient;

    GreetingSender(PrivateDoor door, NodeId recipient) {
        this.door = door;
        this.recipient = recipient;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        ChannelFuture unused = context.writeAndFlush(Unpooled.wrappedBuffer(door.greeting(recipient)));
        context.fireChannelActive();
        context.pipeline().remove(this);
    }
}
