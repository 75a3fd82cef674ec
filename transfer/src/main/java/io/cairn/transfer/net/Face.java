package io.cairn.transfer.net;

import io.cairn.transfer.net.admission.StrangerGate;
import io.netty.channel.ChannelPipeline;

/**
 * A protocol on connections that others open. {@link FirstByteHandler} looks it up by a connection's first byte; until then, and until the
 * face lets the other end in, {@link StrangerGate} bounds what the other end may send and how long it may take.
 */
public interface Face {
    /**
     * Takes a connection over, on its network thread: puts handlers at the end of the pipeline, which read what has come already.
     *
     * @param stranger the other end; leaves when it has proven who it is, and with its connection
     */
    void begin(ChannelPipeline pipeline, Acceptance stranger);
}
