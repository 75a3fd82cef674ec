package io.cairn.app;

import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Small values under names, each of one publisher: only that node can change it, and everybody can read it. Thread-safe. Futures fail with a
 * {@link CairnException}.
 */
public interface Values {
    /** Longest content in bytes. What is longer is shared as a file, and its hash is the value. */
    int CONTENT_BYTES_MAX = 512;

    /** Longest name in bytes of UTF-8. */
    int NAME_BYTES_MAX = 128;

    /**
     * Writes a value of this node. It is kept here and renewed while a node runs on this data directory, and sent as soon as there is a
     * network. Fails with kind EXISTS if the newest version is not the expected one, and changes nothing then.
     */
    CompletableFuture<Written> put(Put put);

    /** Reads the newest version of a value. Fails with kind NO_PROVIDER if no node has it. */
    CompletableFuture<Read> get(Name name);

    /**
     * A value to write.
     *
     * @param content at most {@link #CONTENT_BYTES_MAX} bytes
     * @param ifSequence the sequence that the newest version must have, 0 if there must be none; null to write in any case. Two machines
     *     that share an identity can still both succeed
     */
    record Put(String name, ByteBuffer content, @Nullable Long ifSequence) {
        public Put {
            content = content.asReadOnlyBuffer();
        }
    }

    /**
     * A value that was written.
     *
     * @param sequence its version: when it was written, in milliseconds since 1970, or more if an earlier version has that already
     * @param storedOn nodes that hold it now, this one included if it is among the closest; 0 if it will be sent later
     * @param targets nodes that were to hold it
     */
    record Written(Name name, long sequence, int bytes, int storedOn, int targets) {}

    /**
     * A value that was read.
     *
     * @param sequence its version
     * @param ageMillis since it was written, by the clocks of publisher and reader; at least 0
     */
    record Read(Name name, ByteBuffer content, long sequence, long ageMillis) {
        public Read {
            content = content.asReadOnlyBuffer();
        }
    }

    /** The name of a value and whose it is, in text {@code NAME@PUBLISHER}, where the publisher is a node id of 40 hexadecimal digits. */
    record Name(String name, NodeId publisher) {
        private static final Pattern TEXT = Pattern.compile("(.+)@([0-9a-fA-F]{40})");

        /**
         * Checks a name and brings it into Unicode form NFC.
         *
         * @throws CairnException of kind USAGE if it is empty or too long, or holds control characters, white space at its ends, or an {@code @}
         */
        public static String checked(String name) throws CairnException {
            String normal = Normalizer.normalize(name, Normalizer.Form.NFC);
            int bytes = normal.getBytes(StandardCharsets.UTF_8).length;
            if (normal.isBlank() || !normal.equals(normal.strip())) {
                throw wrong(name, "it is empty or begins or ends with white space");
            }
            if (bytes > Values.NAME_BYTES_MAX) {
                throw wrong(name, "it has " + bytes + " bytes in UTF-8; at most " + Values.NAME_BYTES_MAX + " fit");
            }
            if (normal.codePoints().anyMatch(point -> point == '@' || Character.isISOControl(point))) {
                throw wrong(name, "it contains @ or a control character");
            }
            return normal;
        }

        /** The name and publisher in a text; empty if it has another form. */
        public static Optional<Name> parse(String text) throws CairnException {
            Matcher parts = TEXT.matcher(text.strip());
            return parts.matches()
                    ? Optional.of(new Name(checked(parts.group(1)), NodeId.fromHex(parts.group(2))))
                    : Optional.empty();
        }

        /** {@code NAME@PUBLISHER}. */
        @Override
        public String toString() {
            return name + "@" + publisher.toHex();
        }

        private static CairnException wrong(String name, String why) {
            return new CairnException(
                    CairnException.Kind.USAGE, "not a name: " + name, why, "choose a name of 1 to 128 bytes without @");
        }
    }
}
