package io.cairn.sim.kademlia;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.SealedPacket;
import io.cairn.sim.network.NetworkObserver;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages by kind, and checks the invariants of every datagram: none is longer than {@link Datagram#BYTES_MAX}, and a node that
 * showed no token receives at most three times the bytes it sent.
 */
final class TrafficWatch implements NetworkObserver {
    private final Map<Class<?>, Count> counts = new LinkedHashMap<>();
    private final int amplificationMax;
    private final @Nullable DatagramCodec reader;
    private final BrokenInvariants violations;
    private @Nullable Endpoint answering;
    private @Nullable Endpoint unproven;
    private int answerBytes;
    private int requestBytes;

    /**
     * @param reader opens sealed packets, or null to count them as such
     */
    TrafficWatch(int amplificationMax, @Nullable DatagramCodec reader, BrokenInvariants violations) {
        this.amplificationMax = amplificationMax;
        this.reader = reader;
        this.violations = violations;
    }

    /** Datagrams sent, by the name of their message: {@code FindNode}; other packets by their own name. */
    Map<String, Long> sentByKind() {
        Map<String, Long> byName = new TreeMap<>();
        counts.forEach((kind, count) -> byName.put(kind.getSimpleName(), count.datagrams));
        return byName;
    }

    @Override
    public void sent(Endpoint from, Endpoint to, Packet packet) {
        Datagram datagram = read(packet);
        Class<?> kind =
                datagram == null ? packet.getClass() : datagram.message().getClass();
        Count count = counts.get(kind);
        if (count == null) {
            count = new Count();
            counts.put(kind, count);
        }
        count.datagrams++;
        int size = packet.sizeBytes();
        if (size > Datagram.BYTES_MAX) {
            violations.add("datagram-size", from + " sends " + size + " bytes");
        }
        if (unproven != null && to.equals(unproven) && from.equals(answering)) {
            answerBytes += size;
        }
    }

    @Override
    public void arriving(Endpoint from, Endpoint to, Packet packet) {
        Datagram datagram = read(packet);
        if (datagram != null && datagram.token() == null && datagram.message() instanceof Message.Request) {
            answering = to;
            unproven = from;
            answerBytes = 0;
            requestBytes = packet.sizeBytes();
        }
    }

    @Override
    public void handled() {
        if (unproven != null && answerBytes > amplificationMax * requestBytes) {
            violations.add(
                    "amplification",
                    answering + " answers " + requestBytes + " bytes of " + unproven + ", which showed no token, with "
                            + answerBytes);
        }
        answering = null;
        unproven = null;
    }

    private @Nullable Datagram read(Packet packet) {
        if (packet instanceof PlainEnvelopes.PlainPacket plain) {
            return plain.datagram();
        }
        if (reader == null || !(packet instanceof SealedPacket)) {
            return null;
        }
        try {
            return reader.open(packet).verify();
        } catch (MalformedException strange) {
            return null;
        }
    }

    private static final class Count {
        private long datagrams;
    }
}
