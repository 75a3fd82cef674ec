package io.cairn.dht.wire;

import io.cairn.dht.env.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Puts datagrams into packets and takes them out. On a real network that means encoding and signing; a large simulation may pass the
 * datagram itself.
 */
public interface Envelopes {
    /**
     * Encodes and signs as this node. The packet is at most {@link Datagram#BYTES_MAX} long; a longer message is a programmer's mistake.
     */
    Packet seal(Datagram datagram);

    /**
     * Seals and pads to at least a given size, so that the answer may be larger.
     *
     * @param bytesMin at most {@link Datagram#BYTES_MAX}
     */
    Packet sealPadded(Datagram datagram, int bytesMin);

    /**
     * Decodes the envelope, but does not yet check its signature.
     *
     * @throws MalformedException if it is no envelope of this protocol
     */
    Arrived open(Packet packet) throws MalformedException;

    /**
     * @param isResponse whether it is an answer or a request
     * @param token the sender's proof that it receives at its address, if any
     */
    record Claim(boolean isResponse, @Nullable Token token) {}

    /** A packet whose signature is not checked yet. */
    interface Arrived {
        /** What the envelope claims; none of it is proven. */
        Header claimedHeader();

        /**
         * What the payload claims to be, as far as that decides whether to check the signature; none of it is proven.
         *
         * @throws MalformedException if the payload is not a message
         */
        Claim claim() throws MalformedException;

        /**
         * The datagram if its sender signed it, else null.
         *
         * @throws MalformedException if it was signed but its payload is not a message
         */
        @Nullable
        Datagram verify() throws MalformedException;
    }
}
