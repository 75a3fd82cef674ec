package io.cairn.transfer.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests which entries --exclude and .cairnignore exclude from a share. */
class ExclusionsTest {
    @TempDir
    Path folder;

    @Test
    void patternsKeepFilesAndFoldersOut() throws IOException {
        files("a.txt", "b.tmp", "sub/c.tmp", "sub/d.txt", "build/x", "docs/build/y", "docs/e.txt");
        assertThat(shared("*.tmp", "/build")).containsExactly("a.txt", "docs/build/y", "docs/e.txt", "sub/d.txt");
        assertThat(shared("build/", "docs/*.txt", "*.tmp")).containsExactly("a.txt", "sub/d.txt");
    }

    @Test
    void aNameThatExistsMeansItselfAndIsNoPattern() throws IOException {
        files("[1].txt", "1.txt", "sub/1.txt", "b{x}", "bx", "[open", "*", "all");
        assertThat(shared("[1].txt")).contains("1.txt").doesNotContain("[1].txt");
        assertThat(shared("b{x}", "[open", "*")).containsExactly("1.txt", "[1].txt", "all", "bx");
        assertThatThrownBy(() -> shared("[open2"))
                .isInstanceOf(UnshareableException.class)
                .hasMessageContaining("the pattern '[open2' is invalid, and no file has that name");
    }

    @Test
    void anIgnoreFileSpeaksForItsFolder() throws IOException {
        files("a.log", "keep.log", "sub/b.log", "sub/deep/c.log", "x.o", "sub/x.o", "other/x.o", "#file");
        ignore(".", "# comment", "*.log", "!keep.log", "/x.o", "\\#file", "");
        ignore("sub", "x.o", "!c.log");
        assertThat(shared()).containsExactly("keep.log", "other/x.o", "sub/deep/c.log");
    }

    @Test
    void aSlashAtTheEndOfALineMeansFoldersAlone() throws IOException {
        files("cache/a", "sub/cache", "sub/file");
        ignore(".", "cache/");
        assertThat(shared()).containsExactly("sub/cache", "sub/file");
    }

    @Test
    void classesOfCharactersAreThoseOfGit() throws IOException {
        files("a", "7", "B", "-", "]x", "^", "é");
        ignore(".", "[[:digit:][:upper:]]", "[\\]a-]x", "[!a[:punct:]é]");
        assertThat(shared()).containsExactly("-", "^", "a", "é");
        ignore(".", "[a\\-z]", "[[:alpha:]");
        assertThatThrownBy(this::shared).hasMessageContaining("line 2: a [ is not closed");
        ignore(".", "[[:letter:]]");
        assertThatThrownBy(this::shared).hasMessageContaining("there is no class [:letter:]");
    }

    @Test
    void bracesInAnIgnoreFileAreCharacters() throws IOException {
        files("{a,b}", "a", "b");
        ignore(".", "{a,b}");
        assertThat(shared()).containsExactly("a", "b");
    }

    @Test
    void aLineThatMakesNoSenseIsNamed() throws IOException {
        files("a");
        ignore(".", "a", "[z-a]");
        assertThatThrownBy(this::shared)
                .isInstanceOf(UnshareableException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(IgnoreFile.NAME);
    }

    @Test
    void whatIsKeptOutIsCountedAndMayBeUnreadableOrOdd() throws IOException {
        files("good", "cache/a", "cache/b");
        Files.createSymbolicLink(folder.resolve("out"), Path.of("/"));
        ShareOptions options = new ShareOptions(List.of("cache", "out"), OddEntries.REFUSE, ShareLayout.PACKED, false);
        ScannedShare share = ShareScanner.scan(folder, options, () -> false);
        assertThat(share.files()).hasSize(1);
        assertThat(share.notes()).isEqualTo(new ScanNotes(ScanNotes.Noted.NONE, ScanNotes.Noted.NONE, 2));
    }

    private void files(String... names) throws IOException {
        for (String name : names) {
            TestFiles.write(folder.resolve(name), new byte[1]);
        }
    }

    private void ignore(String place, String... lines) throws IOException {
        Files.write(folder.resolve(place).resolve(IgnoreFile.NAME), List.of(lines));
    }

    private List<String> shared(String... exclude) throws IOException {
        ShareOptions options = ShareOptions.DEFAULT.excluding(List.of(exclude));
        return ShareScanner.scan(folder, options, () -> false).files().stream()
                .map(file -> file.path().toString())
                .toList();
    }
}
