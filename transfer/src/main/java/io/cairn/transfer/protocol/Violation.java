package io.cairn.transfer.protocol;

/** A peer's violation of the protocol. The message is dropped and counted, never answered. */
public enum Violation {
    /** Bytes that are not an envelope or not a message. */
    MALFORMED("sent bytes that are no message"),
    OTHER_VERSION("speaks another version of the protocol"),
    OTHER_NETWORK("is in another network"),
    WRONG_RECIPIENT("meant another node"),
    /** The time stamp is outside the window. */
    STALE("has a clock more than five minutes off"),
    /** A request id that is not higher than the last one. */
    REPLAYED("repeated a message"),
    WRONG_SENDER("is another node than expected"),
    BAD_SIGNATURE("sent a bad signature"),
    /** HELLO names other certificates than those of this TLS session: there is a man in the middle. */
    WRONG_CERTIFICATE("named another certificate"),
    /** A message that has no place here, such as a second HELLO. */
    OUT_OF_PLACE("sent a message out of place"),
    /** A chunk that was not requested, has another length than requested, or data without a chunk. */
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
