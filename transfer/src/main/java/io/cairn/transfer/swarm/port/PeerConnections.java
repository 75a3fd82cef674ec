package io.cairn.transfer.swarm.port;

import io.cairn.dht.id.Endpoint;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions with peers, as a port. Whoever it hands over has proven who it is. May be called from any thread; answers on the
 * node's loop. Nothing blocks.
 */
public interface PeerConnections extends AutoCloseable {
    /** Names who takes the sessions that others open. Before that, they are refused. */
    void accept(Consumer<PeerConnection> accepter);

    /**
     * Opens a session. The listener hears exactly once, unless the attempt is cancelled first.
     *
     * @param expected who must answer; null if anybody may
     */
    Attempt dial(Endpoint endpoint, @Nullable PeerId expected, DialListener listener);

    /** Closes every session and stops listening. */
    @Override
    void close();

    /** A dial under way. */
    interface Attempt {
        /** Gives up; the listener hears nothing. */
        void cancel();
    }

    /** Hears how a dial went, on the loop. */
    interface DialListener {
        void connected(PeerConnection connection);

        void failed(DialFailure failure);
    }
}
