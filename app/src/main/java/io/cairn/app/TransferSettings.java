package io.cairn.app;

import org.jspecify.annotations.Nullable;

/**
 * A node's limits on concurrent fetches and rates. A null rate is the one last set on a running node, or else unlimited.
 *
 * @param fetchesAtOnce at least 1; further fetches wait
 * @param up sent to all peers together, in bytes a second; 0 for no limit
 * @param down received from all peers together, likewise
 * @param upPerPeer sent to each peer, likewise
 * @param downPerPeer received from each peer, likewise
 * @param onLan whether the limits also apply to peers on the local network
 */
public record TransferSettings(
        int fetchesAtOnce,
        @Nullable Long up,
        @Nullable Long down,
        @Nullable Long upPerPeer,
        @Nullable Long downPerPeer,
        @Nullable Boolean onLan) {
    /** The default number of concurrent fetches: enough to fill a line, few enough that each finishes soon. */
    public static final int FETCHES_AT_ONCE = 4;

    /** The defaults. */
    public static final TransferSettings DEFAULT = new TransferSettings(FETCHES_AT_ONCE, null, null, null, null, null);

    /** The rate limits at the start of a node. */
    public SpeedLimits limits(SpeedLimits remembered) {
        return new SpeedLimits(
                up == null ? remembered.up() : up,
                down == null ? remembered.down() : down,
                upPerPeer == null ? remembered.upPerPeer() : upPerPeer,
                downPerPeer == null ? remembered.downPerPeer() : downPerPeer,
                onLan == null ? remembered.onLan() : onLan);
    }
}
