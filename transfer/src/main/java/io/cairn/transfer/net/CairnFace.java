package io.cairn.transfer.net;

import io.cairn.transfer.net.session.SessionContext;
import io.cairn.transfer.net.tls.Tls;
import io.netty.channel.ChannelPipeline;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/** Cairn's own wire: TLS, then HELLO from both sides. */
final class CairnFace implements Face {
    /** A TLS handshake record (RFC 8446, section 5.1). */
    static final int FIRST_BYTE = 0x16;

    private final SessionContext context;
    private final CompletableFuture<Tls> tls;
    private final IntSupplier listeningPort;

    /** @param tls complete before the first connection is read from */
    CairnFace(SessionContext context, CompletableFuture<Tls> tls, IntSupplier listeningPort) {
        this.context = context;
        this.tls = tls;
        this.listeningPort = listeningPort;
    }

    @Override
    public void begin(ChannelPipeline pipeline, Acceptance stranger) {
        Tls ready = tls.join();
        pipeline.addLast(ready.handler(
                        pipeline.channel().alloc(), false, context.limits().greetingMillis()))
                .addLast(new GreetingHandler(context, ready.fingerprint(), listeningPort.getAsInt(), stranger));
    }
}
