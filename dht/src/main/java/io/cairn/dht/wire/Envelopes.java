package io.cairn.dht.wire;

import io.cairn.dht.env.Packet;
import org.jspecify.annotations.Nullable;

/**
 * Puts datagrams into packets and takes them out. On a real network that means encoding and signing; a large simulation may hand
 * the datagram over as it is.
 */
public interface Envelopes {
    /** Encodes and signs as this node. The packet is at most {@link Datagram#BYTES_MAX} long; a longer message is a mistake. */
    Packet seal(Datagram datagram);

    /**
     * Seals and fills up with padding to at least a size, so that the answer may be larger.
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
     * @param isResponse whether it is an answer; else it is a request
     * @param token what the sender shows to prove that it receives at its address, if anything
     */
    record Claim(boolean isResponse, @Nullable Token token) {}

    /** A packet whose signature nobody has checked yet. */
    interface Arrived {
        /** What the envelope claims; nothing of it is proven. */
        Header claimedHeader();

        /**
         * What the payload claims to be, in so far as it decides whether the signature is worth checking; nothing of it is proven.
         *
         * @throws MalformedException if the payload is no message
         */
        Claim claim() throws MalformedException;

        /**
         * The datagram, if its sender signed it, else null.
         *
         * @throws MalformedException if it was signed but its payload is no message
         */
        @Nullable
        Datagram verify() throws MalformedException;
    }
}
