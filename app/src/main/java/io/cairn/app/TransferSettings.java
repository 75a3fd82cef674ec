package io.cairn.app;

import org.jspecify.annotations.Nullable;

/**
 * How much a node fetches and sends at once. A limit that is null is what was set last while the node ran, else none.
 *
 * @param fetchesAtOnce at least 1; further fetches wait
 * @param up sent to all peers together, in bytes a second; 0 for no limit
 * @param down received from all peers together, likewise
 * @param upPerPeer sent to each peer, likewise
 * @param downPerPeer received from each peer, likewise
 * @param onLan whether the limits hold for peers of the local network too
 */
public record TransferSettings(
        int fetchesAtOnce,
        @Nullable Long up,
        @Nullable Long down,
        @Nullable Long upPerPeer,
        @Nullable Long downPerPeer,
        @Nullable Boolean onLan) {
    /** Fetches at once where nobody says: enough to fill a line, few enough that each is done soon. */
    public static final int FETCHES_AT_ONCE = 4;

    /** Where nothing is configured. */
    public static final TransferSettings DEFAULT = new TransferSettings(FETCHES_AT_ONCE, null, null, null, null, null);

    /** The limits of a node that starts. */
    public SpeedLimits limits(SpeedLimits remembered) {
        return new SpeedLimits(
                up == null ? remembered.up() : up,
                down == null ? remembered.down() : down,
                upPerPeer == null ? remembered.upPerPeer() : upPerPeer,
                downPerPeer == null ? remembered.downPerPeer() : downPerPeer,
                onLan == null ? remembered.onLan() : onLan);
    }
}
