package io.cairn.app;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sending to a person who was told a short code, or to contacts. Beneath is an ordinary share for some alone, which ends with the send unless
 * you share the same yourself. Thread-safe. Futures fail with a {@link CairnException}.
 */
public interface Codes {
    /** How long a code is good, unless the sender says otherwise: ten minutes. */
    int FOR_SECONDS = 600;

    /** Longest text that can be sent, in bytes of UTF-8. */
    int TEXT_BYTES_MAX = 32 * 1024;

    /** Wrong guesses of one code until it is void. */
    int WRONG_TRIES_MAX = 3;

    /** Longest time that a code can be good, in seconds: a day. */
    int FOR_SECONDS_MAX = 86_400;

    /** How long something is offered to contacts, unless the sender says otherwise: a day, since nobody has told them to hurry. */
    int TO_SECONDS = FOR_SECONDS_MAX;

    /** Most nodes that something is sent to without a code. */
    int RECIPIENTS_MAX = 256;

    /** Most receivers of one code. */
    int TIMES_MAX = 100;

    /** Most paths that are sent at once; a folder that holds them is one. */
    int PATHS_MAX = 64;

    /**
     * Offers files or a text under a code, or to contacts. The events say what happens; the result comes when all receivers have it or
     * decline, or the time is over. A contact's node is told as soon as it can be reached. Cancelling the future withdraws what is offered.
     */
    Operation<SendEvent, Sent> send(Send what);

    /**
     * Meets the sender of a code: on the local network, or through the hash table. Completes with what it offers; nothing has been fetched yet.
     * Fails with kind DENIED for a wrong code, NO_PROVIDER for one that is unknown or has expired, USAGE for what is no code.
     */
    CompletableFuture<Met> meet(String code);

    /** What contacts have sent to this node since it started and you have not settled, the latest first. */
    List<Met> gifts();

    /**
     * Says what you do with what a sender offers. What you are taking is remembered: the sender hears when fetches of this node have it all,
     * even if that is in a later run. Completes when the sender has heard, or cannot be reached. Fails with kind USAGE if no such
     * meeting is open here.
     *
     * @param ticket of {@link Met}
     */
    CompletableFuture<Void> settle(String ticket, Settlement settlement);

    /** Figures since start. */
    CodeStatistics statistics();

    /**
     * What to send: paths or a text. An {@link IllegalArgumentException} says that there is neither, or that a number is out of range.
     *
     * @param paths files and folders; none if there is a text
     * @param text null if there are paths
     * @param seconds how long the code is good, or it is offered to contacts
     * @param times how many receivers may use the code
     * @param to contacts, groups and node ids, which need no code; none for a code
     */
    record Send(
            List<Path> paths,
            ShareOptions options,
            @Nullable String text,
            int seconds,
            int times,
            List<String> to) {
        public Send {
            paths = List.copyOf(paths);
            to = List.copyOf(to);
            within(to.size(), 0, RECIPIENTS_MAX, "names");
            within(seconds, 1, FOR_SECONDS_MAX, "seconds");
            within(times, 1, TIMES_MAX, "receivers");
            if (paths.isEmpty() == (text == null) || paths.size() > PATHS_MAX) {
                throw new IllegalArgumentException("send a text, or 1 to " + PATHS_MAX + " paths");
            }
            if (text != null && text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
                throw new IllegalArgumentException("a text has at most " + TEXT_BYTES_MAX + " bytes");
            }
        }

        private static void within(int number, int min, int max, String what) {
            if (number < min || number > max) {
                throw new IllegalArgumentException(number + " " + what + " are not from " + min + " to " + max);
            }
        }
    }

    /** What happens while something is sent. */
    sealed interface SendEvent {
        /** What it describes: a later event of the same subject replaces it. */
        default Object subject() {
            return getClass();
        }

        /** Bytes hashed so far. */
        record Hashing(Node.HashProgress progress) implements SendEvent {}

        /** The code is good from now on. */
        record Ready(String code, long expiresMillis) implements SendEvent {}

        /** Somebody tried a wrong code. */
        record WrongTry(int left) implements SendEvent {}

        /** A receiver used the code, and may now fetch. */
        record Taken(Person receiver) implements SendEvent {
            @Override
            public Object subject() {
                return this;
            }
        }

        /** A recipient stands otherwise to what is sent. */
        record Changed(Recipient recipient) implements SendEvent {
            @Override
            public Object subject() {
                return recipient.person();
            }
        }
    }

    /** One to whom something is sent. */
    record Recipient(Person person, Stand stand) {}

    /** How a recipient stands to what is sent. */
    enum Stand {
        /** Its node cannot be reached so far; it is told when it can. */
        UNREACHABLE,
        /** Its node takes nothing from this one. */
        REFUSED,
        /** It used the code, or its node was told. */
        TOLD,
        /** It stopped before it had everything, and may go on: a code is good for it again. */
        STOPPED,
        /** It is gone without a word before it had everything, and may go on: a code is good for it again. */
        GONE,
        /** It does not take it. */
        DECLINED,
        /** It has everything. */
        RECEIVED
    }

    /** What you do with what a sender offers. */
    enum Settlement {
        /** You take it from now on. */
        TAKING,
        /** You have everything; a gift leaves {@link #gifts}. */
        RECEIVED,
        /** You do not want it; a gift leaves {@link #gifts}. */
        DECLINED,
        /** You take nothing for now, and may go on later. */
        STOPPED
    }

    /**
     * The other side.
     *
     * @param who your name for the node; null if it has none
     * @param claims what the node calls itself; never trusted
     * @param phrase short words that both sides see if nobody is between them; empty without a code
     */
    record Person(NodeId node, @Nullable String who, String claims, String phrase) {}

    /**
     * Figures since the node's start.
     *
     * @param open codes that are good now
     * @param made codes that were made
     * @param used how often a receiver knew a code
     * @param wrongTries how often one did not
     * @param met codes of others that this node used
     * @param gifts what contacts have sent here
     */
    record CodeStatistics(int open, long made, long used, long wrongTries, long met, long gifts) {}

    /**
     * How sending ended.
     *
     * @param receivers who has it: those who said so, and those who were handed a text
     * @param lacking who was to have it, or used the code, and has not said that it has it
     */
    record Sent(End end, List<Person> receivers, List<Recipient> lacking) {
        public Sent {
            receivers = List.copyOf(receivers);
            lacking = List.copyOf(lacking);
        }
    }

    /** How sending ended. */
    enum End {
        /** As many as were to have it have met or answered, and some of them have it. */
        USED,
        /** Its time is over. */
        EXPIRED,
        /** Too many wrong codes were tried. */
        GUESSED,
        /** Who used it has not taken what was offered: nobody has it. */
        DECLINED,
        /** Who used it has not said that it has what was offered: perhaps nobody has it. */
        SILENT
    }

    /**
     * What a sender offers.
     *
     * @param ticket names it for {@link #settle}
     * @param items its shares
     * @param text null if there is none
     */
    record Met(
            String ticket,
            Person sender,
            List<Item> items,
            @Nullable String text) {
        public Met {
            items = List.copyOf(items);
        }
    }

    /**
     * One share of a sender.
     *
     * @param target with its name and size as the sender says, and its secret
     */
    record Item(FetchTarget target, int files) {}
}
