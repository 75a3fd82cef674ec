package io.cairn.dht.kad;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.NodeId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * By whose word a record is held.
 *
 * @param block the block of a public address; null for another
 * @param sender who signed the datagram that brought it; on loopback, where all have one address, this tells them apart
 * @param isFirstHand whether that was the publisher
 */
record Origin(InetAddress address, @Nullable AddressBlock block, NodeId sender, boolean isFirstHand) {
    static Origin of(Contact sender, NodeId publisher) {
        InetAddress address = sender.endpoint().address();
        return new Origin(
                address, AddressBlock.of(address), sender.id(), sender.id().equals(publisher));
    }

    /**
     * What those have in common who may be one and the same, to be compared by equality: the block of a public address, a private address
     * itself, since a LAN is one block, and on loopback the sender.
     */
    Object group() {
        if (block != null) {
            return block;
        }
        return address.isLoopbackAddress() ? sender : address;
    }
}
