package io.cairn.dht;

import java.net.InetAddress;

/**
 * A peer whose signed messages this node cannot accept.
 *
 * @param aheadMillis how far its clock is ahead of this machine's, negative if behind; 0 if it belongs to a network with another name or
 *     key
 */
public record Misfit(InetAddress address, long aheadMillis) {
    /** Whether its clock is the reason, rather than its network. */
    public boolean isClock() {
        return aheadMillis != 0;
    }
}
