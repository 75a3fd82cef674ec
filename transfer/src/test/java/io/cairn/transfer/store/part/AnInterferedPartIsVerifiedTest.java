package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests how far a resumed fetch trusts a part to which other programs may have written. */
class AnInterferedPartIsVerifiedTest {
    @TempDir
    Path temporary;

    private final FakeClock clock = new FakeClock();
    private StateDatabase state;
    private SharedContent folder;
    private Path part;

    @BeforeEach
    void interruptAFetch() throws Exception {
        state = StateDatabase.open(temporary.resolve("cairn.db"));
        Path source = temporary.resolve("source/d");
        TestFiles.write(source.resolve("a"), TestFiles.random(1, 400_000));
        TestFiles.write(source.resolve("b"), TestFiles.random(2, 400_000));
        TestFiles.write(source.resolve("c"), TestFiles.random(3, 400_000));
        folder = TestShares.share(source);
        PartialContent content = open();
        part = content.part();
        TestShares.copyAll(folder, content);
        content.close();
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void anUntouchedPartIsTrusted() throws IOException {
        assertThat(had()).isEqualTo("{0, 1, 2, 3, 4}");
    }

    @Test
    void aPartWrittenToMuchLaterIsReadAndDamageFound() throws IOException {
        damage("b", 200_000);
        shiftTime("b", 120);
        assertThat(had()).isEqualTo("{0, 1, 3, 4}");
    }

    @Test
    void anOlderCopyIsReadAndDamageFound() throws IOException {
        damage("a", 0);
        for (String file : new String[] {"a", "b", "c"}) {
            shiftTime(file, -3_600);
        }
        assertThat(had()).isEqualTo("{1, 2, 3, 4}");
    }

    @Test
    void aChangeOfTheLastMomentIsFoundByItsTime() throws IOException {
        damage("b", 200_000);
        shiftTime("b", 1);
        assertThat(had()).isEqualTo("{0, 1, 3, 4}");
    }

    @Test
    void oneOlderFileAmongNewerOnesIsRead() throws IOException {
        damage("a", 0);
        shiftTime("a", -3_600);
        assertThat(had()).isEqualTo("{1, 2, 3, 4}");
    }

    @Test
    void anotherFileWithTheSameTimeAndLengthIsRead() throws IOException {
        Path other = temporary.resolve("other");
        Files.copy(part.resolve("b"), other, StandardCopyOption.COPY_ATTRIBUTES);
        flip(other, 200_000);
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(part.resolve("b")));
        Files.move(other, part.resolve("b"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(had()).isEqualTo("{0, 1, 3, 4}");
    }

    @Test
    void aFileThatGrewIsCut() throws IOException {
        Files.writeString(part.resolve("c"), "more", StandardOpenOption.APPEND);
        assertThat(had()).isEqualTo("{0, 1, 2, 3, 4}");
        assertThat(part.resolve("c")).hasSize(400_000);
    }

    @Test
    void aLinkInThePlaceOfAFileIsNotFollowed() throws Exception {
        Path outside = TestFiles.write(temporary.resolve("outside"), TestFiles.random(2, 400_000));
        FileTime time = Files.getLastModifiedTime(outside);
        Files.delete(part.resolve("b"));
        Files.createSymbolicLink(part.resolve("b"), outside);
        finishAnew();
        assertThat(Files.getLastModifiedTime(outside)).isEqualTo(time);
        assertThat(temporary.resolve("d/b"))
                .isRegularFile()
                .hasBinaryContent(TestFiles.random(2, 400_000))
                .matches(file -> !Files.isSymbolicLink(file));
    }

    @Test
    void aHardLinkInThePlaceOfAFileIsNotWrittenTo() throws Exception {
        Path outside = TestFiles.write(temporary.resolve("outside"), TestFiles.random(9, 500_000));
        Files.delete(part.resolve("b"));
        Files.createLink(part.resolve("b"), outside);
        finishAnew();
        assertThat(outside).hasBinaryContent(TestFiles.random(9, 500_000));
        assertThat(temporary.resolve("d/b")).hasBinaryContent(TestFiles.random(2, 400_000));
    }

    @Test
    void aKilledRunsLastWritesNeedNoReading() throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        PartialContent killed = open(film, "film");
        TestShares.copy(film, killed, 0);
        killed.sync();
        TestShares.copy(film, killed, 1); // not journalled
        flip(killed.part(), 5);
        Files.setLastModifiedTime(
                killed.part(),
                FileTime.from(
                        WriteMark.on(film.manifest().hash(), FileStamp.of(killed.part()))
                                .modifiedNanos(),
                        TimeUnit.NANOSECONDS));
        try (PartialContent next = open(film, "film")) {
            assertThat(next.have().toBitSet()).as("the mark is believed").hasToString("{0, 1}");
        }
    }

    @Test
    void whatIsWrittenAfterAKillIsRead() throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        PartialContent killed = open(film, "film");
        TestShares.copy(film, killed, 0, 1);
        killed.sync();
        TestShares.copy(film, killed, 2);
        flip(killed.part(), 5);
        try (PartialContent next = open(film, "film")) {
            assertThat(next.have().toBitSet()).hasToString("{1, 2}");
        }
    }

