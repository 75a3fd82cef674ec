package io.cairn.transfer.swarm;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.protocol.PeerMessage;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session with a peer that has proven who it is. What is sent arrives in order or not at all; after a close nothing is sent and
 * nothing reported. Called on the node's loop, answers there, never blocks.
 */
public interface PeerConnection {
    /** Who it is. */
    NodeId peer();

    /** Where the other end of the connection is; for one that was accepted not where it listens. */
    Endpoint remote();

    /** Where the peer says it listens; null if nowhere. */
    @Nullable
    Endpoint listening();

    /** Whether this side opened it. */
    boolean isDialled();

    /** Names who hears of it. To be called at once, in the call that handed the connection over. */
    void receive(Receiver receiver);

    /** Sends a message other than WANT and CHUNKS. */
    void send(PeerMessage message);

    /** Asks for chunks. Each is answered once: as a chunk, or in a REJECT. No chunk may be asked for again before. */
    void want(Manifest manifest, List<Integer> chunks);

    /** Asks for one chunk of a share whose manifest is not here. As {@link #want(Manifest, List)}. */
    void want(Key share, int chunk, int length);

    /**
     * Sends a chunk after those already given, reading it on a worker piece by piece as the peer takes it.
     *
     * @param done is told null when the last byte is on its way, or what failed; where reading failed, the peer has been sent a REJECT
     */
    void sendChunk(Content content, int chunk, Consumer<@Nullable Throwable> done);

    /** Bytes received so far, those of unfinished chunks included. */
    long receivedBytes();

    /** Bytes sent so far. */
    long sentBytes();

    /** Ends the session; the receiver hears nothing more. */
    void close();

    /** Hears of a session, on the loop. */
    interface Receiver {
        void message(PeerMessage message);

        /** A whole chunk that was asked for, not yet verified. The receiver releases it. */
        void chunk(ReceivedChunk chunk);

        /**
         * The session has ended, and this side did not end it.
         *
         * @param reason completes the sentence "the peer ..."
         */
        void closed(String reason);
    }
}
