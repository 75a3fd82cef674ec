package io.cairn.dht;

import io.cairn.dht.wire.NetworkId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A peer whose messages this node cannot accept: its clock differs, it is in another network, or it speaks another version of the protocol.
 *
 * @param aheadMillis how far its clock is ahead of this machine's, negative if behind; 0 if the clock is not the reason
 * @param network the id of its network, if that is the reason and the id is known; else null
 * @param version of its protocol, if that is the reason; else 0. Its messages cannot be checked, so that this may be forged
 */
public record Misfit(
        InetAddress address, long aheadMillis, @Nullable NetworkId network, int version) {
    /** A peer whose clock differs, or, if it does not, one of another network. */
    public Misfit(InetAddress address, long aheadMillis) {
        this(address, aheadMillis, null, 0);
    }

    /** Whether its clock is the reason. */
    public boolean isClock() {
        return aheadMillis != 0;
    }

    /** Whether its version of the protocol is the reason. */
    public boolean isVersion() {
        return version != 0;
    }
}
