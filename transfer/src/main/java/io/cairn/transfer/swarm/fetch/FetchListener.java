package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.port.PeerId;
import org.jspecify.annotations.Nullable;

/** Hears of one fetch until it ends, on the node's loop. Its end is the future of {@link SwarmFetch#end}. */
public interface FetchListener {
    /** The look-up's figures, within a second of the start and whenever they have changed. */
    default void lookup(int asked, int answered, int providers) {}

    /**
     * The manifest is here and the place to put the chunks is open.
     *
     * @param resumedBytes what of the wanted chunks was there from an earlier run
     */
    default void manifest(Manifest manifest, PeerId from, long resumedBytes) {}

    /**
     * A peer's state has changed.
     *
     * @param peer null as long as it is not known who answers at an endpoint from a link
     * @param reason completes the sentence "the peer ...", or is empty
     */
    default void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {}

    /** A chunk did not match its digests; it will be fetched again, elsewhere if possible. */
    default void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {}

    /** Every wanted chunk is here and verified. */
    default void verified(int chunks) {}

    /** What a peer is to a fetch. */
    enum PeerState {
        CONNECTING,
        CONNECTED,
        /** No session came about. */
        FAILED,
        /** The session has ended. */
        LOST,
        /** It is not used any more. */
        DROPPED
    }
}
