package io.cairn.transfer.content.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BencodeHasOneEncodingTest {
    private static final ManifestLimits LIMITS = ManifestLimits.DEFAULT;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "i0e",
                "i-1e",
                "i9223372036854775807e",
                "0:",
                "3:abc",
                "le",
                "de",
                "d0:i1e1:ai2e1:bi3ee",
                "l0:i0ed1:aleee"
            })
    void whatHasItsOneEncodingIsRead(String text) throws InvalidManifestException {
        BencodeCursor cursor = cursor(text);
        cursor.skip();
        cursor.end();
        assertThat(cursor.position()).isEqualTo(text.length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "i",
                "ie",
                "i-e",
                "i-0e",
                "i00e",
                "i01e",
                "i1",
                "i+1e",
                "i 1e",
                "i9223372036854775808e",
                "i99999999999999999999e",
                "1:",
                "01:a",
                "-1:a",
                "4:abc",
                "9999999999:a",
                "99999999999999999999:a",
                "l",
                "li1e",
                "d",
                "d1:a",
                "d1:ae",
                "di1ei1ee",
                "d1:bi1e1:ai1ee",
                "d1:ai1e1:ai1ee",
                "i1ei1e",
                "le ",
                "e"
            })
    void anythingElseIsRefused(String text) {
        BencodeCursor cursor = cursor(text);
        assertThatThrownBy(() -> {
                    cursor.skip();
                    cursor.end();
                })
                .isInstanceOf(InvalidManifestException.class);
    }

    @Test
    void depthCountAndLengthOfWhatNobodyAskedForAreBounded() {
        String deep = "l".repeat(LIMITS.depthMax() + 2) + "e".repeat(LIMITS.depthMax() + 2);
        assertThatThrownBy(() -> cursor(deep).skip()).hasMessageContaining("deeper");
        String wide = "l" + "le".repeat(LIMITS.unknownValuesMax()) + "e";
        assertThatThrownBy(() -> cursor(wide).skip()).hasMessageContaining("values");
        int tooLong = LIMITS.unknownBytesMax() + 1;
        assertThatThrownBy(() -> cursor(tooLong + ":" + "x".repeat(tooLong)).skip())
                .hasMessageContaining("bytes");
        assertThatThrownBy(() -> cursor("d300:" + "k".repeat(300) + "i1ee").skip())
                .hasMessageContaining("key");
    }

    @Test
    void mutatedManifestsAreRefusedOrHaveTheBytesThatTheirFieldsGive() throws InvalidManifestException {
        long seed = 20261129;
        Random random = new Random(seed);
        byte[] valid = manifest().toBytes();
        List<Integer> accepted = new ArrayList<>();
        for (int round = 0; round < 40_000; round++) {
            byte[] bytes = valid.clone();
            for (int i = 0; i <= random.nextInt(2); i++) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? "dlie0123456789:-ab".charAt(random.nextInt(18)) : 'b');
            }
            Manifest read;
            try {
                read = ManifestCodec.parse(bytes);
            } catch (InvalidManifestException refused) {
                continue;
            }
            String text = new String(bytes, ISO_8859_1);
            if (!text.contains("10:empty dirs") || !text.contains("4:attr1:x")) {
                continue; // now an unknown key or attribute, which is skipped
            }
            accepted.add(round);
            assertThat(rebuilt(read)).as("seed %d round %d", seed, round).isEqualTo(bytes);
        }
        assertThat(accepted).hasSizeGreaterThan(1_000);
    }

    private static byte[] rebuilt(Manifest read) throws InvalidManifestException {
        byte[] sha1s = new byte[20 * read.chunkCount()];
        byte[] sha256s = new byte[32 * read.chunkCount()];
        for (int chunk = 0; chunk < read.chunkCount(); chunk++) {
            System.arraycopy(read.digests(chunk).sha1(), 0, sha1s, 20 * chunk, 20);
            System.arraycopy(read.digests(chunk).sha256(), 0, sha256s, 32 * chunk, 32);
        }
        return ManifestCodec.build(
                        read.name(),
                        read.isFolder(),
                        read.chunkBytes(),
                        read.files(),
                        read.emptyFolders(),
                        sha1s,
                        sha256s)
                .toBytes();
    }

    private static Manifest manifest() throws InvalidManifestException {
        return ManifestCodec.build(
                "n",
                true,
                16_384,
                List.of(
                        new FileEntry(new SharePath(List.of("a", "b")), 16_000, true),
                        new FileEntry(new SharePath(List.of("z")), 385, false)),
                List.of(new SharePath(List.of("c", "d"))),
                new byte[40],
                new byte[64]);
    }

    private static BencodeCursor cursor(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return new BencodeCursor(bytes, 0, bytes.length, LIMITS);
    }
}
