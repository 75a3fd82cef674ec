package io.cairn.transfer.protocol.code;

/** The answer to a {@link CodeStep}. Byte arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface CodeReply {
    /** A code of this number is open here; or, to {@link CodeStep.Settle}, noted. */
    record Open() implements CodeReply {}

    /**
     * The exchange has begun.
     *
     * @param attempt names it
     * @param first the sender's first message
     * @param second the sender's second message
     */
    record Begun(byte[] attempt, byte[] first, byte[] second) implements CodeReply {}

    /**
     * The receiver knew the words.
     *
     * @param sealedOffer an {@link Offering}, sealed
     */
    record Accepted(byte[] tag, byte[] sealedOffer) implements CodeReply {}

    /**
     * The receiver did not know the words.
     *
     * @param left wrong tries left before the code is void
     */
    record Denied(int left) implements CodeReply {}

    /** No code of this number is open, or no such exchange. */
    record Unknown() implements CodeReply {}

    /** Too many exchanges at once. */
    record Busy() implements CodeReply {}
}
