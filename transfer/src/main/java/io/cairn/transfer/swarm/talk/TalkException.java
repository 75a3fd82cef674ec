package io.cairn.transfer.swarm.talk;

import io.cairn.transfer.swarm.port.DialFailure;
import org.jspecify.annotations.Nullable;

/** A question got no answer. */
public final class TalkException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** There is no session, and none could be opened. */
        UNREACHABLE,
        /** The peer does not answer in time, or the session ended. */
        SILENT,
        /** The peer refuses: it does not know the topic, has too many questions, or this node may not ask. */
        REFUSED,
        /** This node is closing. */
        CLOSED
    }

    private final Kind kind;
    private final transient @Nullable DialFailure failure;

    TalkException(Kind kind, String message, @Nullable DialFailure failure) {
        super(message);
        this.kind = kind;
        this.failure = failure;
    }

    public Kind kind() {
        return kind;
    }

    /** The last dial, if the peer is unreachable. */
    public @Nullable DialFailure failure() {
        return failure;
    }
}
