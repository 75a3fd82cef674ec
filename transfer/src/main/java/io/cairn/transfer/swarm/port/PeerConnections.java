package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with peers, as a port. Every peer it hands over has proven its identity. May be called from any thread; answers on the node's
 * loop. Nothing blocks.
 */
public interface PeerConnections extends AutoCloseable {
    /** Sets the receiver of sessions that others open. Before that, they are refused. */
    void accept(Consumer<PeerConnection> accepter);

    /**
     * Opens a session. The listener is called exactly once, unless the attempt is cancelled first.
     *
     * @param expected the peer that must answer; null for any
     */
    Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener);

    /**
     * Opens a bare connection and closes it at once, without a word: only tells whether something listens there. Ends within three
     * seconds, with anything but DECLINED.
     */
    void knock(Endpoint endpoint, Consumer<DialBackEnd> done);

    /** Closes every session and stops listening. */
    @Override
    void close();

    /** A dial in progress. */
    interface Attempt {
        /** Gives up; the listener is not called. */
        void cancel();
    }

    /** Receives the result of a dial, on the loop. */
    interface DialListener {
        void connected(PeerConnection connection);

        void failed(DialFailure failure);
    }
}
