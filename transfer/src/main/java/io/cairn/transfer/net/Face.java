package io.cairn.transfer.net;

import io.cairn.transfer.net.admission.StrangerGate;
import io.netty.channel.ChannelPipeline;

/**
 * A protocol on accepted connections. {@link FirstByteHandler} selects it by a connection's first byte; until then, and until the face
 * admits the other end, {@link StrangerGate} limits what the other end may send and how long it may take.
 */
public interface Face {
    /**
     * Takes a connection over, on its network thread: adds handlers to the end of the pipeline, which read what has already arrived.
     *
     * @param stranger the other end; admitted once it has proven its identity, or leaves if it gets no session
     */
    void begin(ChannelPipeline pipeline, Acceptance stranger);
}
