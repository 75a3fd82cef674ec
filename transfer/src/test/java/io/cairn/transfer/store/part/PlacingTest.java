package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.PathGlob;
import io.cairn.transfer.content.manifest.ChunkSizes;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.FreeNames;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests where files are placed, what happens to an existing target, and adding to a partly fetched share. */
class PlacingTest {
    @TempDir
    Path temporary;

    private final FakeClock clock = new FakeClock();
    private Path downloads;
    private StateDatabase state;
    private SharedContent shared;

    @BeforeEach
    void share() throws Exception {
        downloads = Files.createDirectories(temporary.resolve("downloads"));
        state = StateDatabase.open(temporary.resolve(StateDatabase.FILE_NAME));
        Path source = temporary.resolve("album");
        TestFiles.write(source.resolve("a.jpg"), TestFiles.random(1, ChunkSizes.BYTES_MIN + 10_000));
        TestFiles.write(source.resolve("b.txt"), TestFiles.random(2, 30_000)); // within a chunk of a.jpg and c.jpg
        TestFiles.write(source.resolve("more/c.jpg"), TestFiles.random(3, 2 * ChunkSizes.BYTES_MIN));
        TestFiles.write(source.resolve("more/d.txt"), new byte[0]);
        shared = TestShares.share(source);
    }

    @AfterEach
    void close() throws Exception {
        state.close();
    }

    @Test
    void onlyTheChosenFilesArePlaced() throws Exception {
        PartialContent content = open("album", OnExisting.REFUSE, "*.txt");
        assertThat(content.wanted().toBitSet().stream()).containsExactly(1);
        Path target = fetch(content);

        assertThat(files(target)).containsExactly("b.txt", "more/d.txt");
        assertThat(target.resolve("b.txt")).hasSameBinaryContentAs(source("b.txt"));
        assertThat(files(downloads)).allMatch(name -> name.startsWith("album/"));
        assertThat(state.fetches().all()).isEmpty();
    }

    @Test
    void theRestIsAddedLater() throws Exception {
        fetch(open("album", OnExisting.REFUSE, "a.jpg"));
        Files.writeString(downloads.resolve("album/note"), "mine");
        fetch(open("album", OnExisting.REFUSE, "more"));
        PartialContent rest = open("album", OnExisting.REFUSE);
        assertThat(rest.wanted().toBitSet().stream()).containsExactly(1);
        Path target = fetch(rest);

        assertThat(files(target)).containsExactly("a.jpg", "b.txt", "more/c.jpg", "more/d.txt", "note");
        for (String file : List.of("a.jpg", "b.txt", "more/c.jpg", "more/d.txt")) {
            assertThat(target.resolve(file)).hasSameBinaryContentAs(source(file));
        }
        assertThat(open("album", OnExisting.REFUSE).wasThere()).isTrue();
    }

    @Test
    void whatIsThereAlreadyIsHadAndLeftAlone() throws Exception {
        Path target = fetch(open("album", OnExisting.REFUSE));
        Files.writeString(target.resolve("note"), "mine");
        PartialContent again = open("album", OnExisting.REFUSE);
        assertThat(again.wasThere()).isTrue();
        assertThat(again.wanted()).isEqualTo(again.have());
        assertThat(again.have().isComplete()).isTrue();
        assertThat(TestShares.chunk(again, 1)).isEqualTo(TestShares.chunk(shared, 1));
        again.discard();
        assertThat(again.finish()).isEqualTo(target);
        again.close();
        assertThat(files(target)).containsExactly("a.jpg", "b.txt", "more/c.jpg", "more/d.txt", "note");
        assertThat(files(downloads)).hasSize(5);
        assertThat(state.fetches().all()).isEmpty();

        assertThat(open("album", OnExisting.REFUSE, "*.jpg").wasThere()).isTrue();
        assertThat(open("album", OnExisting.RENAME).target()).isEqualTo(downloads.resolve("album (1)"));
        assertThat(open("album", OnExisting.OVERWRITE).wasThere()).isFalse();
    }

