package io.cairn.dht.kad.record;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.AddressBlock;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The node from which a held record was received.
 *
 * @param block the block of a public address; null for any other
 * @param sender signed the datagram that carried it; tells nodes apart on loopback, where all have one address
 * @param isFirstHand whether the sender was the publisher
 */
record Origin(InetAddress address, @Nullable AddressBlock block, NodeId sender, boolean isFirstHand) {
    static Origin of(Contact sender, NodeId publisher) {
        InetAddress address = sender.endpoint().address();
        return new Origin(
                address, AddressBlock.of(address), sender.id(), sender.id().equals(publisher));
    }

    /**
     * A value, compared by equality, shared by origins that may be one and the same party: the block of a public address; a private address
     * itself, since a LAN is one block; on loopback the sender.
     */
    Object group() {
        if (block != null) {
            return block;
        }
        return address.isLoopbackAddress() ? sender : address;
    }
}
