package io.cairn.dht.net;

import io.cairn.dht.env.Network;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.SealedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Takes datagrams from the sockets to the node's loop, so many at a time as it can bear. */
final class PacketIntake {
    /** Most packets that wait for the loop: a second of work for it, a few megabytes. */
    static final int WAITING_MAX = 4_096;

    private final Executor loop;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile Network.@Nullable Receiver receiver;

    PacketIntake(Executor loop) {
        this.loop = loop;
    }

    void listen(Network.Receiver named) {
        receiver = named;
    }

    /** Passes a datagram on, or drops it if it cannot be one of ours or too many wait. Does not release it. */
    void arrived(DatagramPacket datagram) {
        ByteBuf content = datagram.content();
        int size = content.readableBytes();
        int port = datagram.sender().getPort();
        Network.Receiver target = receiver;
        if (size == 0 || size > Datagram.BYTES_MAX || port == 0 || target == null) {
            drop();
            return;
        }
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            drop();
            return;
        }
        Endpoint from = new Endpoint(plain(datagram.sender()), port);
        SealedPacket packet = SealedPacket.of(ByteBufUtil.getBytes(content));
        loop.execute(() -> {
            waiting.decrementAndGet();
            received.increment();
            target.received(from, packet);
        });
    }

    void drop() {
        dropped.increment();
    }

    long receivedCount() {
        return received.sum();
    }

    long droppedCount() {
        return dropped.sum();
    }

    /** Without a scope, which only a link-local address needs in order to be answered. */
    private static InetAddress plain(InetSocketAddress sender) {
        InetAddress address = sender.getAddress();
        return address instanceof Inet6Address && !address.isLinkLocalAddress()
                ? LocalAddresses.withoutScope(address)
                : address;
    }
}
