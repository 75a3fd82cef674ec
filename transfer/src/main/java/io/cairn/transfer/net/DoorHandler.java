package io.cairn.transfer.net;

import io.cairn.transfer.protocol.ConnectionGreeting;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/**
 * An accepted connection in a private network until its greeting. After a valid one the next handler reads what follows. After any other,
 * nothing more is read and nothing happens until the time of a greeting is over, so that the other end cannot tell a wrong greeting from one
 * that never came.
 */
final class DoorHandler extends ChannelInboundHandlerAdapter {
    private final PrivateDoor door;
    private final Runnable opened;
    private final byte[] greeting = new byte[ConnectionGreeting.LENGTH_BYTES];
    private int received;

    /** @param opened adds the handlers that read what follows the greeting, behind this one */
    DoorHandler(PrivateDoor door, Runnable opened) {
        this.door = door;
        this.opened = opened;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        int length = Math.min(bytes.readableBytes(), greeting.length - received);
        bytes.readBytes(greeting, received, length);
        received += length;
        if (length == 0 || received < greeting.length) {
            bytes.release(); // after a wrong greeting: what was read along with it
            return;
        }
        if (!door.opensFor(greeting)) {
            bytes.release();
            context.channel().config().setAutoRead(false);
            return;
        }
        opened.run();
        @Nullable ByteBuf rest = bytes.isReadable() ? bytes : null;
        if (rest == null) {
            bytes.release();
        }
        context.pipeline().remove(this);
        if (rest != null) {
            context.fireChannelRead(rest);
        }
    }
}