    @Test
    void aChangeWhileItRunsIsFoundBeforeTheRename() throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        try (PartialContent content = open(film, "film")) {
            TestShares.copy(film, content, 0, 1);
            flip(content.part(), 262_144);
            TestShares.copy(film, content, 2, 3);
            assertThatThrownBy(content::finish).isInstanceOf(PartDamagedException.class);
            assertThat(temporary.resolve("film")).doesNotExist();
            assertThat(content.have().toBitSet()).hasToString("{0, 2, 3}");
        }
        try (PartialContent next = open(film, "film")) {
            assertThat(next.have().toBitSet()).hasToString("{0, 2, 3}");
            TestShares.copy(film, next, 1);
            assertThat(next.finish()).hasBinaryContent(TestFiles.random(4, 900_000));
        }
    }

    @Test
    void aFileThatGrewIsCutBeforeTheRename() throws Exception {
        try (PartialContent content = open()) {
            Files.writeString(part.resolve("a"), "more", StandardOpenOption.APPEND);
            assertThat(content.finish().resolve("a")).hasBinaryContent(TestFiles.random(1, 400_000));
        }
    }

    @Test
    void onlyAnotherTimeCostsAReadAndNoFetch() throws Exception {
        try (PartialContent content = open()) {
            shiftTime("a", 60);
            assertThat(content.finish().resolve("a")).hasBinaryContent(TestFiles.random(1, 400_000));
            assertThat(content.stamps()).isEqualTo(SharedContent.stamps(content.manifest(), temporary.resolve("d")));
        }
    }

    @Test
    void aRemovedFileIsFetchedAgain() throws Exception {
        try (PartialContent content = open()) {
            Files.delete(part.resolve("c"));
            assertThatThrownBy(content::finish).isInstanceOf(PartDamagedException.class);
        }
        finishAnew();
        assertThat(temporary.resolve("d/c")).hasBinaryContent(TestFiles.random(3, 400_000));
    }

    @Test
    void aFileRemovedWhileItRunsIsFetchedAgain() throws Exception {
        Path source = temporary.resolve("source/e");
        TestFiles.write(source.resolve("a"), TestFiles.random(1, 700_000));
        TestFiles.write(source.resolve("b"), TestFiles.random(2, 700_000));
        SharedContent shared = TestShares.share(source);
        try (PartialContent content = open(shared, "e")) {
            TestShares.copyAll(shared, content);
            Files.delete(content.part().resolve("a"));
            assertThatThrownBy(content::finish).isInstanceOf(PartDamagedException.class);
        }
        try (PartialContent content = open(shared, "e")) {
            TestShares.copyAll(shared, content);
            assertThat(content.finish().resolve("a")).hasBinaryContent(TestFiles.random(1, 700_000));
        }
    }

    @Test
    void aSingleFileRemovedWhileItRunsIsMadeAndFetchedAgain() throws Exception {
        replacedWhileItRuns(Files::delete);
    }

    @Test
    void aLinkInThePlaceOfASingleFileIsNotFollowed() throws Exception {
        Path elsewhere = TestFiles.write(temporary.resolve("elsewhere"), TestFiles.random(6, 900_000));
        replacedWhileItRuns(file -> {
            Files.delete(file);
            Files.createSymbolicLink(file, elsewhere);
        });
        assertThat(elsewhere).hasBinaryContent(TestFiles.random(6, 900_000));
    }

    @Test
    void aFolderInThePlaceOfASingleFileIsNamed() throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        PartialContent content = open(film, "film");
        TestShares.copyAll(film, content);
        Files.delete(content.part());
        Files.createDirectory(content.part());
        assertThatThrownBy(content::finish)
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is no longer a file");
        assertThat(content.part()).isDirectory();
        content.close();
    }

    private void replacedWhileItRuns(Interference interference) throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        try (PartialContent content = open(film, "film")) {
            TestShares.copyAll(film, content);
            interference.with(content.part());
            assertThatThrownBy(content::finish).isInstanceOf(PartDamagedException.class);
            assertThat(content.have().size()).isZero();
            TestShares.copyAll(film, content);
            assertThat(content.finish()).isRegularFile().hasBinaryContent(TestFiles.random(4, 900_000));
        }
    }

    /** Another program's change to a file. */
    private interface Interference {
        void with(Path file) throws IOException;
    }

    private void finishAnew() throws IOException {
        try (PartialContent content = open()) {
            TestShares.copyAll(folder, content);
            content.finish();
        }
    }

    @Test
    void chunksOfMissingOrCutFilesAreNotHad() throws IOException {
        Files.delete(part.resolve("c"));
        assertThat(had()).isEqualTo("{0, 1, 2}");
        try (RandomAccessFile file = new RandomAccessFile(part.resolve("a").toFile(), "rw")) {
            file.setLength(5);
        }
        assertThat(had()).isEqualTo("{2}");
    }

    @Test
    void aFileThatWasCutGoesOnWithWhatIsLeft() throws Exception {
        assertThat(hadOfAFileCutTo(3 * 262_144 + 1)).isEqualTo("{0, 1, 2}");
    }

    @Test
    void aFileThatWasEmptiedBeginsAnew() throws Exception {
        assertThat(hadOfAFileCutTo(0)).isEqualTo("{}");
    }

    @Test
    void anotherFileOfTheSameNameIsLeftAlone() throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        try (PartialContent first = open(film, "film")) {
            TestShares.copyAll(film, first);
        }
        byte[] mine = TestFiles.random(5, 600_000);
        Files.write(temporary.resolve("film.part"), mine);
        try (PartialContent next = open(film, "film")) {
            assertThat(next.part()).isEqualTo(temporary.resolve("film.part.1"));
        }
        assertThat(Files.readAllBytes(temporary.resolve("film.part"))).isEqualTo(mine);
    }

    /** The chunks recovered from a part truncated to this length. */
    private String hadOfAFileCutTo(long length) throws Exception {
        SharedContent film =
                TestShares.share(TestFiles.write(temporary.resolve("source/film"), TestFiles.random(4, 900_000)));
        try (PartialContent first = open(film, "film")) {
            TestShares.copyAll(film, first);
        }
        try (RandomAccessFile file =
                new RandomAccessFile(temporary.resolve("film.part").toFile(), "rw")) {
            file.setLength(length);
        }
        try (PartialContent next = open(film, "film")) {
            String had = next.have().toBitSet().toString();
            TestShares.copyAll(film, next);
            assertThat(Files.readAllBytes(next.finish())).isEqualTo(TestFiles.random(4, 900_000));
            return had;
        }
    }

    private PartialContent open(SharedContent share, String name) throws IOException {
        return PartialContent.open(state, clock, share.manifest(), temporary.resolve(name), false);
    }

    private String had() throws IOException {
        PartialContent content = open();
        ChunkSet have = content.have();
        content.close();
        return have.toBitSet().toString();
    }

    private PartialContent open() throws IOException {
        return PartialContent.open(state, clock, folder.manifest(), temporary.resolve("d"), false);
    }

    private void damage(String name, long offset) throws IOException {
        FileTime time = Files.getLastModifiedTime(part.resolve(name));
        flip(part.resolve(name), offset);
        Files.setLastModifiedTime(part.resolve(name), time);
    }

    private static void flip(Path path, long offset) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(offset);
            int old = file.read();
            file.seek(offset);
            file.write(old ^ 1);
        }
    }

    private void shiftTime(String name, long bySeconds) throws IOException {
        long nanos = Files.getLastModifiedTime(part.resolve(name)).to(TimeUnit.NANOSECONDS);
        Files.setLastModifiedTime(
                part.resolve(name), FileTime.from(nanos + TimeUnit.SECONDS.toNanos(bySeconds), TimeUnit.NANOSECONDS));
    }
}
