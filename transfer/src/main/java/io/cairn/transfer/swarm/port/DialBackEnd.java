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
            case UNREACHABLE, THIS_NODE, NOT_A_PEER, NOT_GREETED, REFUSED_BY_US, LOCAL -> UNREACHABLE;
        };
    }
}
