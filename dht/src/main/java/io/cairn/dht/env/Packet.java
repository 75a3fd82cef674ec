package io.cairn.dht.env;

/**
 * What a {@link Network} carries without looking inside: sealed bytes on a real network, and in a large simulation the message
 * itself, which saves encoding and signing.
 */
public interface Packet {
    /** What this costs on the wire in bytes, as UDP payload. */
    int sizeBytes();
}
