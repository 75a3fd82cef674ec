package io.cairn.dht.service;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Service;
import java.util.List;

/**
 * A service that a search found.
 *
 * @param publisher the node that announces it and signed this
 * @param sequence of its record: when it was announced or last renewed, by the publisher's clock in milliseconds since 1970
 * @param expiryMillis when the record ends unless it is renewed, milliseconds since 1970
 * @param heardAt where the publisher itself was heard over UDP; often empty
 */
public record FoundService(
        Service service, NodeId publisher, long sequence, long expiryMillis, List<Endpoint> heardAt) {
    public FoundService {
        heardAt = List.copyOf(heardAt);
    }
}
