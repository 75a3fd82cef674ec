package io.cairn.dht.wire;

import org.jspecify.annotations.Nullable;

/**
 * One message of the DHT with everything in its envelope.
 *
 * @param header sender, recipient, time and request id
 * @param token in a request the recipient's latest token, if any; in a response a fresh one
 * @param message the content
 */
public record Datagram(Header header, @Nullable Token token, Message message) {
    /** Longest datagram in bytes of UDP payload: fits every path without fragments. */
    public static final int BYTES_MAX = 1_200;
}
