package io.cairn.transfer.protocol.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.crypto.WordExchange;
import io.cairn.dht.crypto.WordExchange.Parties;
import io.cairn.dht.crypto.WordExchange.Role;
import io.cairn.dht.crypto.WordKey;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.code.CodeStep.Receipt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Bodies about codes: those of the specification, and those of strangers. */
class CodeCodecTest {
    private static final Path PAGE = Path.of("..", "docs", "protocol", "codes.md");
    private static final Pattern VECTOR =
            Pattern.compile("^\\| `([\\w, ]+)` \\| `([0-9a-f]+)` \\|$", Pattern.MULTILINE);
    private static final Key SHARE = Key.ofContent("cairn".getBytes(StandardCharsets.US_ASCII));

    /** Draws of 32 bytes: SHA-256 of a label and a count, so that the exchange of the specification can be repeated. */
    private static final class Counted implements RandomGenerator {
        private final String label;
        private int count;

        Counted(String label) {
            this.label = label;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            byte[] digest = DigestUtils.sha256(label + " " + ++count);
            System.arraycopy(digest, 0, bytes, 0, bytes.length);
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException("an exchange draws bytes");
        }
    }

    @Test
    void theSpecificationsVectorsAreWhatIsWritten() throws Exception {
        assertThat(vectors()).isEqualTo(written());
    }

    private static Map<String, String> written() throws Exception {
        Parties parties =
                new Parties(NodeId.of(DigestUtils.sha1("sender")), NodeId.of(DigestUtils.sha1("receiver")), 7);
        WordExchange receiver = new WordExchange(Role.RECEIVER, parties, "orbit-lamp", new Counted("receiver"));
        WordExchange sender = new WordExchange(Role.SENDER, parties, "orbit-lamp", new Counted("sender"));
        byte[] senderSecond = sender.second(receiver.first());
        byte[] receiverSecond = receiver.second(sender.first());
        WordKey senderKey = sender.key(receiverSecond);
        WordKey receiverKey = receiver.key(senderSecond);
        Map<String, String> written = new LinkedHashMap<>();
        put(written, "receiver first", receiver.first());
        put(written, "sender first", sender.first());
        put(written, "sender second", senderSecond);
        put(written, "receiver second", receiverSecond);
        put(written, "receiver tag", receiverKey.tag());
        put(written, "sender tag", senderKey.tag());
        put(written, "receiver seal", receiverKey.seal("ann@laptop".getBytes(StandardCharsets.US_ASCII)));
        written.put("phrase", String.format("%08x", senderKey.phrase()));
        put(written, "FIND", CodeCodec.encode(new CodeStep.Find(7)));
        put(written, "SETTLE", CodeCodec.encode(new CodeStep.Settle(filled(16), Receipt.RECEIVED)));
        put(written, "SETTLE, stopped", CodeCodec.encode(new CodeStep.Settle(filled(16), Receipt.STOPPED)));
        put(written, "WITHDRAW", CodeCodec.encode(new CodeStep.Withdraw(filled(16))));
        put(written, "OPEN", CodeCodec.encode(new CodeReply.Open()));
        put(written, "DENIED", CodeCodec.encode(new CodeReply.Denied(2)));
        put(written, "UNKNOWN", CodeCodec.encode(new CodeReply.Unknown()));
        put(written, "BUSY", CodeCodec.encode(new CodeReply.Busy()));
        put(written, "OFFERING", CodeCodec.encode(offering()));
        return written;
    }

    private static void put(Map<String, String> written, String name, byte[] bytes) {
        written.put(name, HexFormat.of().formatHex(bytes));
    }

