package io.cairn.dht.value;

import io.cairn.dht.id.NodeId;

/**
 * A value that was read.
 *
 * @param content not copied
 * @param sequence higher in a later version: when it was written, by the publisher's clock in milliseconds since 1970
 * @param expiryMillis when the record ends unless it is renewed, milliseconds since 1970
 */
public record FoundValue(NodeId publisher, String name, byte[] content, long sequence, long expiryMillis) {}
