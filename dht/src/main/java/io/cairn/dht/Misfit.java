package io.cairn.dht;

import io.cairn.dht.wire.NetworkId;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A peer whose messages this node cannot accept: its clock differs, it is in another network, it speaks another version of the protocol, or
 * its messages open with no key of this node.
 *
 * @param aheadMillis how far its clock is ahead of this machine's, negative if behind; 0 if the clock is not the reason
 * @param network the id of its network, if that is the reason and the id is known; else null
 * @param version of its protocol, if that is the reason; else 0. Its messages cannot be checked, so that this may be forged
 * @param isUnopened whether what it sends opens with no key: it uses another network or key. Anybody can send such a thing
 */
public record Misfit(
        InetAddress address, long aheadMillis, @Nullable NetworkId network, int version, boolean isUnopened) {
    /** A peer whose messages open. */
    public Misfit(InetAddress address, long aheadMillis, @Nullable NetworkId network, int version) {
        this(address, aheadMillis, network, version, false);
    }

    /** A sender of something that opens with no key. */
    public static Misfit unopened(InetAddress address) {
        return new Misfit(address, 0, null, 0, true);
    }

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
