package io.cairn.transfer.swarm.peer;

/**
 * Limits for sending and receiving chunks, in bytes per second; 0 for no limit.
 *
 * @param up sent by the node, to all peers together
 * @param down received by the node, from all peers together
 * @param upPerPeer sent to each peer
 * @param downPerPeer received from each peer
 * @param onLan whether the limits also apply to peers of the local network
 */
public record RateLimits(long up, long down, long upPerPeer, long downPerPeer, boolean onLan) {
    /** No limit. */
    public static final RateLimits NONE = new RateLimits(0, 0, 0, 0, false);

    /** Smallest limit, in bytes per second: below it, a peer that waits for a chunk would consider this one dead. */
    public static final long RATE_MIN = 16 * 1024;

    public RateLimits {
        check(up);
        check(down);
        check(upPerPeer);
        check(downPerPeer);
    }

    /** Whether there is no limit. */
    public boolean isNone() {
        return up == 0 && down == 0 && upPerPeer == 0 && downPerPeer == 0;
    }

    private static void check(long bytesPerSecond) {
        if (bytesPerSecond != 0 && bytesPerSecond < RATE_MIN) {
            throw new IllegalArgumentException("a limit of " + bytesPerSecond + " bytes a second");
        }
    }
}