    @Test
    void whatDiffersInOneByteIsInTheWay() throws Exception {
        Path target = fetch(open("album", OnExisting.REFUSE));
        byte[] bytes = Files.readAllBytes(target.resolve("more/c.jpg"));
        bytes[bytes.length - 1]++;
        Path changed = Files.write(target.resolve("more/c.jpg"), bytes);
        assertThatThrownBy(() -> open("album", OnExisting.REFUSE))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("album")
                .hasMessageContaining("differs from this share");
        assertThat(changed).hasBinaryContent(bytes);
        assertThat(open("album", OnExisting.REFUSE, "a.jpg").wasThere()).isTrue();
    }

    @Test
    void whatARunLeftBesideWhatIsThereIsDeleted() throws Exception {
        SharedContent file = TestShares.share(source("a.jpg"));
        PartialContent begun = PartialContent.open(state, clock, file.manifest(), downloads.resolve("a.jpg"), false);
        TestShares.copy(file, begun, 0);
        begun.close();
        Files.copy(source("a.jpg"), downloads.resolve("a.jpg"));
        PartPlace place =
                new PartPlace(downloads.resolve("a.jpg"), FileSelection.all(file.manifest()), OnExisting.REFUSE, false);
        PartialContent again = PartialContent.open(state, clock, file.manifest(), place, TestShares.COMPARES);
        assertThat(again.wasThere()).isTrue();
        again.close();
        assertThat(files(downloads)).containsExactly("a.jpg");
        assertThat(state.fetches().all()).isEmpty();
    }

    @Test
    void whatWasChosenBeforeIsNotFetchedAgain() throws Exception {
        fetch(open("album", OnExisting.REFUSE, "a.jpg"));
        PartialContent again = open("album", OnExisting.REFUSE, "a.jpg");
        assertThat(again.wanted().size()).isZero();
        assertThat(again.wasThere()).isTrue();
        assertThat(again.finish().resolve("a.jpg")).hasSameBinaryContentAs(source("a.jpg"));
        Files.delete(downloads.resolve("album/a.jpg"));
        assertThat(open("album", OnExisting.REFUSE, "a.jpg").wanted().size()).isEqualTo(2);
    }

    @Test
    void aFileThatWasChangedSinceIsLeftAlone() throws Exception {
        fetch(open("album", OnExisting.REFUSE, "b.txt"));
        Path changed = Files.writeString(downloads.resolve("album/b.txt"), "mine");
        fetch(open("album", OnExisting.REFUSE, "a.jpg"));
        assertThatThrownBy(() -> open("album", OnExisting.REFUSE))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("b.txt");
        assertThat(changed).hasContent("mine");
        fetch(open("album", OnExisting.OVERWRITE));
        assertThat(changed).hasSameBinaryContentAs(source("b.txt"));
    }

    @Test
    void aPartThatWasBegunForSomeFilesServesForAll() throws Exception {
        PartialContent some = open("album", OnExisting.REFUSE, "a.jpg");
        TestShares.copy(shared, some, 0, 1);
        some.close();
        PartialContent all = open("album", OnExisting.REFUSE);
        assertThat(all.have().toBitSet().stream()).containsExactly(0, 1);
        assertThat(files(fetch(all))).hasSize(4);
    }

    @Test
    void aFileIsReplacedOnlyAtTheEnd() throws Exception {
        SharedContent file = TestShares.share(source("a.jpg"));
        Path old = Files.writeString(downloads.resolve("a.jpg"), "old");
        PartPlace place = new PartPlace(old, FileSelection.all(file.manifest()), OnExisting.OVERWRITE, false);
        PartialContent content = PartialContent.open(state, clock, file.manifest(), place, TestShares.COMPARES);
        TestShares.copyAll(file, content);
        assertThat(old).hasContent("old");
        assertThat(content.finish()).isEqualTo(old).hasSameBinaryContentAs(source("a.jpg"));
        assertThat(files(downloads)).containsExactly("a.jpg");
    }

    @Test
    void aFolderIsReplacedAsAWhole() throws Exception {
        Files.createDirectories(downloads.resolve("album/deep/er"));
        Files.writeString(downloads.resolve("album/deep/er/old"), "old");
        Files.createSymbolicLink(downloads.resolve("album/link"), temporary.resolve("album"));
        Path target = fetch(open("album", OnExisting.OVERWRITE));
        assertThat(files(target)).containsExactly("a.jpg", "b.txt", "more/c.jpg", "more/d.txt");
        assertThat(files(downloads)).hasSize(4);
        assertThat(source("a.jpg")).exists();
    }

