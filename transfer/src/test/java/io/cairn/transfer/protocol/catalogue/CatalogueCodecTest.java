package io.cairn.transfer.protocol.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.MalformedException;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.proto.CatalogueEntry;
import io.cairn.transfer.protocol.proto.CataloguePage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.commons.codec.binary.Hex;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Catalogues on the wire: the vectors of the specification, bounds, and malformed input from strangers. */
final class CatalogueCodecTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "protocol", "catalogue.md");
    private static final Pattern VECTOR = Pattern.compile("\\| `([A-Z_]+)` \\| `([0-9a-f]+)` \\|");
    private static final Key SHARE = Key.ofContent("cairn".getBytes(StandardCharsets.US_ASCII));
    private static final CatalogueState STATE = new CatalogueState(0x0102030405060708L, 300, 2);
    private static final ListedShare OPEN =
            new ListedShare(SHARE, "Zürich.jpg", 1_048_576, false, 1, 1_700_000_000_000L, null);
    private static final ListedShare RESTRICTED = new ListedShare(
            SHARE,
            "holidays",
            7,
            true,
            3,
            1_700_000_000_000L,
            ShareSecret.fromText("000102030405060708090a0b0c0d0e0f"));
    private static final CatalogueDifference PAGE =
            new CatalogueDifference(true, STATE, true, List.of(ShareTag.of(SHARE)), List.of(OPEN, RESTRICTED));

    private final Random random = new Random(20_261_130);

    @Test
    void theVectorsOfTheSpecificationAreWhatIsSent() throws Exception {
        Map<String, String> vectors = new LinkedHashMap<>();
        VECTOR.matcher(Files.readString(DOCUMENT))
                .results()
                .forEach(found -> vectors.put(found.group(1), found.group(2)));
        CatalogueDifference unchanged = new CatalogueDifference(false, STATE, false, List.of(), List.of());
        assertThat(vectors)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "REQUEST", Hex.encodeHexString(CatalogueCodec.encode(STATE)),
                        "PAGE", Hex.encodeHexString(CatalogueCodec.encode(PAGE)),
                        "UNCHANGED", Hex.encodeHexString(CatalogueCodec.encode(unchanged))));
        assertThat(CatalogueCodec.decodeRequest(Hex.decodeHex(vectors.get("REQUEST"))))
                .isEqualTo(STATE);
        assertThat(CatalogueCodec.decodePage(Hex.decodeHex(vectors.get("PAGE"))))
                .isEqualTo(PAGE);
        assertThat(CatalogueCodec.decodePage(Hex.decodeHex(vectors.get("UNCHANGED"))))
                .isEqualTo(unchanged);
    }

    @Test
    void anEmptyRequestKnowsNothing() throws Exception {
        assertThat(CatalogueCodec.encode(CatalogueState.NONE)).isEmpty();
        assertThat(CatalogueCodec.decodeRequest(new byte[0])).isEqualTo(CatalogueState.NONE);
    }

    @Test
    void whatGoesBeyondALimitIsRefused() {
        for (ListedShare wrong : List.of(
                named(""),
                named("x".repeat(CatalogueLimits.NAME_BYTES_MAX + 1)),
                named("ü".repeat(CatalogueLimits.NAME_BYTES_MAX / 2 + 1)),
                new ListedShare(SHARE, "x", -1, false, 1, 0, null),
                new ListedShare(SHARE, "x", 0, false, -1, 0, null),
                new ListedShare(SHARE, "x", 0, false, 1, -1, null))) {
            refused(CatalogueCodec.encode(new CatalogueDifference(true, STATE, false, List.of(), List.of(wrong))));
        }
        CataloguePage.Builder page = CataloguePage.newBuilder().setEpoch(1);
        refused(CataloguePage.newBuilder().build());
        refused(page.clone().setOpen(-1).build());
        refused(page.clone().setRestricted(-1).build());
        refused(page.clone().setRemoved(ByteString.copyFrom(new byte[7])).build());
        CatalogueEntry.Builder entry =
                CatalogueEntry.newBuilder().setName("x").setHash(ByteString.copyFrom(new byte[20]));
        refused(page.clone()
                .addEntries(entry.clone().setHash(ByteString.copyFrom(new byte[21])))
                .build());
        refused(page.clone()
                .addEntries(entry.clone().setSecret(ByteString.copyFrom(new byte[15])))
                .build());
        refused(new byte[CatalogueLimits.PAGE_BYTES_MAX + 1]);
        assertThatThrownBy(() -> CatalogueCodec.decodeRequest(new byte[65])).isInstanceOf(MalformedException.class);
    }

    @Test
    void namesAreBytesOfStrangers() throws Exception {
        List<ListedShare> odd =
                List.of(named("\u202egpj.exe"), named("a\nb\u0000\u001b[2J"), named("../../etc/passwd"));
        CatalogueDifference page = new CatalogueDifference(false, STATE, false, List.of(), odd);
        assertThat(CatalogueCodec.decodePage(CatalogueCodec.encode(page))).isEqualTo(page);
    }

    @Test
    void anEntryTakesTheBytesThatAreCountedForIt() {
        for (ListedShare entry : List.of(OPEN, RESTRICTED, named("x".repeat(255)))) {
            int one = CatalogueCodec.encode(page(entry, 1)).length;
            int hundred = CatalogueCodec.encode(page(entry, 101)).length;
            assertThat((hundred - one) / 100.0).isLessThanOrEqualTo(CatalogueCodec.bytes(entry));
        }
        assertThat(CatalogueCodec.encode(new CatalogueDifference(
                                true,
                                new CatalogueState(-1, Long.MAX_VALUE, Long.MAX_VALUE),
                                true,
                                List.of(new ShareTag(1)),
                                List.of()))
                        .length)
                .isLessThanOrEqualTo(CatalogueLimits.PAGE_HEAD_BYTES + CatalogueLimits.REMOVAL_BYTES);
    }

    @RepeatedTest(200)
    void bytesOfStrangersAreAPageOrMalformed() {
        byte[] bytes = CatalogueCodec.encode(PAGE);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        decode(bytes);
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        decode(noise);
    }

    private static void decode(byte[] bytes) {
        try {
            CatalogueDifference page = CatalogueCodec.decodePage(bytes);
            assertThat(page.entries()).allMatch(entry -> entry.size() >= 0 && entry.files() >= 0);
        } catch (MalformedException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
    }

    private static void refused(CataloguePage page) {
        refused(page.toByteArray());
    }

    private static void refused(byte[] bytes) {
        assertThatThrownBy(() -> CatalogueCodec.decodePage(bytes)).isInstanceOf(MalformedException.class);
    }

    private static CatalogueDifference page(ListedShare entry, int count) {
        return new CatalogueDifference(
                false,
                STATE,
                false,
                List.of(),
                IntStream.range(0, count).mapToObj(i -> entry).toList());
    }

    private static ListedShare named(String name) {
        return new ListedShare(SHARE, name, 1, false, 1, 0, null);
    }
}
