package io.cairn.sim.network;

import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Endpoint;

/** Observes every datagram of a simulated network, without influence on it. */
public interface NetworkObserver {
    /** A host sends a datagram, whatever its fate. */
    void sent(Endpoint from, Endpoint to, Packet packet);

    /** A datagram is delivered to a living host; whatever the host sends until {@link #handled} is a reaction to it. */
    void arriving(Endpoint from, Endpoint to, Packet packet);

    /** The host has processed the last delivered datagram. */
    void handled();
}