    @Test
    void theOldFolderComesBackIfTheNewOneCannotBePlaced() throws Exception {
        Path target = Files.createDirectories(downloads.resolve("album"));
        Files.writeString(target.resolve("old"), "old");
        assertThatThrownBy(() -> Replacement.replace(
                        FileOperations.SYSTEM,
                        downloads.resolve("missing.part"),
                        target,
                        shared.manifest().hash()))
                .isInstanceOf(IOException.class);
        assertThat(target.resolve("old")).hasContent("old");
    }

    @Test
    void chosenFilesOfAFolderAreReplacedOneByOne() throws Exception {
        Path target = Files.createDirectories(downloads.resolve("album"));
        Files.writeString(target.resolve("a.jpg"), "old");
        Files.writeString(target.resolve("note"), "mine");
        fetch(open("album", OnExisting.OVERWRITE, "*.jpg"));
        assertThat(files(target)).containsExactly("a.jpg", "more/c.jpg", "note");
        assertThat(target.resolve("a.jpg")).hasSameBinaryContentAs(source("a.jpg"));
    }

    @Test
    void aFreeNameIsTakenAndKept() throws Exception {
        SharedContent file = TestShares.share(source("a.jpg"));
        Files.writeString(downloads.resolve("a.jpg"), "mine");
        Files.writeString(downloads.resolve("a (1).jpg"), "mine too");
        PartialContent begun = openRenaming(file);
        TestShares.copy(file, begun, 0);
        begun.close();
        Files.delete(downloads.resolve("a (1).jpg"));
        PartialContent resumed = openRenaming(file);
        assertThat(resumed.have().size()).isEqualTo(1);
        TestShares.copyAll(file, resumed);
        assertThat(resumed.finish()).isEqualTo(downloads.resolve("a (2).jpg")).hasSameBinaryContentAs(source("a.jpg"));
        assertThat(downloads.resolve("a.jpg")).hasContent("mine");

        PartialContent late = openRenaming(file);
        TestShares.copyAll(file, late);
        Files.writeString(late.target(), "came meanwhile");
        assertThat(late.finish()).hasSameBinaryContentAs(source("a.jpg")).isNotEqualTo(late.target());
        assertThat(state.fetches().all()).isEmpty();
    }

    @Test
    void namesAreAsBrowsersHaveThem() {
        assertThat(second("film.mkv", false)).isEqualTo("film (1).mkv");
        assertThat(second("src.tar.gz", false)).isEqualTo("src (1).tar.gz");
        assertThat(second("README", false)).isEqualTo("README (1)");
        assertThat(second(".profile", false)).isEqualTo(".profile (1)");
        assertThat(second("v1.2", true)).isEqualTo("v1.2 (1)");
        assertThat(second("é".repeat(125) + ".mkv", false)).isEqualTo("é".repeat(123) + " (1).mkv");
    }

    private static String second(String name, boolean folder) {
        return FreeNames.of(Path.of("/d", name), folder)
                .skip(1)
                .findFirst()
                .orElseThrow()
                .getFileName()
                .toString();
    }

    private PartialContent openRenaming(SharedContent file) throws IOException {
        Manifest manifest = file.manifest();
        return PartialContent.open(
                state,
                clock,
                manifest,
                new PartPlace(downloads.resolve("a.jpg"), FileSelection.all(manifest), OnExisting.RENAME, false),
                TestShares.COMPARES);
    }

    private PartialContent open(String name, OnExisting onExisting, String... only) throws IOException {
        Manifest manifest = shared.manifest();
        FileSelection chosen = FileSelection.matching(
                manifest, Arrays.stream(only).map(PathGlob::parse).toList());
        return PartialContent.open(
                state,
                clock,
                manifest,
                new PartPlace(downloads.resolve(name), chosen, onExisting, false),
                TestShares.COMPARES);
    }

    private Path fetch(PartialContent content) throws IOException {
        TestShares.copy(shared, content, content.wanted().toBitSet().stream().toArray());
        Path target = content.finish();
        content.close();
        return target;
    }

    private Path source(String name) {
        return temporary.resolve("album").resolve(name);
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.filter(path -> !Files.isDirectory(path))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