    private static Offering offering() {
        return new Offering(
                filled(16),
                "bob@desk",
                List.of(new Offering.Item(SHARE, ShareSecret.of(filled(16)), "film.mkv", 1_471_026_299L, 1)),
                "words");
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 1);
        return bytes;
    }

    @Test
    void everyStepAndReplyIsReadAsItWasWritten() throws MalformedException {
        for (CodeStep step : steps()) {
            byte[] bytes = CodeCodec.encode(step);
            CodeStep read = CodeCodec.decodeStep(bytes);
            assertThat(read).hasSameClassAs(step);
            assertThat(CodeCodec.encode(read)).isEqualTo(bytes);
        }
        for (CodeReply reply : replies()) {
            byte[] bytes = CodeCodec.encode(reply);
            CodeReply read = CodeCodec.decodeReply(bytes);
            assertThat(read).hasSameClassAs(reply);
            assertThat(CodeCodec.encode(read)).isEqualTo(bytes);
        }
        Offering read = CodeCodec.decodeOffering(CodeCodec.encode(offering()));
        assertThat(read.items()).isEqualTo(offering().items());
        assertThat(read.text()).isEqualTo("words");
    }

    @Test
    void whatGoesBeyondALimitIsRefused() {
        for (CodeStep step : List.of(
                new CodeStep.Find(0),
                new CodeStep.Find(10_000),
                new CodeStep.Begin(7, new byte[WordExchange.FIRST_BYTES + 1]),
                new CodeStep.Confirm(new byte[15], new byte[98], new byte[32], new byte[0]),
                new CodeStep.Confirm(new byte[16], new byte[98], new byte[32], new byte[200]),
                new CodeStep.Withdraw(new byte[17]),
                new CodeStep.Settle(new byte[0], Receipt.RECEIVED))) {
            assertThatThrownBy(() -> CodeCodec.decodeStep(CodeCodec.encode(step)))
                    .isInstanceOf(MalformedException.class);
        }
        Offering.Item item = offering().items().get(0);
        for (Offering offering : List.of(
                new Offering(filled(16), "", List.of(), null),
                new Offering(filled(15), "", List.of(item), null),
                new Offering(filled(16), "x".repeat(129), List.of(item), null),
                new Offering(filled(16), "", Collections.nCopies(65, item), null),
                new Offering(filled(16), "", List.of(new Offering.Item(SHARE, null, "x".repeat(256), 1, 1)), null),
                new Offering(filled(16), "", List.of(new Offering.Item(SHARE, null, "x", -1, 1)), null),
                new Offering(filled(16), "", List.of(), "x".repeat(Offering.TEXT_BYTES_MAX + 1)))) {
            assertThatThrownBy(() -> CodeCodec.decodeOffering(CodeCodec.encode(offering)))
                    .isInstanceOf(MalformedException.class);
        }
    }

    @RepeatedTest(10)
    void strangersBytesAreReadOrMalformedAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<byte[]> valid = List.of(
                CodeCodec.encode(offering()),
                CodeCodec.encode(steps().get(2)),
                CodeCodec.encode(replies().get(1)));
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = i % 2 == 0
                    ? new byte[random.nextInt(200)]
                    : valid.get(random.nextInt(valid.size())).clone();
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            }
            for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            read(seed, () -> CodeCodec.decodeStep(bytes));
            read(seed, () -> CodeCodec.decodeReply(bytes));
            read(seed, () -> CodeCodec.decodeOffering(bytes));
        }
    }

    private static void read(long seed, Reading reading) {
        try {
            assertThat(reading.read()).isNotNull();
        } catch (MalformedException expected) {
            assertThat(expected).as("seed " + seed).hasMessageMatching("(?s).+");
        }
    }

    private interface Reading {
        Object read() throws MalformedException;
    }

    private static List<CodeStep> steps() {
        return List.of(
                new CodeStep.Find(9_999),
                new CodeStep.Begin(1, filled(WordExchange.FIRST_BYTES)),
                new CodeStep.Confirm(
                        filled(16), filled(WordExchange.SECOND_BYTES), filled(WordKey.TAG_BYTES), filled(40)),
                new CodeStep.Settle(filled(16), Receipt.DECLINED),
                new CodeStep.Settle(filled(16), Receipt.STOPPED),
                new CodeStep.Withdraw(filled(16)));
    }

    private static List<CodeReply> replies() {
        return List.of(
                new CodeReply.Open(),
                new CodeReply.Begun(filled(16), filled(WordExchange.FIRST_BYTES), filled(WordExchange.SECOND_BYTES)),
                new CodeReply.Accepted(filled(WordKey.TAG_BYTES), filled(500)),
                new CodeReply.Denied(0),
                new CodeReply.Unknown(),
                new CodeReply.Busy());
    }

    /** Prints the table of the specification. */
    public static void main(String[] arguments) throws Exception {
        written().forEach((name, bytes) -> System.out.println("| `" + name + "` | `" + bytes + "` |"));
    }

    private static Map<String, String> vectors() throws IOException {
        Map<String, String> vectors = new LinkedHashMap<>();
        Matcher matcher = VECTOR.matcher(Files.readString(PAGE));
        while (matcher.find()) {
            vectors.put(matcher.group(1), matcher.group(2));
        }
        return vectors;
    }
}
