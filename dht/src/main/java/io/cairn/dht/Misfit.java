package io.cairn.dht;

import java.net.InetAddress;

/**
 * Somebody whose signed messages this node cannot take.
 *
 * @param aheadMillis by how much its clock is ahead of this machine's, negative if it is behind; 0 if it is of another network, with another
 *     name or key
 */
public record Misfit(InetAddress address, long aheadMillis) {
    /** Whether its clock is the reason, rather than its network. */
    public boolean isClock() {
        return aheadMillis != 0;
    }
}
