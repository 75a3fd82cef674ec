package io.cairn.sim.kademlia;

import io.cairn.dht.env.Packet;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.WireSizes;

/**
 * Passes datagrams as objects, unsigned, with the size they would have: this makes simulations of thousands of nodes cheap. Stateless, so
 * one serves all nodes.
 */
public final class PlainEnvelopes implements Envelopes {
    @Override
    public Packet seal(Datagram datagram) {
        int size = WireSizes.of(datagram);
        if (size > Datagram.BYTES_MAX) {
            throw new IllegalArgumentException("a datagram has at most 1200 bytes, not " + size);
        }
        return new PlainPacket(datagram, size);
    }

    @Override
    public Packet sealPadded(Datagram datagram, int bytesMin) {
        return new PlainPacket(datagram, WireSizes.ofPadded(datagram, bytesMin));
    }

    @Override
    public Arrived open(Packet packet) {
        if (!(packet instanceof PlainPacket plain)) {
            throw new IllegalArgumentException("not a plain packet: " + packet.getClass());
        }
        return plain;
    }

    /** A datagram that counts as signed by the sender it names. */
    public record PlainPacket(Datagram datagram, int sizeBytes) implements Packet, Arrived {
        @Override
        public Header claimedHeader() {
            return datagram.header();
        }

        @Override
        public Claim claim() {
            return new Claim(datagram.message() instanceof Message.Response, datagram.token());
        }

        @Override
        public Datagram verify() {
            return datagram;
        }
    }
}
