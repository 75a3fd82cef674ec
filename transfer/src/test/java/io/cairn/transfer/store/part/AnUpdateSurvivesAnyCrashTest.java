package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.store.copy.CopyChanges;
import io.cairn.transfer.store.copy.CopyPlace;
import io.cairn.transfer.store.file.FaultyDisk;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs an update of a copy once for each operation on the disk, with a fault at that operation, and then runs it again. */
class AnUpdateSurvivesAnyCrashTest {
    private static final int CHUNK = 256 << 10;

    /** Random selections of lost unforced changes, tried at each operation. */
    private static final int TORN_WAYS = 3;

    @TempDir
    Path temporary;

    private final FakeClock clock = new FakeClock();
    private StateDatabase state;
    private SharedContent before;
    private SharedContent after;
    private int runs;

    private enum Fault {
        FAILURE,
        KILL,
        POWER_CUT,
        TORN_POWER_CUT
    }

    @BeforeEach
    void shareTwoVersions() throws Exception {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        before = version("1", folder -> {
            TestFiles.write(folder.resolve("a/large"), TestFiles.random(1, 2 * CHUNK + 99));
            TestFiles.write(folder.resolve("a/small"), TestFiles.random(2, 500));
            TestFiles.write(folder.resolve("gone/deep/file"), TestFiles.random(3, 5_000));
            TestFiles.write(folder.resolve("kind"), TestFiles.random(4, 50));
            TestFiles.write(folder.resolve("same"), TestFiles.random(5, CHUNK));
        });
        after = version("2", folder -> {
            byte[] large = Arrays.copyOf(TestFiles.random(1, 2 * CHUNK + 99), 3 * CHUNK);
            TestFiles.write(folder.resolve("a/large"), large);
            TestFiles.write(folder.resolve("a/small"), TestFiles.random(6, 600));
            TestFiles.write(folder.resolve("kind/of/file"), TestFiles.random(7, 50));
            TestFiles.write(folder.resolve("new/nothing"), new byte[0]);
            TestFiles.write(folder.resolve("same"), TestFiles.random(5, CHUNK));
        });
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void eachFileIsOldOrNewAndTheNextRunEndsWell(Fault fault) throws Exception {
        int operations = new Copy("without a fault").run(0, fault, new Random(0));
        assertThat(operations).isGreaterThan(15);
        for (int n = 1; n <= operations; n++) {
            for (int seed = 1; seed <= (fault == Fault.TORN_POWER_CUT ? TORN_WAYS : 1); seed++) {
                Copy copy = new Copy(fault + " at operation " + n + " of " + operations + ", seed " + seed);
                copy.run(n, fault, new Random(seed));
                copy.assertEachFileIsOldOrNew();
                assertThat(copy.update(after, FileOperations.SYSTEM, state.fetches())
                                .conflicts())
                        .as(copy.what)
                        .isEmpty();
                copy.assertHolds(after);
            }
        }
    }

    @Test
    void anInterruptedUpdateIsFollowedByOneToAThirdVersion() throws Exception {
        int operations = new Copy("without a fault").run(0, Fault.KILL, new Random(0));
        for (int n = 1; n <= operations; n += 3) {
            Copy copy = new Copy("killed at operation " + n);
            copy.run(n, Fault.KILL, new Random(n));
            assertThat(copy.update(before, FileOperations.SYSTEM, state.fetches())
                            .conflicts())
                    .as(copy.what)
                    .isEmpty();
            copy.assertHolds(before);
        }
    }

    private interface Writer {
        void write(Path folder) throws IOException;
    }

    private SharedContent version(String number, Writer files) throws Exception {
        Path folder = source(number);
        files.write(folder);
        return TestShares.share(folder, ShareLayout.ALIGNED);
    }

    private final class Copy {
        private final String what;
        private final Path target;

        /** The copy holds the first version. */
        Copy(String what) throws IOException {
            this.what = what;
            this.target =
                    Files.createDirectory(temporary.resolve("copy" + runs++)).resolve("share");
            update(before, FileOperations.SYSTEM, state.fetches());
        }

        int run(int faultAt, Fault fault, Random random) throws IOException {
            Path trash = Files.createDirectory(temporary.resolve("trash" + runs++));
            FaultyDisk disk = new FaultyDisk(state.fetches(), trash, faultAt, fault != Fault.FAILURE);
            try {
                update(after, disk, disk);
                assertHolds(after);
            } catch (IOException atTheFault) {
                assertThat(atTheFault).as(what).hasStackTraceContaining("fault at operation");
            }
            if (fault == Fault.POWER_CUT) {
                disk.cutPower();
            } else if (fault == Fault.TORN_POWER_CUT) {
                disk.cutPower(random);
            }
            new UnfinishedFetches(state).takePlaced();
            return disk.operations();
        }

        /** As a caller that has the bytes of the version. */
        CopyChanges update(SharedContent version, FileOperations operations, FetchJournal journal) throws IOException {
            CopyPlace place = new CopyPlace(target, before.manifest().hash(), null, false);
            PartialContent content = null;
            try {
                content = PartialContent.update(
                        state, journal, operations, clock, version.manifest(), place, TestShares.COMPARES);
                ChunkSet had = content.have();
                for (int chunk : content.wanted().toBitSet().stream().toArray()) {
                    if (!had.contains(chunk)) {
                        TestShares.copy(version, content, chunk);
                    }
                }
                content.finish();
                return content.changes().orElseThrow();
            } finally {
                closeAnyway(content);
            }
        }

        private void closeAnyway(@Nullable PartialContent content) throws IOException {
            if (content != null) {
                try {
                    content.close();
                } catch (IOException dead) {
                    assertThat(dead).as(what).hasStackTraceContaining("fault at operation");
                }
            }
        }

        void assertEachFileIsOldOrNew() throws IOException {
            Map<String, Integer> now = tree(target);
            Map<String, Integer> old = tree(source(before));
            Map<String, Integer> next = tree(source(after));
            now.forEach((name, content) ->
                    assertThat(content).as(what + ": " + name).isIn(old.get(name), next.get(name)));
            old.keySet().stream()
                    .filter(next::containsKey)
                    .forEach(name -> assertThat(now).as(what).containsKey(name));
        }

        void assertHolds(SharedContent version) throws IOException {
            assertThat(tree(target)).as(what).isEqualTo(tree(source(version)));
            try (Stream<Path> beside = Files.list(target.getParent())) {
                assertThat(beside).as(what).containsExactly(target);
            }
            assertThat(Files.exists(target.resolve("gone"))).as(what).isEqualTo(version == before);
            assertThat(state.copies().versions(target)).as(what).hasSize(1);
        }
    }

    private Path source(SharedContent version) {
        return source(version == before ? "1" : "2");
    }

    private Path source(String number) {
        return temporary.resolve("source").resolve(number).resolve("share");
    }

    private static Map<String, Integer> tree(Path root) throws IOException {
        Map<String, Integer> tree = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : List.copyOf(all.filter(Files::isRegularFile).toList())) {
                tree.put(root.relativize(file).toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return tree;
    }
}
