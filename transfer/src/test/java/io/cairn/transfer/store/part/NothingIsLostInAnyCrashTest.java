package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.store.file.FaultyDisk;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs a whole fetch once for each operation on the disk and the database, with a fault at that operation, and then resumes it.
 * {@code -Dcairn.crashes=N} adds N fetches that crash repeatedly at random places; a failure names its seed.
 */
class NothingIsLostInAnyCrashTest {
    private static final int CRASHES_MAX = 6;
    private static final int STEP_MILLIS = 400;

    /** Random selections of lost unforced changes, tried at each operation. */
    private static final int TORN_WAYS = 5;

    private static final byte[] OLD = "what was there before".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path temporary;

    private final FakeClock clock = new FakeClock();
    private StateDatabase state;
    private int runs;

    private enum Fault {
        /** The operation fails; all others succeed. */
        FAILURE,
        /** The program ends there; its writes are kept. */
        KILL,
        /** The power fails there; all unforced changes are lost. */
        POWER_CUT,
        /** The power fails there; some unforced changes are lost. */
        TORN_POWER_CUT
    }

    @BeforeEach
    void open() throws IOException {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFile(Fault fault) throws Exception {
        faultEverywhere(file(), OnExisting.REFUSE, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFolder(Fault fault) throws Exception {
        faultEverywhere(folder(), OnExisting.REFUSE, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFileThatReplacesAnother(Fault fault) throws Exception {
        faultEverywhere(file(), OnExisting.OVERWRITE, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFolderThatReplacesAnother(Fault fault) throws Exception {
        faultEverywhere(folder(), OnExisting.OVERWRITE, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFileThatTakesAFreeName(Fault fault) throws Exception {
        faultEverywhere(file(), OnExisting.RENAME, fault);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void ofAFolderThatTakesAFreeName(Fault fault) throws Exception {
        faultEverywhere(folder(), OnExisting.RENAME, fault);
    }

    @Test
    void howeverOftenAndWherever() throws Exception {
        int fetches = Integer.getInteger("cairn.crashes", 8);
        SharedContent file = file();
        SharedContent folder = folder();
        for (long seed = 1; seed <= fetches; seed++) {
            Random random = new Random(seed);
            SharedContent shared = random.nextBoolean() ? file : folder;
            OnExisting onExisting = List.of(OnExisting.REFUSE, OnExisting.OVERWRITE, OnExisting.RENAME)
                    .get(random.nextInt(3));
            Room room = new Room(shared, onExisting, "seed " + seed);
            int crashes = 1 + random.nextInt(CRASHES_MAX);
            for (int crash = 0; crash < crashes && !room.isPlaced(); crash++) {
                Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
                room.run(1 + random.nextInt(60), fault, random);
            }
            room.complete();
        }
    }

    private void faultEverywhere(SharedContent shared, OnExisting onExisting, Fault fault) throws Exception {
        int operations = new Room(shared, onExisting, "without a fault").run(0, fault, new Random(0));
        assertThat(operations).isGreaterThan(15);
        for (int n = 1; n <= operations; n++) {
            for (int seed = 1; seed <= (fault == Fault.TORN_POWER_CUT ? TORN_WAYS : 1); seed++) {
                Room room = new Room(
                        shared, onExisting, fault + " at operation " + n + " of " + operations + ", seed " + seed);
                room.run(n, fault, new Random(seed));
                room.complete();
            }
        }
    }

    private SharedContent file() throws Exception {
        return TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(1, 1_200_000)));
    }

    private SharedContent folder() throws Exception {
        Path folder = temporary.resolve("source/folder");
        TestFiles.write(folder.resolve("a/deep/one"), TestFiles.random(2, 600_000));
        TestFiles.write(folder.resolve("a/two"), TestFiles.random(3, 30_000));
        TestFiles.write(folder.resolve("a/nothing"), new byte[0]);
        TestFiles.write(folder.resolve("b/three"), TestFiles.random(4, 200_000));
        TestFiles.write(folder.resolve("run"), TestFiles.random(5, 1_000))
                .toFile()
                .setExecutable(true);
        Files.createDirectories(folder.resolve("c/empty"));
        return TestShares.share(folder);
    }

    /** One fetch in a folder of its own. */
    private final class Room {
        private final SharedContent shared;
        private final String what;
        private final OnExisting onExisting;
        private final Path downloads;
        private final Path named;
        private final Path target;

        /** @param onExisting unless it is REFUSE, the target exists at the start */
        Room(SharedContent shared, OnExisting onExisting, String what) throws IOException {
            this.shared = shared;
            this.onExisting = onExisting;
            this.what = onExisting + ", " + what;
            this.downloads = Files.createDirectory(temporary.resolve("downloads" + runs++));
            this.named = downloads.resolve("share");
            this.target = onExisting == OnExisting.RENAME ? downloads.resolve("share (1)") : named;
            if (onExisting != OnExisting.REFUSE) {
                TestFiles.write(old(named), OLD);
            }
        }

        private Path old(Path place) {
            return shared.manifest().isFolder() ? place.resolve("old/file") : place;
        }

        boolean isPlaced() throws IOException {
            return Files.exists(target) && !isOld(target);
        }

        private boolean isOld(Path place) throws IOException {
            return onExisting != OnExisting.REFUSE
                    && Files.isRegularFile(old(place))
                    && Arrays.equals(Files.readAllBytes(old(place)), OLD);
        }

        /** Checks that the old target exists, or is set aside, until the new one is in place, and that it always exists if not replaced. */
        private void assertOldIsSafe() throws IOException {
            if (onExisting == OnExisting.RENAME) {
                assertThat(isOld(named)).as(what + ": what was there").isTrue();
            } else if (onExisting == OnExisting.OVERWRITE && !isPlaced()) {
                boolean found = false;
                try (Stream<Path> all = Files.list(downloads)) {
                    for (Path path : all.toList()) {
                        found |= isOld(path);
                    }
                }
                assertThat(found).as(what + ": what is to be replaced").isTrue();
            }
        }

        /** Fetches with a fault and checks the result; returns the number of operations. */
        int run(int faultAt, Fault fault, Random random) throws IOException {
            Path trash = Files.createDirectory(temporary.resolve("trash" + runs++));
            FaultyDisk disk = new FaultyDisk(state.fetches(), trash, faultAt, fault != Fault.FAILURE);
            BitSet written = new BitSet();
            PartialContent content = null;
            try {
                content = open(disk, disk);
                written.or(content.have().toBitSet());
                fetch(content, written, random);
                content.finish();
            } catch (IOException atTheFault) {
                assertThat(atTheFault).as(what).hasStackTraceContaining("fault at operation");
            }
            closeAnyway(content, disk);
            BitSet kept = disk.vouched().toBitSet();
            if (fault == Fault.POWER_CUT) {
                disk.cutPower();
            } else if (fault == Fault.TORN_POWER_CUT) {
                disk.cutPower(random);
            } else {
                kept.or(written);
            }
            if (disk.isDead() || fault == Fault.FAILURE) {
                checkLeft(kept);
            }
            return disk.operations();
        }

        /** Fetches all chunks from a random first one on, with a journal entry after every few chunks. */
        private void fetch(PartialContent content, BitSet written, Random random) throws IOException {
            int count = shared.manifest().chunkCount();
            int first = random.nextInt(count);
            for (int i = 0; i < count; i++) {
                int chunk = (first + i) % count;
                clock.advance(STEP_MILLIS);
                ByteBuffer data = TestShares.chunk(shared, chunk);
                content.write(chunk, data);
                written.set(chunk);
            }
        }

        private void closeAnyway(@Nullable PartialContent content, FaultyDisk disk) throws IOException {
            if (content == null) {
                return;
            }
            if (disk.isDead()) {
                assertThatThrownBy(() -> {
                            content.close();
                            throw new IOException("closed with nothing left to do");
                        })
                        .isInstanceOf(IOException.class);
            } else {
                content.close();
            }
        }

        private void checkLeft(BitSet kept) throws IOException {
            assertOldIsSafe();
            if (isPlaced()) {
                assertIntact();
            }
            boolean nothingTaken = new UnfinishedFetches(state).takePlaced().isEmpty();
            assertOldIsSafe();
            if (nothingTaken && !isPlaced()) {
                if (onExisting == OnExisting.OVERWRITE) {
                    assertThat(isOld(target)).as(what + ": back in its place").isTrue();
                }
                try (PartialContent next = open(FileOperations.SYSTEM, state.fetches())) {
                    BitSet had = next.have().toBitSet();
                    for (int chunk = had.nextSetBit(0); chunk >= 0; chunk = had.nextSetBit(chunk + 1)) {
                        assertThat(TestShares.chunk(next, chunk))
                                .as(what + ": a chunk the next run trusts")
                                .isEqualTo(TestShares.chunk(shared, chunk));
                    }
                    kept.andNot(had);
                    assertThat(kept.isEmpty())
                            .as(what + ": chunks that must not be fetched again: " + kept)
                            .isTrue();
                }
            }
        }

        void complete() throws Exception {
            new UnfinishedFetches(state).takePlaced();
            if (!isPlaced()
                    || !state.fetches().find(shared.manifest().hash(), target).isEmpty()) {
                PartialContent last = open(FileOperations.SYSTEM, state.fetches());
                TestShares.copyAll(shared, last);
                last.finish();
                last.close();
            }
            assertIntact();
            assertOldIsSafe();
            assertThat(state.fetches().all()).as(what).isEmpty();
            try (Stream<Path> left = Files.list(downloads)) {
                assertThat(left)
                        .as(what)
                        .containsExactlyInAnyOrderElementsOf(
                                target.equals(named) ? List.of(target) : List.of(named, target));
            }
        }

        private PartialContent open(FileOperations operations, FetchJournal journal) throws IOException {
            PartPlace place = new PartPlace(named, FileSelection.all(shared.manifest()), onExisting, false);
            return new PartOpening(journal, operations, clock, shared.manifest(), place, null, TestShares.COMPARES)
                    .open();
        }

        private void assertIntact() throws IOException {
            try {
                assertThat(PlacedFilesVerifier.verify(shared.manifest(), target, done -> {}, () -> false)
                                .isIntact())
                        .as(what + ": what has the target's name")
                        .isTrue();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
