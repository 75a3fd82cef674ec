package io.cairn.transfer.swarm.port;

/**
 * Why no session could be opened.
 *
 * @param reason completes the sentence "the peer ..."
 */
public record DialFailure(Kind kind, String reason) {
    /** The kind of failure. */
    public enum Kind {
        /** Nothing listens there. */
        REFUSED,
        /** There is no route. */
        UNREACHABLE,
        /** It is this node itself. */
        THIS_NODE,
        /** No answer in time. */
        TIMED_OUT,
        /** Something listens, but does not speak this protocol. */
        NOT_A_PEER,
        /** It closed the connection instead of answering HELLO: it is in another network, its clock is off, or it is full. */
        NOT_GREETED,
        /** Its HELLO is not acceptable. */
        REFUSED_BY_US,
        /** This node has no room, or is closing. */
        LOCAL
    }
}
