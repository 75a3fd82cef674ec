package io.cairn.dht.node.request;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.Statement;
import java.net.InetAddress;

/** Compares a publisher's statement with the address that it was sent from. */
public final class FirstHand {
    private FirstHand() {}

    /**
     * Whether a statement sent by its own publisher names the address it was sent from, with any port. A withdrawal, or a statement of a
     * type that names no address, need not.
     */
    public static boolean namesSource(Statement statement, InetAddress from) {
        if (statement.isWithdrawal() || RecordPolicy.of(statement.type()).source() == RecordPolicy.Source.ANY) {
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
