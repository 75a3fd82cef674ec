package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.VerificationReport;
import io.cairn.transfer.store.file.FaultyDisk;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairedContentTest {
    @TempDir
    Path temporary;

    private SharedContent shared;
    private Path place;

    @BeforeEach
    void damage() throws Exception {
        Path source = temporary.resolve("source/d");
        write(source);
        shared = TestShares.share(source);
        place = temporary.resolve("placed/d");
        write(place);
        TestFiles.write(place.resolve("mine"), new byte[] {1});
        byte[] damaged = Files.readAllBytes(place.resolve("a/one"));
        damaged[300_000] ^= 1;
        Files.write(place.resolve("a/one"), damaged);
        Files.write(place.resolve("long"), TestFiles.random(9, 50_000));
        Files.write(place.resolve("short"), TestFiles.random(3, 10));
        Files.delete(place.resolve("gone/run"));
        Files.delete(place.resolve("gone"));
        Files.delete(place.resolve("empty"));
        Files.delete(place.resolve("nothing"));
    }

    private static void write(Path folder) throws IOException {
        TestFiles.write(folder.resolve("a/one"), TestFiles.random(1, 700_000));
        TestFiles.write(folder.resolve("long"), TestFiles.random(2, 40_000));
        TestFiles.write(folder.resolve("short"), TestFiles.random(3, 300_000));
        TestFiles.write(folder.resolve("gone/run"), TestFiles.random(4, 1_000))
                .toFile()
                .setExecutable(true);
        TestFiles.write(folder.resolve("nothing"), new byte[0]);
        Files.createDirectories(folder.resolve("empty"));
    }

    @Test
    void writesWhatIsBadAndLeavesTheRest() throws Exception {
        BitSet bad = bad(verify());
        RepairedContent content = RepairedContent.open(shared.manifest(), place, bad);
        assertThat(content.have().size()).isEqualTo(shared.manifest().chunkCount() - bad.cardinality());
        TestShares.copyAll(shared, content);
        assertThat(content.finish()).isEqualTo(place);
        content.close();
        VerificationReport after = verify();
        assertThat(after.isIntact()).isTrue();
        assertThat(after.extra()).containsExactly("mine");
        assertThat(place.resolve("gone/run").toFile().canExecute()).isTrue();
    }

    @Test
    void whatAnotherProgramChangesMeanwhileIsNotRepaired() throws Exception {
        RepairedContent content = RepairedContent.open(shared.manifest(), place, bad(verify()));
        TestShares.copyAll(shared, content);
        byte[] again = Files.readAllBytes(place.resolve("a/one"));
        again[300_000] ^= 1;
        Files.write(place.resolve("a/one"), again);
        assertThatThrownBy(content::finish)
                .isInstanceOf(PartDamagedException.class)
                .hasMessageContaining("1 chunk is not what was written");
        content.close();
    }

    @Test
    void aFileThatGrowsMeanwhileIsNotRepaired() throws Exception {
        RepairedContent content = RepairedContent.open(shared.manifest(), place, bad(verify()));
        TestShares.copyAll(shared, content);
        Files.write(place.resolve("nothing"), new byte[] {1});
        assertThatThrownBy(content::finish)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("nothing");
        content.close();
    }

    @Test
    void nothingGoodGoesBadWhereverItIsBrokenOff() throws Exception {
        BitSet before = bad(verify());
        try (StateDatabase state = StateDatabase.open(temporary.resolve("cairn.db"))) {
            for (int n = 1; ; n++) {
                Path trash = Files.createDirectory(temporary.resolve("trash" + n));
                FaultyDisk disk = new FaultyDisk(state.fetches(), trash, n, true);
                IOException broken = repair(disk);
                if (broken == null) {
                    break;
                }
                disk.cutPower();
                BitSet now = bad(verify());
                now.andNot(before);
                assertThat(now.isEmpty())
                        .as("broken off at operation " + n + ": " + now)
                        .isTrue();
            }
        }
        assertThat(verify().isIntact()).isTrue();
    }

    @Test
    void whatIsNoFileIsNotTouched() throws Exception {
        Files.delete(place.resolve("short"));
        Files.createDirectories(place.resolve("short/in"));
        assertThatThrownBy(() -> RepairedContent.open(shared.manifest(), place, bad(verify())))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is not a file");
        assertThat(place.resolve("short/in")).isDirectory();
    }

    private @Nullable IOException repair(FaultyDisk disk) throws Exception {
        try (RepairedContent content = RepairedContent.open(shared.manifest(), place, bad(verify()), disk)) {
            TestShares.copyAll(shared, content);
            content.finish();
            return null;
        } catch (IOException atTheFault) {
            return atTheFault;
        }
    }

    private VerificationReport verify() throws Exception {
        return PlacedFilesVerifier.verify(shared.manifest(), place, done -> {}, () -> false);
    }

    private static BitSet bad(VerificationReport report) {
        BitSet bad = new BitSet();
        report.badChunks().forEach(chunk -> bad.set(chunk.chunk()));
        return bad;
    }
}
