package io.cairn.app;

import io.cairn.transfer.swarm.peer.RateLimits;

/**
 * How fast chunks are sent and received at most, in bytes a second; 0 for no limit, otherwise at least {@link #RATE_MIN}.
 *
 * @param up sent to all peers together
 * @param down received from all peers together
 * @param upPerPeer sent to each peer
 * @param downPerPeer received from each peer
 * @param onLan whether the limits hold for peers of the local network too
 */
public record SpeedLimits(long up, long down, long upPerPeer, long downPerPeer, boolean onLan) {
    /** No limit. */
    public static final SpeedLimits NONE = new SpeedLimits(0, 0, 0, 0, false);

    /** The smallest limit: with less, a peer that waits for a chunk would give up on this node. */
    public static final long RATE_MIN = RateLimits.RATE_MIN;

    public SpeedLimits {
        RateLimits checked = new RateLimits(up, down, upPerPeer, downPerPeer, onLan);
        onLan = checked.onLan();
    }

    /** The same for the sessions. */
    public RateLimits ofSessions() {
        return new RateLimits(up, down, upPerPeer, downPerPeer, onLan);
    }

    public static SpeedLimits of(RateLimits sessions) {
        return new SpeedLimits(
                sessions.up(), sessions.down(), sessions.upPerPeer(), sessions.downPerPeer(), sessions.onLan());
    }
}
