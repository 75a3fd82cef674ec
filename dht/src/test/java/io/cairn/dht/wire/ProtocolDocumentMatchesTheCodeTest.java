package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.ProtocolDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.Stream;
import org.apache.commons.codec.DecoderException;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.Test;

/** A change of only the codec or only the document fails here, and the failure shows the vectors as computed by the code. */
class ProtocolDocumentMatchesTheCodeTest {
    /** Vectors of other packages, whose own tests read them. */
    private static final List<String> ELSEWHERE = List.of("local-discovery", "service-keys");

    private final Map<String, Map<String, String>> documented = new LinkedHashMap<>(ProtocolDocument.vectors());

    @Test
    void everyVectorIsWhatTheCodeComputesAndNoneIsMissing() {
        Map<String, Map<String, String>> computed = ProtocolVectors.computed();
        assertThat(documented.keySet()).containsAll(ELSEWHERE);
        ELSEWHERE.forEach(documented::remove);
        assertThat(documented)
                .as(() -> "docs/PROTOCOL.md; the code has:\n" + text(computed))
                .isEqualTo(computed);
    }

    @Test
    void theDatagramsOfTheDocumentOpenAndSayWhatItSays() throws DecoderException, MalformedException {
        DatagramCodec codec = new DatagramCodec(ProtocolVectors.BOB);
        for (Map.Entry<String, Datagram> expected :
                ProtocolVectors.datagramsByName().entrySet()) {
            Map<String, String> vector = documented.get(expected.getKey());
            assertThat(vector).as(expected.getKey()).isNotNull();
            byte[] bytes = Hex.decodeHex(vector.getOrDefault("datagram", ""));
            Samples.assertSame(codec.open(SealedPacket.of(bytes)).verify(), expected.getValue());
        }
    }

    @Test
    void everyMessageAndTypeOfRecordIsNamed() {
        String document = ProtocolDocument.text();
        assertThat(kinds(Message.class))
                .hasSizeGreaterThan(5)
                .allSatisfy(kind -> assertThat(document)
                        .contains("| `"
                                + kind.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT) + "` |"));
        assertThat(RecordType.values())
                .allSatisfy(type -> assertThat(document).contains(type.number() + " " + type.name() + ":"));
    }

    private static Stream<String> kinds(Class<?> sealed) {
        Class<?>[] permitted = sealed.getPermittedSubclasses();
        return permitted == null
                ? Stream.of(sealed.getSimpleName())
                : Stream.of(permitted).flatMap(ProtocolDocumentMatchesTheCodeTest::kinds);
    }

    private static String text(Map<String, Map<String, String>> vectors) {
        StringJoiner blocks = new StringJoiner("\n");
        vectors.forEach((name, fields) -> {
            blocks.add("```vector " + name);
            fields.forEach((field, value) -> blocks.add((field + " = " + value).strip()));
            blocks.add("```");
        });
        return blocks.toString();
    }
}
