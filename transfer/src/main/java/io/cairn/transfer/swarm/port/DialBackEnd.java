package io.cairn.transfer.swarm.port;

/** How the connection that a peer opened to another on its request ended. */
public enum DialBackEnd {
    /** Something listens there. */
    CONNECTED,
    /** Nothing listens there. */
    REFUSED,
    /** There is no route. */
    UNREACHABLE,
    /** No answer in time. */
    TIMED_OUT,
    /** Not tried: the requester listens nowhere, or asks too often. */
    DECLINED;

    /** The end of a bare connection that failed. */
    public static DialBackEnd of(DialFailure.Kind kind) {
        return switch (kind) {
            case REFUSED -> REFUSED;
            case TIMED_OUT -> TIMED_OUT;
            case UNREACHABLE,
                    THIS_NODE,
                    NO_TLS,
                    NOT_A_PEER,
                    OTHER_VERSION,
                    NOT_GREETED,
                    OTHER_NETWORK,
                    OTHER_CLOCK,
                    OTHER_NODE,
                    REFUSED_BY_US,
                    LOCAL -> UNREACHABLE;
        };
    }
}
