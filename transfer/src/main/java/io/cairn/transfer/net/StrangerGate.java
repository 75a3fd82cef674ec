package io.cairn.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Stands before TLS until the greeting is complete: bounds what a stranger may send, and watches how far it comes. For the channel's
 * network thread.
 */
final class StrangerGate extends ChannelDuplexHandler {
    /** Several times what the longest handshake and the longest HELLO take, and one read of what may follow. */
    static final int BYTES_MAX = 32 * 1024;

    private final GreetingHandler greeting;
    private int bytes;
    private boolean answered;

    StrangerGate(GreetingHandler greeting) {
        this.greeting = greeting;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf read = (ByteBuf) message;
        if (bytes == 0) {
            greeting.advanced(Strangers.Progress.BEGUN);
        }
        bytes += read.readableBytes();
        if (bytes > BYTES_MAX) {
            read.release();
            greeting.unreadable();
        } else {
            context.fireChannelRead(read);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (!answered) {
            answered = true;
            greeting.advanced(Strangers.Progress.ANSWERED);
        }
        ChannelFuture unused = context.write(message, promise);
    }
}
