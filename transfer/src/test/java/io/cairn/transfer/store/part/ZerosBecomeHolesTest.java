package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zeros use no space, and a partial file is private until it is placed. */
class ZerosBecomeHolesTest {
    private static final int LENGTH = 40 << 20;

    @TempDir
    Path temporary;

    private StateDatabase state;

    @BeforeEach
    void open() throws IOException {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void aSparseFileArrivesSparse() throws Exception {
        byte[] content = new byte[LENGTH];
        System.arraycopy(TestFiles.random(1, 100_000), 0, content, 17 << 20, 100_000);
        content[LENGTH - 1] = 1;
        Path placed = fetch(content, 0);
        assertThat(placed).hasBinaryContent(content);
        assertThat(usedKib(placed)).isLessThan(1_024);
    }

    @Test
    void whatIsNotZeroWhereItShouldBeIsWritten() throws Exception {
        byte[] content = new byte[3 << 20];
        assertThat(fetch(content, 200_000)).hasBinaryContent(content);
    }

    @Test
    void aFolderOfZerosArrives() throws Exception {
        Path source = temporary.resolve("source/d");
        TestFiles.write(source.resolve("small"), new byte[1_000]);
        TestFiles.write(source.resolve("large"), new byte[9 << 20]);
        SharedContent shared = TestShares.share(source);
        try (PartialContent content = open(shared, "d")) {
            TestShares.copyAll(shared, content);
            Path placed = content.finish();
            assertThat(placed.resolve("small")).hasBinaryContent(new byte[1_000]);
            assertThat(placed.resolve("large")).hasBinaryContent(new byte[9 << 20]);
            assertThat(usedKib(placed)).isLessThan(256);
        }
    }

    @Test
    void onlyTheOwnerReadsWhatIsPartial() throws Exception {
        Path source = temporary.resolve("source/d");
        TestFiles.write(source.resolve("run"), new byte[] {1}).toFile().setExecutable(true);
        SharedContent shared = TestShares.share(source);
        Path usual = Files.createDirectory(temporary.resolve("usual"));
        try (PartialContent content = open(shared, "d")) {
            TestShares.copyAll(shared, content);
            assertThat(mode(content.part())).isEqualTo("rwx------");
            assertThat(mode(content.part().resolve("run"))).isEqualTo("rw-------");
            Path placed = content.finish();
            assertThat(mode(placed)).isEqualTo(mode(usual));
            assertThat(mode(placed.resolve("run"))).isEqualTo(mode(usual));
        }
        SharedContent file = TestShares.share(TestFiles.write(temporary.resolve("source/f"), new byte[] {1}));
        try (PartialContent content = open(file, "f")) {
            TestShares.copyAll(file, content);
            assertThat(mode(content.part())).isEqualTo("rw-------");
            assertThat(mode(content.finish())).isEqualTo(mode(Files.writeString(usual.resolve("f"), "x")));
        }
        assertThat(mode(temporary.resolve("cairn.db"))).isEqualTo("rw-------");
        assertThat(mode(temporary.resolve("cairn.db-wal"))).isEqualTo("rw-------");
    }

    /** @param dirtAt offset of data written to the part before its zeros arrive; 0 for none */
    private Path fetch(byte[] bytes, int dirtAt) throws Exception {
        SharedContent shared = TestShares.share(TestFiles.write(temporary.resolve("source/f"), bytes));
        try (PartialContent content = open(shared, "f")) {
            if (dirtAt > 0) {
                try (RandomAccessFile file = new RandomAccessFile(content.part().toFile(), "rw")) {
                    file.seek(dirtAt);
                    file.write(TestFiles.random(3, 10));
                }
            }
            TestShares.copyAll(shared, content);
            return content.finish();
        }
    }

    private PartialContent open(SharedContent shared, String name) throws IOException {
        return PartialContent.open(state, new FakeClock(), shared.manifest(), temporary.resolve(name), false);
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static long usedKib(Path path) throws Exception {
        Process du = new ProcessBuilder("du", "-sk", path.toString()).start();
        String line = new String(du.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        assertThat(du.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return Long.parseLong(Arrays.asList(line.split("\\s+", -1)).get(0));
    }
}
