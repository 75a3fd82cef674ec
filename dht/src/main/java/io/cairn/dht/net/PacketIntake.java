package io.cairn.dht.net;

import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.SealedPacket;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.socket.DatagramPacket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Takes datagrams from the sockets to the node's loop. They wait in a queue of their own, from which the loop takes a few at a time before
 * it turns to its other tasks: so whatever arrives here, a transfer waits for at most {@value #BATCH} datagrams.
 */
final class PacketIntake {
    /** Most packets that wait for the loop: a second of its time, a few megabytes. */
    static final int WAITING_MAX = 4_096;

    /** Most packets that the loop takes before it turns to other tasks: a millisecond or two if each signature is verified. */
    static final int BATCH = 16;

    private final Executor loop;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile Network.@Nullable Receiver receiver;

    PacketIntake(Executor loop) {
        this.loop = loop;
    }

    void listen(Network.Receiver named) {
        if (receiver != null) {
            throw new IllegalStateException("there is a receiver already");
        }
        receiver = named;
    }

    /** From now on, packets are dropped, including those that wait for the loop. */
    void close() {
        receiver = null;
    }

    /**
     * Passes a datagram on, or drops it if it cannot be one of ours or too many wait. Does not release it.
     *
     * @param toAll whether it was sent to every host of a local network
     */
    void arrived(DatagramPacket datagram, boolean toAll) {
        ByteBuf content = datagram.content();
        int size = content.readableBytes();
        int port = datagram.sender().getPort();
        if (size == 0 || size > Datagram.BYTES_MAX || port == 0 || receiver == null) {
            drop();
            return;
        }
        int before = waiting.getAndIncrement();
        if (before >= WAITING_MAX) {
            waiting.decrementAndGet();
            drop();
            return;
        }
        Endpoint from = new Endpoint(plain(datagram.sender()), port);
        queue.add(new Waiting(from, SealedPacket.of(ByteBufUtil.getBytes(content)), toAll));
        if (before == 0) {
            loop.execute(this::takeSome);
        }
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

    /** Runs on the loop. There is only one such task at a time: the first packet creates it, and it creates its successor. */
    private void takeSome() {
        int taken = 0;
        try {
            for (Waiting next = queue.poll(); next != null; next = taken < BATCH ? queue.poll() : null) {
                taken++;
                Network.Receiver target = receiver;
                if (target == null) {
                    drop();
                } else {
                    received.increment();
                    next.give(target);
                }
            }
        } finally {
            if (waiting.addAndGet(-taken) > 0) {
                loop.execute(this::takeSome);
            }
        }
    }

    /** Drops the scope, which only link-local addresses need for an answer. */
    private static InetAddress plain(InetSocketAddress sender) {
        InetAddress address = sender.getAddress();
        return address instanceof Inet6Address && !address.isLinkLocalAddress()
                ? LocalAddresses.withoutScope(address)
                : address;
    }

    private record Waiting(Endpoint from, Packet packet, boolean toAll) {
        private void give(Network.Receiver receiver) {
            if (toAll) {
                receiver.receivedByAll(from, packet);
            } else {
                receiver.received(from, packet);
            }
        }
    }
}
