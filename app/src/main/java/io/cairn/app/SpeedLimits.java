package io.cairn.app;

import io.cairn.transfer.swarm.peer.RateLimits;

/**
 * Limits on the rates of sent and received chunks, in bytes a second; 0 for no limit, otherwise at least {@link #RATE_MIN}.
 *
 * @param up sent to all peers together
 * @param down received from all peers together
 * @param upPerPeer sent to each peer
 * @param downPerPeer received from each peer
 * @param onLan whether the limits also apply to peers on the local network
 */
public record SpeedLimits(long up, long down, long upPerPeer, long downPerPeer, boolean onLan) {
    /** No limit. */
    public static final SpeedLimits NONE = new SpeedLimits(0, 0, 0, 0, false);

    /** The smallest limit: below it, peers waiting for a chunk give up on this node. */
    public static final long RATE_MIN = RateLimits.RATE_MIN;

    public SpeedLimits {
        RateLimits checked = new RateLimits(up, down, upPerPeer, downPerPeer, onLan);
        onLan = checked.onLan();
    }

    /** The same limits for the transfer sessions. */
    public RateLimits ofSessions() {
        return new RateLimits(up, down, upPerPeer, downPerPeer, onLan);
    }

    public static SpeedLimits of(RateLimits sessions) {
        return new SpeedLimits(
                sessions.up(), sessions.down(), sessions.upPerPeer(), sessions.downPerPeer(), sessions.onLan());
    }
}
