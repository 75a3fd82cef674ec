package io.cairn.transfer.content.hashing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.transfer.content.OddEntries;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareLayout;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.store.part.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ShareScannerTest {
    @TempDir
    Path temporary;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("share"));
    }

    @Test
    void orderIsThatOfTheBytesOfTheNames() throws IOException {
        for (String file : List.of("b", "a/z", "a.txt", "Z", "é", "a-b", "a/b/c", "日本")) {
            TestFiles.write(folder.resolve(file), new byte[1]);
        }
        assertThat(paths(ShareScanner.scan(folder)))
                .containsExactly("Z", "a/b/c", "a/z", "a-b", "a.txt", "b", "é", "日本");
    }

    @Test
    void emptyFoldersAndExecutablesAreSeen() throws IOException {
        Files.createDirectories(folder.resolve("x/y"));
        Files.createDirectories(folder.resolve("empty"));
        assertThat(TestFiles.write(folder.resolve("run"), new byte[2]).toFile().setExecutable(true))
                .isTrue();
        ScannedShare share = ShareScanner.scan(folder);
        assertThat(share.emptyFolders()).map(SharePath::toString).containsExactly("empty", "x/y");
        assertThat(share.files()).containsExactly(new FileEntry(new SharePath(List.of("run")), 2, true));
        assertThat(share.folder()).isTrue();
    }

    @Test
    void shareIsNamedAsItReallyIs() throws IOException {
        TestFiles.write(folder.resolve("sub/file"), new byte[1]);
        assertThat(ShareScanner.scan(folder.resolve("sub/..")).name()).isEqualTo("share");
        assertThat(ShareScanner.scan(Path.of(folder + "/")).name()).isEqualTo("share");
        assertThat(ShareScanner.scan(Path.of(".")).name())
                .isEqualTo(Path.of("").toAbsolutePath().getFileName().toString());
        ScannedShare file = ShareScanner.scan(folder.resolve("sub/./file"));
        assertThat(file.name()).isEqualTo("file");
        assertThat(file.paths()).containsExactly(folder.resolve("sub/file"));
        assertThatThrownBy(() -> ShareScanner.scan(Path.of("/"))).isInstanceOf(UnshareableException.class);
        assertThatThrownBy(() -> ShareScanner.scan(folder.resolve("absent"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void linksInsideAreFollowed() throws IOException {
        TestFiles.write(folder.resolve("real/file"), new byte[3]);
        Files.createSymbolicLink(folder.resolve("link"), Path.of("real/file"));
        Files.createSymbolicLink(folder.resolve("again"), Path.of("real"));
        ScannedShare share = ShareScanner.scan(folder);
        assertThat(paths(share)).containsExactly("again/file", "link", "real/file");
        assertThat(share.totalBytes()).isEqualTo(9);
    }

    @Test
    void strictlyLinksThatLeadOutsideNowhereOrInCirclesAreRefused() throws IOException {
        TestFiles.write(temporary.resolve("outside"), new byte[1]);
        assertRefused(
                Files.createSymbolicLink(folder.resolve("out"), temporary.resolve("outside")),
                "outside the shared folder");
        assertRefused(Files.createSymbolicLink(folder.resolve("up"), Path.of("..")), "outside the shared folder");
        assertRefused(Files.createSymbolicLink(folder.resolve("gone"), Path.of("nothing")), "leads to nothing");
        assertRefused(Files.createSymbolicLink(folder.resolve("self"), Path.of("self")), "leads to itself");
        assertRefused(Files.createSymbolicLink(folder.resolve("circle"), Path.of(".")), "a folder that it is in");
    }

    @Test
    @Timeout(20)
    void pipesAreLeftOutWithoutWaitingForAWriter() throws Exception {
        Path pipe = folder.resolve("pipe");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")), "no mkfifo here");
        assertThat(new ProcessBuilder("/usr/bin/mkfifo", pipe.toString())
                        .start()
                        .waitFor(10, TimeUnit.SECONDS))
                .isTrue();
        TestFiles.write(folder.resolve("file"), new byte[1]);
        ScannedShare share = ShareScanner.scan(folder);
        assertThat(paths(share)).containsExactly("file");
        assertThat(share.notes().leftOut().first())
                .containsExactly(new ScanNotes.Entry("pipe", "neither a file nor a folder (a pipe, socket or device)"));
        assertRefused(pipe, "neither a file nor a folder");
        assertThatThrownBy(() -> ShareScanner.scan(Path.of("/dev/null")))
                .hasMessageContaining("neither a file nor a folder");
    }

    @Test
    void collidingNamesAreRefused() throws IOException {
        TestFiles.write(folder.resolve("Readme"), new byte[1]);
        TestFiles.write(folder.resolve("README"), new byte[1]);
        assumeTrue(
                !Files.isSameFile(folder.resolve("Readme"), folder.resolve("README")), "this file system ignores case");
        assertThatThrownBy(() -> ShareScanner.scan(folder))
                .isInstanceOf(UnshareableException.class)
                .hasMessageContaining("README")
                .hasMessageContaining("Readme");
    }

    @Test
    void namesThatAreNotUtf8AreLeftOutOfAFolderAndRefusedAlone() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell here");
        Process shell = new ProcessBuilder("/bin/sh", "-c", "touch \"$(printf 'bad\\377name')\" good")
                .directory(folder.toFile())
                .start();
        assertThat(shell.waitFor()).isZero();
        ScannedShare share = ShareScanner.scan(folder);
        assertThat(paths(share)).containsExactly("good");
        assertThat(share.notes().leftOut().first()).singleElement().satisfies(entry -> {
            assertThat(entry.path()).startsWith("bad");
            assertThat(entry.reason()).isEqualTo("its name is not valid UTF-8");
        });
        try (Stream<Path> listing = Files.list(folder)) {
            Path bad = listing.filter(path -> path.getFileName().toString().startsWith("bad"))
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> ShareScanner.scan(bad))
                    .isInstanceOf(UnshareableException.class)
                    .hasMessageContaining("not valid UTF-8")
                    .hasMessageContaining("bad");
        }
    }

    @Test
    void oddEntriesAreLeftOutAndCounted() throws IOException {
        TestFiles.write(folder.resolve("good"), new byte[1]);
        TestFiles.write(folder.resolve("sub/a\\b"), new byte[1]);
        TestFiles.write(folder.resolve("sub/con"), new byte[1]);
        for (String link : List.of("/", "nothing", "..", "self")) {
            Files.createSymbolicLink(
                    folder.resolve(link.equals("self") ? "self" : "to" + link.length()), Path.of(link));
        }
        ScannedShare share = ShareScanner.scan(folder);
        assertThat(paths(share)).containsExactly("good");
        assertThat(share.notes().leftOut().count()).isEqualTo(6);
        assertThat(share.notes().leftOut().first())
                .extracting(ScanNotes.Entry::path)
                .containsExactlyInAnyOrder("self", "sub/a\\b", "sub/con", "to1", "to2", "to7");
    }

    @Test
    void aLinkGivesTheShareItsOwnName() throws IOException {
        TestFiles.write(folder.resolve("release-2.txt"), new byte[5]);
        Files.createSymbolicLink(folder.resolve("current.txt"), Path.of("release-2.txt"));
        Files.createSymbolicLink(temporary.resolve("latest"), folder);
        ScannedShare file = ShareScanner.scan(folder.resolve("current.txt"));
        assertThat(file.name()).isEqualTo("current.txt");
        assertThat(file.root()).isEqualTo(folder.resolve("release-2.txt"));
        assertThat(paths(file)).containsExactly("current.txt");
        assertThat(ShareScanner.scan(Path.of(temporary + "/latest/")).name()).isEqualTo("latest");
        assertThat(ShareScanner.scan(Path.of(temporary + "/latest/.")).name()).isEqualTo("share");
    }

    @Test
    void namesThatNotEverySystemCanHoldAreNoted() throws IOException {
        for (String name : List.of("a:b", "a?b*", "aux.txt", "dot.", "space ", "fine.txt", "auxiliary", "tab\tname")) {
            TestFiles.write(folder.resolve(name), new byte[1]);
        }
        TestFiles.write(folder.resolve("q\"/x"), new byte[1]);
        ScanNotes.Noted noted = ShareScanner.scan(folder).notes().unportable();
        assertThat(noted.first())
                .extracting(ScanNotes.Entry::path)
                .containsExactlyInAnyOrder("a:b", "a?b*", "aux.txt", "dot.", "space ", "tab\tname", "q\"");
        assertThat(noted.count()).isEqualTo(7);
    }

    @Test
    void theNameOfASharedFileIsNotedOnce() throws IOException {
        Path file = folder.resolve("a:b");
        TestFiles.write(file, new byte[1]);
        assertThat(ShareScanner.scan(file).notes().unportable().count()).isEqualTo(1);
    }

    @Test
    void whatIsUnreadableIsLeftOutOnlyIfAskedTo() throws IOException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may read everything");
        TestFiles.write(folder.resolve("good"), new byte[1]);
        Path secret = TestFiles.write(folder.resolve("secret"), new byte[1]);
        assertThat(secret.toFile().setReadable(false)).isTrue();
        assertThatThrownBy(() -> ShareScanner.scan(folder)).hasMessageContaining("permission denied");
        ShareOptions skipping = new ShareOptions(List.of(), OddEntries.LEAVE_OUT_UNREADABLE, ShareLayout.PACKED, false);
        ScannedShare share = ShareScanner.scan(folder, skipping, () -> false);
        assertThat(paths(share)).containsExactly("good");
        assertThat(share.notes().leftOut().count()).isEqualTo(1);
    }

    @Test
    void whatMayNotBeReadIsNamed() throws IOException {
        assumeTrue(!"root".equals(System.getProperty("user.name")), "root may read everything");
        Path secret = TestFiles.write(folder.resolve("secret"), new byte[1]);
        assertThat(secret.toFile().setReadable(false)).isTrue();
        assertRefused(secret, "permission denied");
    }

    private void assertRefused(Path entry, String reason) throws IOException {
        ShareOptions strict = new ShareOptions(List.of(), OddEntries.REFUSE, ShareLayout.PACKED, false);
        assertThatThrownBy(() -> ShareScanner.scan(folder, strict, () -> false))
                .isInstanceOfSatisfying(
                        UnshareableException.class,
                        refused -> assertThat(refused.path()).isEqualTo(entry))
                .hasMessageContaining(reason);
        Files.delete(entry);
    }

    private static List<String> paths(ScannedShare share) {
        return share.files().stream().map(file -> file.path().toString()).toList();
    }
}
