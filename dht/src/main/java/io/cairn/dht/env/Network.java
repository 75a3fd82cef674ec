package io.cairn.dht.env;

import io.cairn.dht.id.Endpoint;

/**
 * Datagrams, as a port. Promises nothing: a packet may be lost, doubled, delayed or reordered, and a source address may be
 * forged. Never blocks; when the way out is full, the packet is dropped.
 */
public interface Network {
    /** Sends to one endpoint. */
    void send(Endpoint to, Packet packet);

    /** Sends to every host of the local networks, on every interface, by multicast and broadcast; does nothing where that is off. */
    void sendToLocalNetwork(Packet packet);

    /** Names who is told of arriving packets, on the loop of the node. One receiver; set before the first send. */
    void listen(Receiver receiver);

    /** Takes packets in. */
    @FunctionalInterface
    interface Receiver {
        /** Called on the node's loop for every packet that arrived whole and within the size limit. */
        void received(Endpoint from, Packet packet);

        /** The same for a packet that was sent to every host of a local network. */
        default void receivedByAll(Endpoint from, Packet packet) {
            received(from, packet);
        }
    }
}
