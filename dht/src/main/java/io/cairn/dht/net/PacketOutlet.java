package io.cairn.dht.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes datagrams to sockets without ever waiting, and counts the results. May be called from any thread. */
final class PacketOutlet {
    private static final Logger LOG = LoggerFactory.getLogger(PacketOutlet.class);

    private final LongAdder sent = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private final GenericFutureListener<Future<Void>> counting = this::count;
    private volatile boolean closed;

    /** Sends, or drops if there is no socket, or it is full or closed. The bytes are not copied. */
    void send(@Nullable DatagramChannel channel, byte[] bytes, InetSocketAddress to) {
        if (closed || channel == null || !channel.isWritable()) {
            dropped.increment();
            return;
        }
        channel.writeAndFlush(new DatagramPacket(Unpooled.wrappedBuffer(bytes), to))
                .addListener(counting);
    }

    /**
     * Sends through a socket opened for this packet, at a port that the system picks.
     *
     * @param source null for any address
     */
    void sendOnce(@Nullable InetAddress source, byte[] bytes, InetSocketAddress to) {
        try (java.nio.channels.DatagramChannel socket = java.nio.channels.DatagramChannel.open()) {
            socket.bind(source == null ? null : new InetSocketAddress(source, 0));
            (socket.send(ByteBuffer.wrap(bytes), to) > 0 ? sent : dropped).increment();
        } catch (IOException refused) {
            dropped.increment();
            LOG.debug("no datagram to {} from another port", to, refused);
        }
    }

    /** Drops everything sent from now on. */
    void close() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    long sentCount() {
        return sent.sum();
    }

    long droppedCount() {
        return dropped.sum();
    }

    private void count(Future<Void> write) {
        (write.isSuccess() ? sent : dropped).increment();
    }
}
