package io.cairn.dht.wire;

import org.jspecify.annotations.Nullable;

/**
 * One message of the DHT with all its envelope says.
 *
 * @param header who, to whom, when, in answer to what
 * @param token in a request the last token the recipient gave, if any; in a response a fresh one
 * @param message what is said
 */
public record Datagram(Header header, @Nullable Token token, Message message) {
    /** Longest datagram in bytes of UDP payload: fits every path without fragments. */
    public static final int BYTES_MAX = 1_200;
}
