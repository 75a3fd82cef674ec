package io.cairn.app.codes;

import io.cairn.app.Codes;
import io.cairn.app.Codes.End;
import io.cairn.app.Codes.Person;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import io.cairn.transfer.protocol.code.Offering;
import org.jspecify.annotations.Nullable;

/**
 * One code of this node: what is left of its tries and its uses. A try is counted before anything is computed, and given back if it was
 * right. On the loop.
 */
final class OpenCode {
    private final SpokenCode code;
    private final Holder holder;
    private int triesLeft = Codes.WRONG_TRIES_MAX;
    private int timesLeft;
    private int pending;
    private boolean closed;
    private @Nullable End end;

    /** Hears from receivers that have an offering. */
    interface Settling {
        /** A receiver has what was offered, declines it, or stops for now. */
        void settled(Person receiver, Receipt receipt);

        /** A receiver that has an offering looks for a code of this number again. */
        default void looksAgain(Person receiver, int number) {}
    }

    /** Who made the code. */
    interface Holder extends Settling {
        /** A wrong try was counted. */
        void wrong(int left);

        /** What the next receiver is offered. */
        Offering offering();

        /** A receiver knew the words, and has the offering. */
        void taken(Person receiver, Offering offering);

        /** The code is void. */
        void ended(End end);
    }

    OpenCode(SpokenCode code, int times, Holder holder) {
        this.code = code;
        this.timesLeft = times;
        this.holder = holder;
    }

    SpokenCode code() {
        return code;
    }

    Holder holder() {
        return holder;
    }

    boolean isOpen() {
        return !closed && timesLeft > 0;
    }

    /** Counts a try that is about to be judged; false if none is left. */
    boolean begins() {
        if (!isOpen() || triesLeft == 0) {
            return false;
        }
        triesLeft--;
        pending++;
        return true;
    }

    /** The try was wrong. Returns how many are left. */
    int wrong() {
        pending--;
        if (!closed) {
            holder.wrong(triesLeft);
            endIfGuessed();
        }
        return triesLeft;
    }

    /** The try was right: it does not count. False if the code has been used up or closed since. */
    boolean right() {
        pending--;
        triesLeft++;
        if (!isOpen()) {
            return false;
        }
        timesLeft--;
        return true;
    }

    /** After the receiver has been told: the code ends with its last use. */
    void endIfUsed() {
        if (!closed && timesLeft == 0) {
            end(End.USED);
        }
    }

    /** A receiver that used it did not take everything: it can be used once more. False if the code is void for another reason. */
    boolean returned() {
        if (end != null && end != End.USED) {
            return false;
        }
        timesLeft++;
        closed = false;
        end = null;
        return true;
    }

    /** A receiver whose use was returned has everything, or declines it, after all. */
    void usedAfterAll() {
        if (isOpen()) {
            timesLeft--;
            endIfUsed();
        }
    }

    private void endIfGuessed() {
        if (triesLeft == 0 && pending == 0) {
            end(End.GUESSED);
        }
    }

    void end(End how) {
        if (!closed) {
            closed = true;
            end = how;
            holder.ended(how);
        }
    }

    /** Ends it without telling its holder. */
    void close() {
        closed = true;
    }
}
