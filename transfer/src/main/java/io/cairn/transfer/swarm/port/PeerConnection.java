package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.trace.TraceContext;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a peer that has proven its identity, as a port: what peers exchange about shares, on any wire. Messages arrive in order or
 * not at all; after a close nothing is sent or reported. Lists may be of any length. Called on the node's loop, answers there, never
 * blocks.
 */
public interface PeerConnection {
    /** The peer's id. */
    PeerId peer();

    /** The remote end of the connection; for an accepted one, not where the peer listens. */
    Endpoint remote();

    /** Where the peer says it listens; null if nowhere. */
    @Nullable
    Endpoint listening();

    /** Whether this side opened it. */
    boolean isDialled();

    /** Sets the receiver. Call it at once, within the call that hands the connection over. */
    void receive(Receiver receiver);

    /**
     * Sets the trace that the requests of a share, for its manifest and for blocks, carry from now on. A wire that cannot carry one ignores
     * it.
     *
     * @param trace null for none
     */
    default void trace(Key share, @Nullable TraceContext trace) {}

    /** Requests the part of a manifest that starts at an offset. */
    void requestManifest(Key share, int offset);

    void deliverManifest(ManifestPiece piece);

    /** Announces all chunks of a share that are here. */
    void offer(Key share, ChunkSet chunks);

    /** Announces chunks verified since. */
    void offerMore(Key share, List<Integer> chunks);

    /** Requests blocks, in this order. Each is answered once: delivered or refused. No block may be requested again before that. */
    void request(Key share, List<Block> blocks);

    /** Cancels requests; what has not been sent is refused as cancelled. */
    void cancel(Key share, List<Block> blocks);

    /** @param blocks the requests that are refused; empty for the whole share */
    void refuse(Key share, List<Block> blocks, RefusalReason reason);

    /**
     * Sends a block after those already handed over; a worker reads it piece by piece as the peer accepts it.
     *
     * @param block requested by the peer
     * @param done gets null when the last byte is on its way, or the failure; if reading failed, the peer has been sent a refusal
     */
    void deliver(Content content, Block block, Consumer<@Nullable Throwable> done);

    /** Names other participants of a share. */
    void introduce(Key share, List<PeerAddress> others);

    /** Asks where the peer has chunks, by their keys, in any share. */
    void locate(List<Key> chunkKeys);

    /** Answers {@link Receiver#locationsAsked}; chunks not named are not here. */
    void tellLocations(List<ChunkPlace> places);

    /** Asks the peer to connect to this node, at its address as the peer sees it and the port that it listens at. */
    void askDialBack();

    /** Answers {@link Receiver#dialBackAsked}. */
    void tellDialBack(DialBackEnd end);

    /** Asks a question that is not about chunks. */
    void ask(Question question);

    /** Answers {@link Receiver#asked}. */
    void reply(Reply reply);

    /**
     * Shows that this node has the secret of a share, before it requests anything of the share.
     *
     * @param proof {@link io.cairn.transfer.content.ShareSecret#proof}
     */
    void prove(Key share, byte[] proof);

    /** Bytes received so far, including those of unfinished blocks. */
    long receivedBytes();

    /** Bytes sent so far. */
    long sentBytes();

    /** Ends the session; the receiver is not called again. */
    void close();

    /** Receives the events of a session on the loop: the calls of the peer's own {@link PeerConnection}. */
    interface Receiver {
        /** The peer's request that follows at once, for a manifest or for blocks, is part of a trace. */
        default void traced(TraceContext trace) {}

        void manifestRequested(Key share, int offset);

        void manifestDelivered(ManifestPiece piece);

        void offered(Key share, ChunkSet chunks);

        void offeredMore(Key share, List<Integer> chunks);

        void requested(Key share, List<Block> blocks);

        void cancelled(Key share, List<Block> blocks);

        /** @param blocks empty for the whole share */
        void refused(Key share, List<Block> blocks, RefusalReason reason);

        /** A whole requested block, not yet verified. The receiver releases it. */
        void delivered(ReceivedBlock block);

        void introduced(Key share, List<PeerAddress> others);

        void locationsAsked(List<Key> chunkKeys);

        void located(List<ChunkPlace> places);

        void dialBackAsked();

        void dialledBack(DialBackEnd end);

        void asked(Question question);

        void answered(Reply reply);

        /** The peer shows that it has the secret of a share; not yet verified. */
        void proven(Key share, byte[] proof);

        /**
         * The session has ended, not by this side.
         *
         * @param reason completes the sentence "the peer ..."
         */
        void closed(String reason);
    }
}
