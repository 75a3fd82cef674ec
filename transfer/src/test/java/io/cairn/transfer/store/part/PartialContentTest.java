package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartialContentTest {
    @TempDir
    Path temporary;

    private final FakeClock clock = new FakeClock();
    private StateDatabase state;
    private Path downloads;

    @BeforeEach
    void open() throws IOException {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        downloads = Files.createDirectory(temporary.resolve("downloads"));
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void aFolderOfOddNamesArrivesWhole() throws Exception {
        Path source = temporary.resolve("source/stones");
        for (String name :
                List.of("it's", "\"quoted\"", "two\nlines", " spaces ", "日本/é/🗿", "-rf", "$(x)", "x".repeat(255))) {
            TestFiles.write(source.resolve(name), TestFiles.random(name.hashCode(), 90_000));
        }
        TestFiles.write(source.resolve("nothing"), new byte[0]);
        TestFiles.write(source.resolve("deep/nothing"), new byte[0]);
        assertThat(TestFiles.write(source.resolve("run"), new byte[1]).toFile().setExecutable(true))
                .isTrue();
        Files.createDirectories(source.resolve("void/within"));
        Path target = fetch(source, "stones");
        assertThat(target.resolve("void/within")).isEmptyDirectory();
        assertThat(Files.isExecutable(target.resolve("run"))).isTrue();
        assertThat(target.resolve("deep/nothing")).isEmptyFile();
    }

    @Test
    void sharesWithoutAByteArrive() throws Exception {
        fetch(TestFiles.write(temporary.resolve("source/empty"), new byte[0]), "empty");
        fetch(Files.createDirectories(temporary.resolve("source/hollow")), "hollow");
        Files.createDirectories(temporary.resolve("source/shell/a/b"));
        fetch(temporary.resolve("source/shell"), "shell");
    }

    @Test
    void twoThousandSmallFilesArriveFromManyThreads() throws Exception {
        Path source = temporary.resolve("source/many");
        for (int i = 0; i < 2_000; i++) {
            TestFiles.write(source.resolve("d" + i % 50 + "/f" + i), TestFiles.random(i, 1_000 + i));
        }
        SharedContent shared = TestShares.share(source);
        PartialContent content = open(shared.manifest(), "many");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> writes = IntStream.range(0, shared.manifest().chunkCount())
                    .<Future<?>>mapToObj(chunk -> threads.submit(() -> {
                        TestShares.copy(shared, content, chunk);
                        return chunk;
                    }))
                    .toList();
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertIntact(shared.manifest(), content.finish());
    }

    @Test
    void aNameOfFullLengthArrives() throws Exception {
        fetch(TestFiles.write(temporary.resolve("source").resolve("n".repeat(255)), new byte[10]), "n".repeat(255));
        fetch(TestFiles.write(temporary.resolve("source").resolve("é".repeat(124)), new byte[10]), "é".repeat(124));
    }

    @Test
    void whatWasJournalledIsHadAfterARestart() throws Exception {
        SharedContent shared = file(10 * 262_144);
        PartialContent first = open(shared.manifest(), "f");
        TestShares.copy(shared, first, 9, 0, 4);
        first.close();
        PartialContent second = open(shared.manifest(), "f");
        assertThat(second.have().toBitSet()).hasToString("{0, 4, 9}");
        assertThat(TestShares.chunk(second, 4)).isEqualTo(TestShares.chunk(shared, 4));
        TestShares.copyAll(shared, second);
        assertIntact(shared.manifest(), second.finish());
        assertThat(downloads).isDirectoryContaining("glob:**/f").isDirectoryNotContaining("glob:**.part*");
        assertThat(state.fetches().all()).isEmpty();
    }

    @Test
    void whatWasNotJournalledIsReadAfterACrash() throws Exception {
        SharedContent shared = file(10 * 262_144);
        PartialContent first = open(shared.manifest(), "f");
        TestShares.copy(shared, first, 1);
        clock.advance(1_000);
        TestShares.copy(shared, first, 2);
        TestShares.copy(shared, first, 3);
        assertThat(first.have().size()).isEqualTo(3);
        TestShares.copy(shared, first, 5);
        try (FileChannel damaging = FileChannel.open(first.part(), StandardOpenOption.WRITE)) {
            damaging.write(ByteBuffer.allocate(1), 5 * 262_144 + 99);
        }
        PartialContent afterCrash = open(shared.manifest(), "f");
        assertThat(afterCrash.have().toBitSet()).hasToString("{1, 2, 3}");
        assertThatThrownBy(() -> TestShares.chunk(afterCrash, 5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void placedContentIsStillRead() throws Exception {
        SharedContent shared = file(300_000);
        PartialContent content = open(shared.manifest(), "f");
        TestShares.copyAll(shared, content);
        content.finish();
        assertThat(content.finish()).isEqualTo(downloads.resolve("f"));
        assertThat(TestShares.chunk(content, 1)).isEqualTo(TestShares.chunk(shared, 1));
        assertThatThrownBy(() -> TestShares.copy(shared, content, 1)).isInstanceOf(IllegalStateException.class);
        SharedContent.open(shared.manifest(), content.part(), SharedContent.stamps(shared.manifest(), content.part()))
                .close();
        content.close();
    }

    @Test
    void theTargetIsNeverOverwritten() throws Exception {
        SharedContent file = file(1_000);
        assertTargetIsSafe(file, TestFiles.write(downloads.resolve("taken"), new byte[] {7}));
        TestFiles.write(temporary.resolve("source/folder/x"), new byte[5]);
        SharedContent folder = TestShares.share(temporary.resolve("source/folder"));
        assertTargetIsSafe(folder, TestFiles.write(downloads.resolve("taken too"), new byte[] {7}));
        assertTargetIsSafe(folder, Files.createDirectory(downloads.resolve("a folder")));
        assertTargetIsSafe(file, Files.createSymbolicLink(downloads.resolve("dangling"), Path.of("nowhere")));
    }

    private void assertTargetIsSafe(SharedContent shared, Path taken) throws IOException {
        String name = taken.getFileName().toString();
        assertThatThrownBy(() -> open(shared.manifest(), name)).isInstanceOf(FileAlreadyExistsException.class);
        Path aside = Files.move(taken, temporary.resolve("aside"));
        PartialContent content = open(shared.manifest(), name);
        TestShares.copyAll(shared, content);
        Files.move(aside, taken);
        assertThatThrownBy(content::finish).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(content.have().isComplete()).isTrue();
        Files.move(taken, aside);
        assertThat(content.finish()).isEqualTo(taken);
        Files.delete(aside);
    }

    @Test
    void aFileOfSomeoneElseAtThePartsNameIsLeftAlone() throws Exception {
        SharedContent shared = file(1_000);
        Path theirs = TestFiles.write(downloads.resolve("f.part"), TestFiles.random(8, 1_000));
        Files.createDirectory(downloads.resolve("f.part.1"));
        PartialContent content = open(shared.manifest(), "f");
        assertThat(content.part()).isEqualTo(downloads.resolve("f.part.2"));
        TestShares.copyAll(shared, content);
        content.finish();
        assertThat(theirs).hasBinaryContent(TestFiles.random(8, 1_000));
    }

    @Test
    void aPartThatWasReplacedByAnotherFileIsLeftAlone() throws Exception {
        SharedContent shared = file(600_000);
        PartialContent first = open(shared.manifest(), "f");
        TestShares.copy(shared, first, 0);
        first.close();
        Files.write(downloads.resolve("f.part"), new byte[] {1, 2, 3});
        PartialContent second = open(shared.manifest(), "f");
        assertThat(second.have().size()).isZero();
        assertThat(second.part()).isEqualTo(downloads.resolve("f.part.1"));
        assertThat(downloads.resolve("f.part")).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void theFolderOfTheTargetMustExist() throws Exception {
        SharedContent shared = file(1_000);
        assertThatThrownBy(() -> open(shared.manifest(), "no/such/f")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void discardingLeavesNothingButWhatOthersPutThere() throws Exception {
        SharedContent file = file(1_000);
        PartialContent one = open(file.manifest(), "f");
        TestShares.copyAll(file, one);
        one.discard();
        assertThat(downloads).isEmptyDirectory();
        TestFiles.write(temporary.resolve("source/d/x/y"), new byte[5]);
        SharedContent folder = TestShares.share(temporary.resolve("source/d"));
        PartialContent two = open(folder.manifest(), "d");
        TestShares.copyAll(folder, two);
        TestFiles.write(downloads.resolve("d.part/note"), new byte[1]);
        two.close();
        UnfinishedFetches unfinished = new UnfinishedFetches(state);
        StoredFetch stored = unfinished.list().get(0);
        assertThat(stored.chunks()).isEqualTo(ChunkSet.all(1));
        unfinished.discard(stored);
        assertThat(downloads.resolve("d.part")).isDirectoryContaining("glob:**/note");
        assertThat(downloads.resolve("d.part/x")).doesNotExist();
        assertThat(unfinished.list()).isEmpty();
    }

    @Test
    void aDiskThatIsTooSmallIsToldBeforehand() throws Exception {
        int chunkBytes = 64 << 20;
        int chunks = 1 << 20; // 64 TiB
        Manifest huge = ManifestCodec.build(
                "huge",
                false,
                chunkBytes,
                List.of(new FileEntry(new SharePath(List.of("huge")), (long) chunks * chunkBytes, false)),
                List.of(),
                new byte[20 * chunks],
                new byte[32 * chunks]);
        assertThatThrownBy(() -> open(huge, "huge")).isInstanceOfSatisfying(DiskFullException.class, full -> {
            assertThat(full.neededBytes()).isEqualTo((long) chunks * chunkBytes);
            assertThat(full.freeBytes()).isBetween(1L, full.neededBytes());
        });
        assertThat(downloads).isEmptyDirectory();
    }

    @Test
    void aFetchIsRememberedWithItsState() throws Exception {
        SharedContent shared = file(300_000);
        open(shared.manifest(), "f").close();
        Key hash = shared.manifest().hash();
        state.fetches().setState(hash, downloads.resolve("f"), StoredFetchState.PAUSED);
        StoredFetch stored = state.fetches().find(hash).get(0);
        assertThat(stored.state()).isEqualTo(StoredFetchState.PAUSED);
        assertThat(stored.keepSharing()).isTrue();
        assertThat(stored.createdMillis()).isEqualTo(clock.wallMillis());
        assertThat(stored.part()).isEqualTo(downloads.resolve("f.part"));
    }

    @Test
    void aShareThatWasPlacedJustBeforeAKillIsKnown() throws Exception {
        SharedContent shared = file(300_000);
        PartialContent content = open(shared.manifest(), "f");
        TestShares.copyAll(shared, content);
        content.close();
        UnfinishedFetches unfinished = new UnfinishedFetches(state);
        Files.createLink(downloads.resolve("f"), downloads.resolve("f.part")); // killed between link and unlink
        assertThat(unfinished.takePlaced()).isEmpty();
        assertThat(open(shared.manifest(), "f").finish()).hasSize(300_000);
        assertThat(downloads.resolve("f.part")).doesNotExist();

        PartialContent again = open(shared.manifest(), "g");
        TestShares.copyAll(shared, again);
        again.close();
        Files.move(downloads.resolve("g.part"), downloads.resolve("g")); // killed between rename and journal
        assertThat(unfinished.list()).isEmpty();
        assertThat(unfinished.takePlaced()).map(StoredFetch::target).containsExactly(downloads.resolve("g"));
        assertThat(state.fetches().all()).isEmpty();
    }

    @Test
    void onlyWholeChunksAreTaken() throws Exception {
        SharedContent shared = file(300_000);
        PartialContent content = open(shared.manifest(), "f");
        assertThatThrownBy(() -> content.write(1, ByteBuffer.allocate(5))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(content::finish).isInstanceOf(IllegalStateException.class);
    }

    private SharedContent file(int length) throws Exception {
        return TestShares.share(TestFiles.write(temporary.resolve("source/f"), TestFiles.random(length, length)));
    }

    private Path fetch(Path source, String name) throws Exception {
        SharedContent shared = TestShares.share(source);
        PartialContent content = open(shared.manifest(), name);
        TestShares.copyAll(shared, content);
        Path target = content.finish();
        content.close();
        assertThat(target).isEqualTo(downloads.resolve(name));
        assertIntact(shared.manifest(), target);
        assertThat(state.fetches().all()).isEmpty();
        return target;
    }

    private PartialContent open(Manifest manifest, String name) throws IOException {
        return PartialContent.open(state, clock, manifest, downloads.resolve(name), true);
    }

    private static void assertIntact(Manifest manifest, Path place) throws Exception {
        var report = PlacedFilesVerifier.verify(manifest, place, done -> {}, () -> false);
        assertThat(report.isIntact()).as("%s", report).isTrue();
        assertThat(report.extra()).isEmpty();
    }
}
