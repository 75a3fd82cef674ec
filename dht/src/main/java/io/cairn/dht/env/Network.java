package io.cairn.dht.env;

import io.cairn.dht.id.Endpoint;

/**
 * Datagrams, as a port. Promises nothing: a packet may be lost, duplicated, delayed or reordered, and a source address may be forged. Never
 * blocks; when the send buffer is full, the packet is dropped.
 */
public interface Network {
    /** Sends to one endpoint. */
    void send(Endpoint to, Packet packet);

    /**
     * Sends to one endpoint from another port of this host, so that a filter which only admits answers does not take it for one. Costs a
     * socket for the moment.
     */
    void sendFromAnotherPort(Endpoint to, Packet packet);

    /** Sends to every host of the local networks, on every interface, by multicast and broadcast; does nothing if that is off. */
    void sendToLocalNetwork(Packet packet);

    /**
     * Sets the receiver of arriving packets, which is called on the node's loop. Called before the first send.
     *
     * @throws IllegalStateException if there is a receiver already
     */
    void listen(Receiver receiver);

    /**
     * Whether only members can read what is sent here, and strangers may learn nothing: then a node sends nothing to an endpoint because of
     * a packet that it does not accept.
     */
    default boolean isPrivate() {
        return false;
    }

    /** Receives packets. */
    @FunctionalInterface
    interface Receiver {
        /** Called on the node's loop for every packet that arrives whole and within the size limit. */
        void received(Endpoint from, Packet packet);

        /** The same for a packet that was sent to every host of a local network. */
        default void receivedByAll(Endpoint from, Packet packet) {
            received(from, packet);
        }

        /**
         * Something arrived that opens with no key of a private network: its sender uses another network or key, or sends anything. Called
         * for a few of them only.
         *
         * @param packet as it came, for a look at what it claims to be; never to be answered
         */
        default void unopened(Endpoint from, Packet packet) {}
    }
}
