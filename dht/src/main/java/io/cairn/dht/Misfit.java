package io.cairn.dht;

import java.net.InetAddress;

/**
 * A peer whose messages this node cannot accept. They are signed, except those of another version, which it cannot check.
 *
 * @param aheadMillis how far its clock is ahead of this machine's, negative if behind; 0 if it belongs to a network with another name or
 *     key, or speaks another version
 * @param version of the protocol that it speaks; 0 if it is this node's
 */
public record Misfit(InetAddress address, long aheadMillis, int version) {
    /** A peer with another clock, or if that is 0 in another network. */
    public Misfit(InetAddress address, long aheadMillis) {
        this(address, aheadMillis, 0);
    }

    /** Whether its clock is the reason, rather than its network. */
    public boolean isClock() {
        return aheadMillis != 0;
    }

    /** Whether it speaks another version of the protocol. */
    public boolean isVersion() {
        return version != 0;
    }
}
