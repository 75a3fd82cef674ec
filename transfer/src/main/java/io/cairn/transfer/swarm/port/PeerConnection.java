package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a peer that has proven who it is, as a port: what peers say to each other about shares, on whatever wire. What is sent
 * arrives in order or not at all; after a close nothing is sent and nothing reported. Lists may be of any length. Called on the node's
 * loop, answers there, never blocks.
 */
public interface PeerConnection {
    /** Who it is. */
    PeerId peer();

    /** Where the other end of the connection is; for one that was accepted not where it listens. */
    Endpoint remote();

    /** Where the peer says it listens; null if nowhere. */
    @Nullable
    Endpoint listening();

    /** Whether this side opened it. */
    boolean isDialled();

    /** Names who hears of it. To be called at once, in the call that handed the connection over. */
    void receive(Receiver receiver);

    /** Asks for the part of a manifest that starts at an offset. */
    void requestManifest(Key share, int offset);

    void deliverManifest(ManifestPiece piece);

    /** Tells all chunks of a share that are here. */
    void offer(Key share, ChunkSet chunks);

    /** Tells chunks that were verified since. */
    void offerMore(Key share, List<Integer> chunks);

    /** Asks for blocks, in this order. Each is answered once: delivered or refused. No block may be asked for again before. */
    void request(Key share, List<Block> blocks);

    /** Takes back requests; what has not been sent is refused as cancelled. */
    void cancel(Key share, List<Block> blocks);

    /** @param blocks which requests are not served; empty if the whole share is meant */
    void refuse(Key share, List<Block> blocks, RefusalReason reason);

    /**
     * Sends a block after those already given, reading it on a worker piece by piece as the peer takes it.
     *
     * @param block that the peer has requested
     * @param done is told null when the last byte is on its way, or what failed; where reading failed, the peer has been sent a refusal
     */
    void deliver(Content content, Block block, Consumer<@Nullable Throwable> done);

    /** Names others that take part in a share. */
    void introduce(Key share, List<PeerAddress> others);

    /** Asks where the peer has chunks, by their keys, whatever share they are of. */
    void locate(List<Key> chunkKeys);

    /** Answers {@link Receiver#locationsAsked}; what is not named is not here. */
    void tellLocations(List<ChunkPlace> places);

    /** Bytes received so far, those of unfinished blocks included. */
    long receivedBytes();

    /** Bytes sent so far. */
    long sentBytes();

    /** Ends the session; the receiver hears nothing more. */
    void close();

    /** Hears of a session, on the loop: what the peer does by the methods of its own {@link PeerConnection}. */
    interface Receiver {
        void manifestRequested(Key share, int offset);

        void manifestDelivered(ManifestPiece piece);

        void offered(Key share, ChunkSet chunks);

        void offeredMore(Key share, List<Integer> chunks);

        void requested(Key share, List<Block> blocks);

        void cancelled(Key share, List<Block> blocks);

        /** @param blocks empty if the whole share is meant */
        void refused(Key share, List<Block> blocks, RefusalReason reason);

        /** A whole block that was asked for, not yet verified. The receiver releases it. */
        void delivered(ReceivedBlock block);

        void introduced(Key share, List<PeerAddress> others);

        void locationsAsked(List<Key> chunkKeys);

        void located(List<ChunkPlace> places);

        /**
         * The session has ended, and this side did not end it.
         *
         * @param reason completes the sentence "the peer ..."
         */
        void closed(String reason);
    }
}
