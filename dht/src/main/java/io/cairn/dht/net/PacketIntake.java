package io.cairn.dht.net;

import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.SealedPacket;
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

    /** Most datagrams of other networks or keys that are reported in a second: a person reads of them, and a flood must cost nothing. */
    private static final int REPORTS_PER_SECOND_MAX = 4;

    private final Executor loop;
    private final @Nullable DatagramSeal seal;
    private final Clock clock;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder received = new LongAdder();
    private final LongAdder dropped = new LongAdder();
    private volatile Network.@Nullable Receiver receiver;
    private long reportedSecond = Long.MIN_VALUE; // of the thread of the sockets
    private int reports;

    /** @param seal opens what arrives; null in an open network */
    PacketIntake(Executor loop, @Nullable DatagramSeal seal, Clock clock) {
        this.loop = loop;
        this.seal = seal;
        this.clock = clock;
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
     * @return whether a member of this private network sent it; false in an open network
     */
    boolean arrived(DatagramPacket datagram, boolean toAll) {
        int size = datagram.content().readableBytes();
        int sizeMax = seal == null ? Datagram.BYTES_MAX : DatagramSeal.BYTES_MAX;
        if (size == 0 || size > sizeMax || datagram.sender().getPort() == 0 || receiver == null) {
            drop();
            return false;
        }
        byte[] bytes = ByteBufUtil.getBytes(datagram.content());
        if (seal == null) {
            queue(datagram.sender(), bytes, toAll ? Kind.TO_ALL : Kind.TO_THIS);
            return false;
        }
        DatagramSeal.Opened opened = seal.open(bytes);
        boolean isMembers = opened.from() == DatagramSeal.From.MEMBER;
        if (opened.envelope() != null) {
            queue(datagram.sender(), opened.envelope(), toAll ? Kind.TO_ALL : Kind.TO_THIS);
        } else if (!isMembers) {
            drop();
        }
        if (opened.from() == DatagramSeal.From.STRANGER && mayReport()) {
            queue(datagram.sender(), bytes, Kind.UNOPENED);
        }
        return isMembers;
    }

    private void queue(InetSocketAddress sender, byte[] bytes, Kind kind) {
        int before = waiting.getAndIncrement();
        if (before >= WAITING_MAX) {
            waiting.decrementAndGet();
            drop();
            return;
        }
        Endpoint from = new Endpoint(plain(sender), sender.getPort());
        queue.add(new Waiting(from, SealedPacket.of(bytes), kind));
        if (before == 0) {
            loop.execute(this::takeSome);
        }
    }

    private boolean mayReport() {
        long second = Math.floorDiv(clock.monotonicMillis(), 1_000L);
        reports = second == reportedSecond ? reports + 1 : 1;
        reportedSecond = second;
        return reports <= REPORTS_PER_SECOND_MAX;
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
                    if (next.kind != Kind.UNOPENED) {
                        received.increment();
                    }
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

    private enum Kind {
        TO_THIS,
        TO_ALL,
        UNOPENED
    }

    private record Waiting(Endpoint from, Packet packet, Kind kind) {
        private void give(Network.Receiver receiver) {
            switch (kind) {
                case TO_THIS -> receiver.received(from, packet);
                case TO_ALL -> receiver.receivedByAll(from, packet);
                case UNOPENED -> receiver.unopened(from, packet);
            }
        }
    }
}
