package io.cairn.transfer.swarm.fetch;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.port.PeerId;
import org.jspecify.annotations.Nullable;

/** Hears of one fetch until it ends, on the node's loop. The end itself is the future of {@link SwarmFetch#end}. */
public interface FetchListener {
    /** The figures of the look-up, within a second of the start and on every change. */
    default void lookup(int asked, int answered, int providers) {}

    /**
     * The manifest is here and the target for the chunks is open.
     *
     * @param resumedBytes bytes of wanted chunks left by an earlier run
     */
    default void manifest(Manifest manifest, PeerId from, long resumedBytes) {}

    /**
     * A peer's state has changed.
     *
     * @param peer null while the peer at a link's endpoint is unknown
     * @param reason completes the sentence "the peer ...", or is empty
     */
    default void peerChanged(@Nullable PeerId peer, Endpoint endpoint, PeerState state, String reason) {}

    /** A peer says that it does not share it, as it also does if the share is for some alone and this node has not proven that it is of them. */
    default void denied(PeerId peer, Endpoint endpoint) {}

    /** A chunk did not match its digests; it will be fetched again, from another peer if possible. */
    default void chunkBad(int chunk, PeerId peer, Endpoint endpoint) {}

    /** Every wanted chunk is here and verified. */
    default void verified(int chunks) {}

    /** The state of a peer in a fetch. */
    enum PeerState {
        CONNECTING,
        CONNECTED,
        /** No session could be opened. */
        FAILED,
        /** The session has ended. */
        LOST,
        /** It is no longer used. */
        DROPPED
    }
}
