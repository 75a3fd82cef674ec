package io.cairn.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells by the first byte what a connection speaks: 0x16 is a TLS handshake record (RFC 8446, section 5.1). Whatever else comes is
 * closed, and so is who sends nothing; another protocol on the same port would be told apart here.
 */
final class FirstByteHandler extends ChannelInboundHandlerAdapter {
    private static final int TLS_HANDSHAKE = 0x16;

    private final Supplier<SslHandler> tls;
    private final GreetingHandler greeting;
    private final int patienceMillis;
    private @Nullable ScheduledFuture<?> deadline;

    FirstByteHandler(Supplier<SslHandler> tls, GreetingHandler greeting, int patienceMillis) {
        this.tls = tls;
        this.greeting = greeting;
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(greeting::refuseSilence, patienceMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        if (bytes.isReadable() && bytes.getUnsignedByte(bytes.readerIndex()) == TLS_HANDSHAKE) {
            context.pipeline().replace(this, "tls", tls.get());
            context.fireChannelRead(bytes); // to the handler that took the place of this one
        } else {
            bytes.release();
            greeting.refuseGarbage();
        }
    }
}
