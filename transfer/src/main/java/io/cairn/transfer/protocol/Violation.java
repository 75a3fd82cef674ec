package io.cairn.transfer.protocol;

/** What a peer did against the protocol. The message is dropped and counted, never answered. */
public enum Violation {
    /** Bytes that are no envelope or no message. */
    MALFORMED("sent bytes that are no message"),
    OTHER_NETWORK("is in another network"),
    WRONG_RECIPIENT("meant another node"),
    /** The time stamp is outside the window. */
    STALE("has a clock more than five minutes off"),
    /** A request id that is not higher than the last one. */
    REPLAYED("repeated a message"),
    WRONG_SENDER("is another node than expected"),
    BAD_SIGNATURE("sent a bad signature"),
    /** HELLO names other certificates than those of this TLS session: somebody is in between. */
    WRONG_CERTIFICATE("named another certificate"),
    /** A message that has no place here, such as a second HELLO. */
    OUT_OF_PLACE("sent a message out of place"),
    /** A chunk nobody asked for, of another length than asked, or data without a chunk. */
    UNASKED_DATA("sent data nobody asked for"),
    OVERSIZED_FRAME("sent a frame that is too long"),
    /** This node reached itself. */
    SELF("is this node itself");

    private final String what;

    Violation(String what) {
        this.what = what;
    }

    /** Completes the sentence "the peer ...". */
    public String what() {
        return what;
    }
}
