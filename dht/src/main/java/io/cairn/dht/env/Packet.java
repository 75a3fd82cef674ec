package io.cairn.dht.env;

/**
 * What a {@link Network} carries without looking inside: sealed bytes on a real network; in a large simulation the message itself, which
 * saves encoding and signing.
 */
public interface Packet {
    /** The size on the wire in bytes, as UDP payload. */
    int sizeBytes();
}
