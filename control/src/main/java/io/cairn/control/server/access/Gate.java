package io.cairn.control.server.access;

import io.cairn.control.server.answer.ControlAnswer;
import io.cairn.control.server.answer.RequestHead;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets a request in or refuses it, before anything else is read of it. Called on one thread. */
public interface Gate {
    /** The Unix socket: the system lets in only its owner. A browser names the page that asks, and no page may. */
    Gate LOCAL = (head, at) -> head.header("origin") == null ? Optional.empty() : Optional.of(refusal(403, Map.of()));

    /**
     * @param at the address of this machine that the client connected to; null for a Unix socket
     * @return the answer to a request that may not come in
     */
    Optional<ControlAnswer.Whole> refusal(RequestHead head, @Nullable InetAddress at);

    /** It says no more than the status: not even who answers. */
    static ControlAnswer.Whole refusal(int code, Map<String, String> headers) {
        return new ControlAnswer.Whole(code, headers, ByteBuffer.allocate(0));
    }
}
