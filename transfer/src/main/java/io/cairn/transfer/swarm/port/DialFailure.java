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
        /** Something listens, but does not complete TLS. */
        NO_TLS,
        /** Something listens, but does not speak this protocol. */
        NOT_A_PEER,
        /** It speaks another version of this protocol. */
        OTHER_VERSION,
        /** It closed the connection instead of answering HELLO: it is in another network, its clock is off, or it is full. */
        NOT_GREETED,
        /** It is in another network. */
        OTHER_NETWORK,
        /** Its clock differs too much. */
        OTHER_CLOCK,
        /** It is another node than expected. */
        OTHER_NODE,
        /** Its HELLO is not acceptable for another reason. */
        REFUSED_BY_US,
        /** This node has no room, or is closing. */
        LOCAL
    }
}
