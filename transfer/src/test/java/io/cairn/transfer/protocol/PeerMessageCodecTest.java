package io.cairn.transfer.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Key;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ChunkSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Peer messages on the wire: the vectors of the specification, round trips, and malformed input from strangers. */
final class PeerMessageCodecTest {
    private static final Pattern VECTOR = Pattern.compile("\\| `([A-Z_]+)` \\| `([0-9a-f]+)` \\|");
    private static final Key SHARE = Key.ofContent("cairn".getBytes(StandardCharsets.US_ASCII));

    @Test
    void theVectorsOfTheSpecificationAreWhatIsSent() throws Exception {
        Map<String, String> vectors = vectors();
        Map<String, PeerMessage> examples = PeerMessageExamples.byName();
        assertThat(vectors.keySet()).containsExactlyElementsOf(examples.keySet());
        for (Map.Entry<String, PeerMessage> example : examples.entrySet()) {
            String hex = vectors.get(example.getKey());
            assertThat(Hex.encodeHexString(PeerMessageCodec.encode(example.getValue())))
                    .as(example.getKey())
                    .isEqualTo(hex);
            assertThat(PeerMessageCodec.decode(Hex.decodeHex(hex))).isEqualTo(example.getValue());
        }
    }

    @Test
    void theLargestMessagesFitAFrame() throws MalformedException {
        byte[] part = new byte[ProtocolLimits.MANIFEST_PART_BYTES_MAX];
        ChunkSet all = ChunkSet.all(ProtocolLimits.CHUNK_COUNT_MAX);
        List<Integer> chunks = IntStream.range(0, ProtocolLimits.CHUNKS_PER_MESSAGE_MAX)
                .mapToObj(i -> ProtocolLimits.CHUNK_COUNT_MAX - 1 - i)
                .toList();
        int room = ProtocolLimits.MESSAGE_FRAME_BYTES_MAX - 1_024;
        for (PeerMessage message : List.of(
                new PeerMessage.ManifestPart(SHARE, 0, ProtocolLimits.MANIFEST_BYTES_MAX, part),
                new PeerMessage.ManifestPart(SHARE, 0, 0xffff_ffffL, part),
                new PeerMessage.Have(SHARE, all),
                new PeerMessage.Want(SHARE, chunks))) {
            byte[] encoded = PeerMessageCodec.encode(message);
            assertThat(encoded.length).isLessThan(room);
            assertThat(PeerMessageCodec.decode(encoded)).isEqualTo(message);
        }
    }

    @Test
    void whatGoesBeyondALimitIsRefused() {
        List<Integer> tooMany = IntStream.rangeClosed(0, ProtocolLimits.CHUNKS_PER_MESSAGE_MAX)
                .boxed()
                .toList();
        Fingerprint fingerprint = Fingerprint.ofCertificate(new byte[0]);
        for (PeerMessage message : List.of(
                new PeerMessage.Want(SHARE, tooMany),
                new PeerMessage.Want(SHARE, List.of()),
                new PeerMessage.Want(SHARE, List.of(-1)),
                new PeerMessage.Chunks(SHARE, List.of(ProtocolLimits.CHUNK_COUNT_MAX)),
                new PeerMessage.ManifestPart(SHARE, 10, 10, new byte[1]),
                new PeerMessage.ManifestPart(SHARE, 0, 5, new byte[6]),
                new PeerMessage.ManifestPart(SHARE, 0, 5, new byte[0]),
                new PeerMessage.ManifestPart(SHARE, ProtocolLimits.MANIFEST_BYTES_MAX, 1L << 31, new byte[1]),
                new PeerMessage.ManifestRequest(SHARE, -1),
                new PeerMessage.Peers(SHARE, List.of()),
                new PeerMessage.Locate(List.of()),
                new PeerMessage.Located(List.of(new PeerMessage.Place(SHARE, SHARE, 0, 0))),
                new PeerMessage.Hello(fingerprint, fingerprint, 65_536, ""),
                new PeerMessage.Hello(fingerprint, fingerprint, 0, "x".repeat(65)))) {
            assertThatThrownBy(() -> PeerMessageCodec.decode(PeerMessageCodec.encode(message)))
                    .as(message.toString())
                    .isInstanceOf(MalformedException.class);
        }
    }

    @RepeatedTest(20)
    void randomBytesAreAMessageOrMalformedAndNothingElse() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<PeerMessage> messages =
                new ArrayList<>(PeerMessageExamples.byName().values());
        for (int i = 0; i < 2_000; i++) {
            byte[] bytes = i % 2 == 0
                    ? new byte[random.nextInt(200)]
                    : PeerMessageCodec.encode(messages.get(random.nextInt(messages.size())));
            if (i % 2 == 0) {
                random.nextBytes(bytes);
            }
            for (int flips = random.nextInt(4); flips >= 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                PeerMessage message = PeerMessageCodec.decode(bytes);
                assertThat(PeerMessageCodec.decode(PeerMessageCodec.encode(message)))
                        .as("seed " + seed)
                        .isEqualTo(message);
            } catch (MalformedException expected) {
                assertThat(expected).as("seed " + seed).hasMessageMatching("(?s).+");
            }
        }
    }

    private static Map<String, String> vectors() throws IOException, DecoderException {
        Path specification = Path.of("..", "docs", "protocol", "transfer.md");
        Map<String, String> vectors = new LinkedHashMap<>();
        Matcher matcher = VECTOR.matcher(Files.readString(specification));
        while (matcher.find()) {
            vectors.put(matcher.group(1), matcher.group(2));
        }
        return vectors;
    }
}
