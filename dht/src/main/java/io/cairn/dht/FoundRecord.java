package io.cairn.dht;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.SignedRecord;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A verified record that a search found.
 *
 * @param heardAt where the publisher itself was heard over UDP, which no record can forge; often empty
 * @param source the node that gave it; null if this node held it
 * @param origin the address it was given from
 */
public record FoundRecord(
        SignedRecord record,
        List<Endpoint> heardAt,
        @Nullable Contact source,
        InetAddress origin) {
    public FoundRecord {
        heardAt = List.copyOf(heardAt);
    }
}
