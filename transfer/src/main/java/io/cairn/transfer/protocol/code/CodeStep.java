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
     * The receiver has everything, or fetches nothing for now.
     *
     * @param ticket from {@link Offering}
     */
    record Settle(byte[] ticket, Receipt receipt) implements CodeStep {}

    /**
     * The sender of a gift offers it no more.
     *
     * @param ticket from {@link Offering}
     */
    record Withdraw(byte[] ticket) implements CodeStep {}

    /** What a receiver says of what it was offered. */
    enum Receipt {
        /** It has everything. */
        RECEIVED,
        /** It does not take it. */
        DECLINED,
        /** It stopped before it had everything, and may go on later. */
        STOPPED
    }
}
