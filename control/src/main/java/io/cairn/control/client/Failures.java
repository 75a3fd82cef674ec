package io.cairn.control.client;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Reason;
import org.jspecify.annotations.Nullable;

/** What can fail between two processes. */
final class Failures {
    private Failures() {}

    static CairnException gone(@Nullable Throwable cause) {
        return gone("its process has ended", cause);
    }

    static CairnException silent() {
        return gone("it does not answer", null);
    }

    private static CairnException gone(String why, @Nullable Throwable cause) {
        return new CairnException(
                Kind.OTHER,
                "the node is gone",
                why,
                Reason.NODE_GONE.says("run the same command again; it starts a node if none runs"),
                cause);
    }

    /** The node runs on, but closed the connection. */
    static CairnException cut() {
        return new CairnException(
                Kind.OTHER,
                "the node closed the connection",
                "it serves too many calls at once",
                "run the same command again when others have ended");
    }

    /** Bytes that no node of this version sends. */
    static CairnException unreadable(Throwable cause) {
        return new CairnException(
                Kind.OTHER,
                "cannot read the node's answer",
                String.valueOf(cause.getMessage()),
                Reason.REPORT_THE_FAULT.says("stop the node if another version runs it; otherwise report this"),
                cause);
    }

    /** An answer that ends before its result. */
    static CairnException incomplete() {
        return unreadable(new IllegalArgumentException("it ends without a result"));
    }

    static CairnException tooLong(long bytesMax) {
        return unreadable(new IllegalArgumentException("it is longer than " + bytesMax + " bytes"));
    }

    /** The node is used by too many calls at once. */
    static CairnException busy() {
        return new CairnException(
                Kind.OTHER,
                "cannot ask the node",
                "too many calls wait for it already",
                "wait until some of them have ended");
    }
}
