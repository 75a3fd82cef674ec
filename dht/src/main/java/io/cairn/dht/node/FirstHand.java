package io.cairn.dht.node;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;

/** What a publisher says of itself, compared with where it says it from. */
final class FirstHand {
    private FirstHand() {}

    /**
     * Whether a statement that its publisher sends itself names the address it comes from, with any port. One that names no address, because
     * it withdraws or is of another type, need not.
     */
    static boolean namesSource(Statement statement, InetAddress from) {
        if (statement.type() != RecordType.PROVIDER || statement.value().length == 0) {
            return true;
        }
        try {
            for (Endpoint named : ProviderAddresses.decode(statement.value())) {
                if (named.address().equals(from)) {
                    return true;
                }
            }
            return false;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
