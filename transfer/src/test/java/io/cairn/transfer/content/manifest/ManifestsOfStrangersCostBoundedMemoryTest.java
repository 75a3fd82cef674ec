package io.cairn.transfer.content.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ManifestsOfStrangersCostBoundedMemoryTest {
    private static final String REST = "6:lengthi10e4:name1:a12:piece lengthi16384e6:pieces20:" + "p".repeat(20)
            + "6:sha25632:" + "s".repeat(32) + "e";

    /** An attack: its description, the bytes before the bulk, the bulk and its number of repetitions, and the bytes after it. */
    record Attack(String what, String before, String bulk, int times, String after) {
        byte[] bytes() {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(before.getBytes(ISO_8859_1));
            byte[] one = bulk.getBytes(ISO_8859_1);
            for (int i = 0; i < times; i++) {
                out.writeBytes(one);
            }
            out.writeBytes(after.getBytes(ISO_8859_1));
            return out.toByteArray();
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static List<Attack> attacks() {
        String sums = "d6:lengthi";
        return List.of(
                new Attack("four million strings", "d5:aaaaal", "8:abcdefgh", 3_990_000, "e" + REST),
                new Attack("two million dictionaries", "d5:aaaaal", "d1:ai1ee", 1_990_000, "e" + REST),
                new Attack("four million lists", "d5:aaaaal", "le", 3_990_000, "e" + REST),
                new Attack("one long string", "d5:aaaaa40000000:", "x", 40_000_000, REST),
                new Attack("one long key", "d40000000:", "x", 40_000_000, "i1e" + REST),
                new Attack("a deep nest", "d5:aaaaa", "l", 4_000_000, ""),
                new Attack("unknown keys of files", "d5:filesl", "d1:ai1e6:lengthi0e4:pathl1:xee", 400_000, "e"),
                new Attack(
                        "more chunks than a bitmap has bits",
                        sums + (3_300_000L * 16_384) + "e4:name1:c12:piece lengthi16384e6:pieces66000000:",
                        "p",
                        60_000_000,
                        ""),
                new Attack(
                        "digests of no chunk",
                        sums + "10e4:name1:c12:piece lengthi16384e6:pieces60000000:",
                        "p",
                        1,
                        ""),
                new Attack("a long name", sums + "10e4:name30000000:", "n", 30_000_000, "12:piece lengthi16384e"),
                new Attack("a path of many names", "d5:filesld6:lengthi0e4:pathl", "1:a", 10_000_000, "eee"),
                new Attack("many empty folders at one place", "d10:empty dirsl", "l1:aee", 4_000_000, "e"));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void bulkIsRefusedWhileItIsRead(Attack attack) {
        byte[] bytes = attack.bytes();
        long allocated = allocatedBy(() ->
                assertThatThrownBy(() -> ManifestCodec.parse(bytes)).isInstanceOf(InvalidManifestException.class));
        assertThat(allocated).isLessThan(16L << 20);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void theFirstMebibyteIsEnoughToRefuseIt(Attack attack) {
        assertThat(ManifestCodec.problem(Arrays.copyOf(attack.bytes(), 1 << 20)))
                .isNotNull();
    }

    @Test
    void theBeginningOfAGoodManifestIsNoProblem() {
        byte[] good = folder(1_000);
        for (int length = 0; length < good.length; length += 97) {
            assertThat(ManifestCodec.problem(Arrays.copyOf(good, length))).isNull();
        }
        assertThat(ManifestCodec.problem(good)).contains("announced length");
    }

    @Test
    void asManyFilesAsAreAllowedAreReadAndOneMoreIsNot() throws InvalidManifestException {
        Manifest most = ManifestCodec.parse(folder(ManifestCodec.ENTRIES_MAX));
        assertThat(most.files()).hasSize(ManifestCodec.ENTRIES_MAX);
        assertThat(most.files().get(200_000).path()).hasToString("00200000");
        byte[] oneMore = folder(ManifestCodec.ENTRIES_MAX + 1);
        assertThatThrownBy(() -> ManifestCodec.parse(oneMore)).hasMessageContaining("files and folders");
    }

    @Test
    void foldersCountAsFilesDo() {
        byte[] deep = encode(ManifestCodec.ENTRIES_MAX / 8, (out, i) -> {
            StringBuilder path = new StringBuilder();
            for (int level = 0; level < 16; level++) {
                path.append("5:").append(String.format("%05d", i));
            }
            out.append(path).append(String.format("8:%08d", i));
        });
        assertThatThrownBy(() -> ManifestCodec.parse(deep)).hasMessageContaining("files and folders");
    }

    @Test
    void aTorrentFileIsBoundedToo() {
        byte[] bulk = new Attack("", "d8:announcel", "8:abcdefgh", 3_000_000, "e4:infod" + REST + "e").bytes();
        assertThatThrownBy(() -> TorrentFile.parse(bulk)).isInstanceOf(InvalidManifestException.class);
    }

    private static byte[] folder(int files) {
        return encode(files, (out, i) -> out.append(String.format("8:%08d", i)));
    }

    private static byte[] encode(int files, java.util.function.ObjIntConsumer<StringBuilder> path) {
        StringBuilder out = new StringBuilder("d5:filesl");
        IntConsumer file = i -> {
            out.append("d6:lengthi0e4:pathl");
            path.accept(out, i);
            out.append("ee");
        };
        for (int i = 0; i < files; i++) {
            file.accept(i);
        }
        out.append("e4:name1:m12:piece lengthi16384e6:pieces0:6:sha2560:e");
        return out.toString().getBytes(ISO_8859_1);
    }

    private static long allocatedBy(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }
}
