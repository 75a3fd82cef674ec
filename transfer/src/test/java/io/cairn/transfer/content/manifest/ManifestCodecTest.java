package io.cairn.transfer.content.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Key;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestCodecTest {
    private static final String PIECE = "d4:name1:x12:piece lengthi16384e6:pieces20:" + "p".repeat(20);

    /** A folder of one byte, and what follows its pad entry. */
    private static final String PADDED = "d5:filesld6:lengthi1e4:pathl1:aee";

    private static final String PADDED_END = "4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp";

    @Test
    void foreignPaddingIsNoFile() throws InvalidManifestException {
        String pad = "d4:attr2:xp6:lengthi16383e4:pathl4:.pad1:7eee";
        String whole = PADDED + pad + PADDED_END + "6:sha25632:" + "s".repeat(32) + "e";
        Manifest manifest = ManifestCodec.parse(whole.getBytes(ISO_8859_1));
        assertThat(manifest.files()).containsExactly(new FileEntry(path("a"), 1, false));
        assertThat(manifest.totalBytes()).isEqualTo(1);
        assertThat(manifest.chunkLength(0)).isEqualTo(1);
        assertThat(manifest.chunkZeros(0)).isEqualTo(16_383);
        assertThat(manifest.toBytes()).isEqualTo(whole.getBytes(ISO_8859_1));
    }

    @Test
    void aRealFileMayHaveTheNameOfPadding() throws InvalidManifestException {
        List<FileEntry> files =
                List.of(new FileEntry(path(".pad", "16383"), 1, false), new FileEntry(path("large"), 16_384, false));
        Padding padding = Padding.aligning(files, 16_384);
        Manifest manifest = ManifestCodec.build(
                "x", true, 16_384, files, List.of(), new byte[40], new byte[64], padding, List.of());
        assertThat(manifest.toBytes()).asString(ISO_8859_1).contains("d4:attr1:p6:lengthi16383e4:pathl4:.pad5:16383ee");
        Manifest read = ManifestCodec.parse(manifest.toBytes());
        assertThat(read.files()).isEqualTo(files);
        assertThat(read.chunkOffset(1)).isEqualTo(16_384);
        assertThat(read.chunkZeros(0)).isEqualTo(16_383);
        assertThat(read.chunkZeros(1)).isZero();
    }

    @Test
    void aFolderSurvivesTheRoundTrip() throws InvalidManifestException {
        Manifest manifest = folder();
        Manifest read = ManifestCodec.parse(manifest.toBytes());
        assertThat(read.hash()).isEqualTo(manifest.hash()).isEqualTo(Key.ofContent(manifest.toBytes()));
        assertThat(read.name()).isEqualTo("two\nlines \"日本\"");
        assertThat(read.isFolder()).isTrue();
        assertThat(read.files()).isEqualTo(manifest.files());
        assertThat(read.emptyFolders()).isEqualTo(manifest.emptyFolders());
        assertThat(read.chunkCount()).isEqualTo(2);
        assertThat(read.totalBytes()).isEqualTo(16_385);
        assertThat(read.chunkLength(1)).isEqualTo(1);
    }

    @Test
    void aFileThatIsExecutableSaysSo() throws InvalidManifestException {
        FileEntry entry = new FileEntry(path("run.sh"), 3, true);
        Manifest manifest =
                ManifestCodec.build("run.sh", false, 1 << 18, List.of(entry), List.of(), new byte[20], new byte[32]);
        assertThat(manifest.toBytes()).asString(ISO_8859_1).startsWith("d4:attr1:x6:lengthi3e4:name6:run.sh");
        assertThat(ManifestCodec.parse(manifest.toBytes()).files()).containsExactly(entry);
    }

    @Test
    void contentWithoutAByteHasNoChunk() throws InvalidManifestException {
        Manifest empty = ManifestCodec.build(
                "e", false, 1 << 18, List.of(new FileEntry(path("e"), 0, false)), List.of(), new byte[0], new byte[0]);
        assertThat(empty.chunkCount()).isZero();
        Manifest emptyFolder = ManifestCodec.build("e", true, 1 << 18, List.of(), List.of(), new byte[0], new byte[0]);
        assertThat(emptyFolder.isFolder()).isTrue();
        assertThat(ManifestCodec.parse(emptyFolder.toBytes()).files()).isEmpty();
    }

    @Test
    void aForeignDictionaryKeepsItsInfohash() throws InvalidManifestException {
        byte[] info = ("d6:lengthi1e" + PIECE.substring(1) + "7:privatei1e6:sha25632:" + "s".repeat(32)
                        + "6:source3:abce")
                .getBytes(ISO_8859_1);
        Manifest manifest =
                TorrentFile.parse(("d8:announce3:url4:info" + new String(info, ISO_8859_1) + "e").getBytes(ISO_8859_1));
        assertThat(manifest.hash()).isEqualTo(Key.ofContent(info));
        assertThat(TorrentFile.parse(TorrentFile.encode(manifest))).isEqualTo(manifest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i1e",
                "de",
                "d6:lengthi1e4:name1:x12:piece lengthi16384ee", // neither pieces nor sha256
                "d6:lengthi1e4:name2:..12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name3:a/b12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:\u00ff12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi-1e4:name1:x12:piece lengthi16384e6:pieces0:",
                "d6:lengthi0e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi16385e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi9223372036854775807e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi8192e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi20000e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi134217728e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi0e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi-16384e6:pieces20:pppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi16384e6:pieces19:ppppppppppppppppppp",
                "d6:lengthi1e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp6:sha25631:sssssssssssssssssssssssssssssss",
                "d5:filesle6:lengthi1e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d10:empty dirsll1:aee6:lengthi1e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d5:filesld6:lengthi1e4:pathleee4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d5:filesld6:lengthi1e4:pathl2:..1:aeee4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d5:filesld4:attr1:p6:lengthi1e4:pathl1:aeee4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp",
                "d4:attr1:p6:lengthi1e4:name1:x12:piece lengthi16384e6:pieces20:pppppppppppppppppppp", // only padding
                PADDED + "d4:attr1:l6:lengthi16383e4:pathl1:peee" + PADDED_END, // a link
                PADDED + "d4:attr1:p6:lengthi0e4:pathl1:peee" + PADDED_END,
                PADDED + "d4:attr1:p6:lengthi16382e4:pathl1:peee" + PADDED_END, // not to the end of the chunk
                PADDED + "d4:attr1:p6:lengthi32767e4:pathl1:peee" + PADDED_END, // more than its chunk
                PADDED + "d4:attr1:p6:lengthi9223372036854775806e4:pathl1:peee" + PADDED_END,
                PADDED + "d4:attr1:p6:lengthi-1e4:pathl1:peee" + PADDED_END,
                PADDED + "d4:attr1:p6:lengthi16383e4:pathl2:..1:peee" + PADDED_END,
                PADDED + "d4:attr1:p6:lengthi16383e4:pathl1:peed4:attr1:p6:lengthi16384e4:pathl1:peee"
                        + "4:name1:x12:piece lengthi16384e6:pieces40:pppppppppppppppppppppppppppppppppppppppp6:sha25664:"
                        + "ssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss", // one after another
                "d5:filesld6:lengthi9223372036854775807e4:pathl1:aeed6:lengthi2e4:pathl1:beee4:name1:x"
                        + "12:piece lengthi16384e6:pieces20:pppppppppppppppppppp"
            })
    void whatContradictsItselfIsRefused(String text) {
        String sums = text.contains("sha256") ? "" : "6:sha25632:" + "s".repeat(32);
        String whole = text.contains("pieces") ? text + sums + "e" : text;
        assertThatThrownBy(() -> ManifestCodec.parse(whole.getBytes(ISO_8859_1)))
                .isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void aManifestWithoutSha256IsRefused() {
        String valid = "d6:lengthi1e" + PIECE.substring(1) + "6:sha25632:" + "s".repeat(32) + "e";
        assertThatCode(() -> ManifestCodec.parse(valid.getBytes(ISO_8859_1))).doesNotThrowAnyException();
        String without = "d6:lengthi1e" + PIECE.substring(1) + "e";
        assertThatThrownBy(() -> ManifestCodec.parse(without.getBytes(ISO_8859_1)))
                .isInstanceOf(InvalidManifestException.class)
                .hasMessageContaining("no 'sha256'");
    }

    @Test
    void whoBuildsIsHeldToTheSameRules() {
        List<FileEntry> colliding = List.of(new FileEntry(path("A"), 0, false), new FileEntry(path("a"), 0, false));
        assertThatThrownBy(
                        () -> ManifestCodec.build("x", true, 1 << 18, colliding, List.of(), new byte[0], new byte[0]))
                .isInstanceOf(InvalidManifestException.class);
        assertThatThrownBy(
                        () -> ManifestCodec.build("x", true, 1 << 18, List.of(), List.of(), new byte[20], new byte[32]))
                .isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void mutatedManifestsAreRefusedOrStillConsistent() throws InvalidManifestException {
        long seed = 47;
        Random random = new Random(seed);
        List<byte[]> manifests = List.of(folder().toBytes(), aligned().toBytes());
        for (int round = 0; round < 30_000; round++) {
            byte[] bytes = manifests.get(round % 2).clone();
            for (int i = 0; i <= random.nextInt(3); i++) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : '0' + random.nextInt(10));
            }
            assertRefusedOrConsistent(bytes, "seed " + seed + " round " + round);
        }
    }

    private static void assertRefusedOrConsistent(byte[] bytes, String where) {
        Manifest manifest;
        try {
            manifest = ManifestCodec.parse(bytes);
        } catch (InvalidManifestException refused) {
            return;
        }
        long total = 0;
        for (int chunk = 0; chunk < manifest.chunkCount(); chunk++) {
            total += manifest.chunkLength(chunk);
        }
        assertThat(total).as(where).isEqualTo(manifest.totalBytes());
    }

    private static Manifest folder() throws InvalidManifestException {
        return ManifestCodec.build(
                "two\nlines \"日本\"",
                true,
                16_384,
                List.of(
                        new FileEntry(path("a", "é b"), 16_000, true),
                        new FileEntry(path("a", "empty"), 0, false),
                        new FileEntry(path("z"), 385, false)),
                List.of(path("b"), path("c", "d")),
                "0123456789012345678901234567890123456789".getBytes(UTF_8),
                new byte[64]);
    }

    private static Manifest aligned() throws InvalidManifestException {
        List<FileEntry> files = List.of(
                new FileEntry(path("a"), 5, false),
                new FileEntry(path("b"), 16_385, false),
                new FileEntry(path("c"), 7, false),
                new FileEntry(path("d"), 16_384, false));
        return ManifestCodec.build(
                "aligned",
                true,
                16_384,
                files,
                List.of(),
                new byte[20 * 5],
                new byte[32 * 5],
                Padding.aligning(files, 16_384),
                List.of());
    }

    private static SharePath path(String... components) {
        return new SharePath(List.of(components));
    }
}
