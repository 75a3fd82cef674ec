package io.cairn.transfer.swarm;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Manifest;
import org.jspecify.annotations.Nullable;

/** Hears of one fetch. Called on the node's loop; {@link #ended} comes last and once. */
public interface FetchListener {
    /** The look-up's figures, within a second of the start and whenever they have changed. */
    void lookup(int asked, int answered, int providers);

    /**
     * The manifest is here and the place to put the chunks is open.
     *
     * @param resumedBytes what of the wanted chunks was there from an earlier run
     */
    void manifest(Manifest manifest, NodeId from, long resumedBytes);

    /**
     * A peer's state has changed.
     *
     * @param node null as long as it is not known who answers at an endpoint from a link
     * @param reason completes the sentence "the peer ...", or is empty
     */
    void peerChanged(@Nullable NodeId node, Endpoint endpoint, PeerState state, String reason);

    /** A chunk did not match its digests; it will be fetched again, elsewhere if possible. */
    void chunkBad(int chunk, NodeId node, Endpoint endpoint);

    /** Every wanted chunk is here and verified. */
    void verified(int chunks);

    /** It is over. */
    void ended(FetchOutcome outcome);

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
