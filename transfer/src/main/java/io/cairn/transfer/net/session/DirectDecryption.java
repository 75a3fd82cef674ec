package io.cairn.transfer.net.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ReferenceCountedOpenSslEngine;
import io.netty.handler.ssl.SslHandler;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts a session's data straight to its destination: it stands before Netty's TLS handler, which still encrypts what is sent, and takes
 * over what arrives after the greeting. That handler would decrypt to memory of its own, from which the bytes of chunks would have to be
 * copied. Only BoringSSL decrypts to any piece of memory; the JDK's engine needs room for a whole record. For the session's network thread.
 */
public final class DirectDecryption extends ChannelInboundHandlerAdapter implements FrameReader.Source {
    private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

    private final Channel channel;
    private final SSLEngine engine;
    private final Runnable arrived;
    private final Consumer<String> broken;
    private final Deque<ByteBuf> encrypted = new ArrayDeque<>();
    private boolean tookOver;
    private boolean holdsDecrypted;
    private boolean over;

    private DirectDecryption(Channel channel, SSLEngine engine, Runnable arrived, Consumer<String> broken) {
        this.channel = channel;
        this.engine = engine;
        this.arrived = arrived;
        this.broken = broken;
    }

    /**
     * Takes over from the TLS handler of the channel where this is possible. Data that handler has already decrypted still comes from it,
     * before any from here.
     *
     * @param arrived called when there is something to move
     * @param broken called once, with a reason, when nothing more can arrive
     * @return null where it is not possible
     */
    static @Nullable DirectDecryption takeOver(
            ChannelHandlerContext channel, Runnable arrived, Consumer<String> broken) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null || !(tls.engine() instanceof ReferenceCountedOpenSslEngine)) {
            return null;
        }
        DirectDecryption direct = new DirectDecryption(channel.channel(), tls.engine(), arrived, broken);
        channel.pipeline().addBefore(channel.pipeline().context(tls).name(), "decryption", direct);
        return direct;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        tookOver = true;
        encrypted.addLast((ByteBuf) bytes);
        arrived.run();
    }

    /** The TLS handler would read on after a turn that decrypted nothing, even when reading should stop. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!tookOver) {
            context.fireChannelReadComplete();
        }
    }

    /** Whether nothing that could be moved is held here, as far as known. */
    boolean isDry() {
        return over || encrypted.isEmpty() && !holdsDecrypted;
    }

    @Override
    public int moveTo(ByteBuffer target) {
        int start = target.position();
        boolean goesOn = true;
        while (goesOn && target.hasRemaining() && !isDry()) {
            goesOn = decrypt(target);
        }
        return target.position() - start;
    }

    /** Releases everything held. */
    void close() {
        over = true;
        encrypted.forEach(ByteBuf::release);
        encrypted.clear();
    }

    private boolean decrypt(ByteBuffer target) {
        ByteBuf from = encrypted.peekFirst();
        ByteBuffer source = from == null ? NOTHING : from.internalNioBuffer(from.readerIndex(), from.readableBytes());
        SSLEngineResult result;
        try {
            result = engine.unwrap(source, target);
        } catch (SSLException tampered) {
            end("broke off: " + tampered.getMessage());
            return false;
        }
        holdsDecrypted = result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW;
        if (from != null && from.skipBytes(result.bytesConsumed()).readableBytes() == 0) {
            encrypted.removeFirst().release();
        }
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) {
            sayWhatTlsHasToSay();
        }
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            end("closed the connection");
            return false;
        }
        return result.bytesConsumed() > 0 || result.bytesProduced() > 0;
    }

    /** Sends a change of keys or an alert, whose reason then comes down the pipeline as an exception. */
    private void sayWhatTlsHasToSay() {
        channel.flush();
    }

    private void end(String reason) {
        close();
        broken.accept(reason);
    }
}
