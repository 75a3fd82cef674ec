package io.cairn.dht.node;

import io.cairn.dht.id.AddressScope;
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
     * Whether a statement that its publisher sends itself may be true. One that comes from a public address, and names nothing but public
     * addresses of the same family, names this one among them. Who names others besides may sit behind a NAT, and not know how it is seen.
     */
    static boolean mayBeTrue(Statement statement, InetAddress from) {
        if (statement.type() != RecordType.PROVIDER
                || statement.value().length == 0
                || AddressScope.of(from) != AddressScope.WORLD) {
            return true;
        }
        try {
            boolean isPlausible = false;
            for (Endpoint named : ProviderAddresses.decode(statement.value())) {
                boolean isComparable = named.address().getClass() == from.getClass()
                        && AddressScope.of(named.address()) == AddressScope.WORLD;
                isPlausible |= !isComparable || named.address().equals(from);
            }
            return isPlausible;
        } catch (MalformedException malformed) {
            return false;
        }
    }
}
