package io.cairn.app;

import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sending to a person who was told a short code, or to a contact. Beneath is an ordinary share for some alone. Thread-safe. Futures fail with a
 * {@link CairnException}.
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

    /** Most receivers of one code. */
    int TIMES_MAX = 100;

    /** Most paths that are sent at once; a folder that holds them is one. */
    int PATHS_MAX = 64;

    /**
     * Offers files or a text under a code, or to a contact. The events say what happens; the result comes when the code is used up or has expired,
     * or the contact has been told. Cancelling the future withdraws the code.
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
     * Tells the sender that you need it no more, so that it can stop offering; a gift leaves {@link #gifts}. Completes when it has heard, or
     * cannot be reached. Fails with kind USAGE if no such meeting is open here.
     *
     * @param ticket of {@link Met}
     * @param received whether you took what it offered
     */
    CompletableFuture<Void> settle(String ticket, boolean received);

    /** Figures since start. */
    CodeStatistics statistics();

    /**
     * What to send: paths or a text. An {@link IllegalArgumentException} says that there is neither, or that a number is out of range.
     *
     * @param paths files and folders; none if there is a text
     * @param text null if there are paths
     * @param seconds how long the code is good
     * @param times how many receivers may use it
     * @param to a contact or node id, which needs no code; null for a code
     */
    record Send(
            List<Path> paths,
            ShareOptions options,
            @Nullable String text,
            int seconds,
            int times,
            @Nullable String to) {
        public Send {
            paths = List.copyOf(paths);
            within(seconds, FOR_SECONDS_MAX, "seconds");
            within(times, TIMES_MAX, "receivers");
            if (paths.isEmpty() == (text == null) || paths.size() > PATHS_MAX) {
                throw new IllegalArgumentException("send a text, or 1 to " + PATHS_MAX + " paths");
            }
            if (text != null && text.getBytes(StandardCharsets.UTF_8).length > TEXT_BYTES_MAX) {
                throw new IllegalArgumentException("a text has at most " + TEXT_BYTES_MAX + " bytes");
            }
        }

        private static void within(int number, int max, String what) {
            if (number < 1 || number > max) {
                throw new IllegalArgumentException(number + " " + what + " are not from 1 to " + max);
            }
        }
    }

    /** What happens while something is sent. */
    sealed interface SendEvent {
        /** Bytes hashed so far. */
        record Hashing(Node.HashProgress progress) implements SendEvent {}

        /** The code is good from now on. */
        record Ready(String code, long expiresMillis) implements SendEvent {}

        /** Somebody tried a wrong code. */
        record WrongTry(int left) implements SendEvent {}

        /** A receiver used the code, and may now fetch. */
        record Taken(Person receiver) implements SendEvent {}
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
     */
    record Sent(End end, List<Person> receivers) {
        public Sent {
            receivers = List.copyOf(receivers);
        }
    }

    /** How a code ended. */
    enum End {
        /** As many as were to have it have met, and some of them have it. */
        USED,
        /** The contact has it from now on: it was told. */
        TOLD,
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
