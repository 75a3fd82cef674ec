package io.cairn.sim.network;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;

/** Hears of every datagram of a simulated network, without a say in what becomes of it. */
public interface NetworkObserver {
    /** A host sends a datagram, whatever becomes of it. */
    void sent(Endpoint from, Endpoint to, Packet packet);

    /** A datagram is handed to a living host; what the host sends until {@link #handled} it sends because of it. */
    void arriving(Endpoint from, Endpoint to, Packet packet);

    /** The host has done with what arrived last. */
    void handled();
}
