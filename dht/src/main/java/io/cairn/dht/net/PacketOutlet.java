package io.cairn.dht.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Writes datagrams to sockets without ever waiting, and counts the results. May be called from any thread. */
final class PacketOutlet {
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
