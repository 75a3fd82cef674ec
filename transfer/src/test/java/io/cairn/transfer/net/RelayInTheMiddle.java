package io.cairn.transfer.net;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.net.tls.Tls;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Terminates TLS on both sides with its own certificate and relays everything inside. */
public final class RelayInTheMiddle implements AutoCloseable {
    private final EventLoopGroup threads = TcpTransport.threads();
    private final Tls tls;
    private final Channel listening;

    private RelayInTheMiddle(Endpoint target) throws IOException {
        tls = Tls.generate(new SecureRandom(), System.currentTimeMillis());
        listening = TcpTransport.server(threads)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel near) {
                        near.config().setAutoRead(false);
                        Bootstrap far = TcpTransport.client(threads, 1_000).handler(new ChannelInitializer<>() {
                            @Override
                            protected void initChannel(Channel channel) {
                                channel.pipeline()
                                        .addLast(tls.handler(channel.alloc(), true, 5_000))
                                        .addLast(new PassOn(
                                                near, () -> near.config().setAutoRead(true)));
                            }
                        });
                        ChannelFuture connected = far.connect(new InetSocketAddress(target.address(), target.port()));
                        near.pipeline()
                                .addLast(tls.handler(near.alloc(), false, 5_000))
                                .addLast(new PassOn(connected.channel(), () -> {}));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    public static RelayInTheMiddle to(Endpoint target) throws IOException {
        return new RelayInTheMiddle(target);
    }

    public Endpoint endpoint() {
        return new Endpoint(InetAddress.getLoopbackAddress(), ((InetSocketAddress) listening.localAddress()).getPort());
    }

    @Override
    public void close() {
        Future<?> unused = threads.shutdownGracefully(0, 1_000, TimeUnit.MILLISECONDS);
    }

    private static final class PassOn extends ChannelInboundHandlerAdapter {
        private final Channel to;
        private final Runnable whenEncrypted;

        PassOn(Channel to, Runnable whenEncrypted) {
            this.to = to;
            this.whenEncrypted = whenEncrypted;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, @Nullable Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                whenEncrypted.run();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ChannelFuture unused = to.writeAndFlush(message);
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ChannelFuture unused = to.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            ChannelFuture unused = context.close();
        }
    }
}
