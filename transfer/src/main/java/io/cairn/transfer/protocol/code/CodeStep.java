package io.cairn.transfer.protocol.code;

/** A question about a spoken code: a step of its key exchange. Byte arrays are not copied. */
@SuppressWarnings("ArrayRecordComponent")
public sealed interface CodeStep {
    /** Is a code of this number open at the recipient? */
    record Find(int number) implements CodeStep {}

    /**
     * Begins a key exchange.
     *
     * @param first the receiver's first message
     */
    record Begin(int number, byte[] first) implements CodeStep {}

    /**
     * Shows that the receiver has the key.
     *
     * @param attempt from {@link CodeReply.Begun}
     * @param second the receiver's second message
     * @param sealedClaim what the receiver calls itself, sealed
     */
    record Confirm(byte[] attempt, byte[] second, byte[] tag, byte[] sealedClaim) implements CodeStep {}

    /**
     * The receiver needs the sender no more.
     *
     * @param ticket from {@link Offering}
     * @param received whether it took what was offered
     */
    record Settle(byte[] ticket, boolean received) implements CodeStep {}
}
