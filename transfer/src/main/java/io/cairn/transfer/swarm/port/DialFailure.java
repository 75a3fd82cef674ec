package io.cairn.transfer.swarm.port;

/**
 * Why no session came about.
 *
 * @param reason completes the sentence "the peer ..."
 */
public record DialFailure(Kind kind, String reason) {
    /** What kind of failure. */
    public enum Kind {
        /** Nobody listens there. */
        REFUSED,
        /** There is no way there. */
        UNREACHABLE,
        /** It is this node itself. */
        THIS_NODE,
        /** No answer in time. */
        TIMED_OUT,
        /** Somebody listens, but does not speak this protocol. */
        NOT_A_PEER,
        /** It closed the connection instead of answering HELLO: it is in another network, or its clock is off, or it is full. */
        NOT_GREETED,
        /** Its HELLO is not acceptable. */
        REFUSED_BY_US,
        /** This node has no room, or is closing. */
        LOCAL
    }
}
