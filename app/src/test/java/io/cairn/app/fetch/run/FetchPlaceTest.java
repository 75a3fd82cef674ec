package io.cairn.app.fetch.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.app.FetchOptions;
import io.cairn.app.FetchTarget;
import io.cairn.dht.id.Key;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An unusable place is reported before any network query, and folders created in vain are removed. */
class FetchPlaceTest {
    @TempDir
    Path temporary;

    @Test
    void aNameThatIsTooLongIsToldAtOnce() {
        FetchPlace place = place(temporary.resolve("n".repeat(300)), false);
        assertThatThrownBy(() -> place.check())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("too long");
    }

    @Test
    void aReadOnlyFileSystemIsCalledSo() {
        assumeTrue(isReadOnly(Path.of("/sys")), "nothing read-only is mounted here");
        assertThatThrownBy(() -> place(Path.of("/sys/f"), false).check())
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("the file system is read-only");
    }

    @Test
    void aMissingFolderIsToldAtOnce() {
        assertThatThrownBy(() -> place(temporary.resolve("none/f"), false).check())
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void foldersMadeForACancelledFetchAreRemoved() throws IOException {
        FetchPlace place = place(temporary.resolve("a/b/c"), true);
        Files.createDirectories(temporary.resolve("a/b/c"));
        place.removeMade();
        assertThat(temporary.resolve("a")).doesNotExist();
    }

    @Test
    void foldersThatHoldSomethingOrWereThereStay() throws IOException {
        Files.createDirectory(temporary.resolve("there"));
        place(temporary.resolve("there"), true).removeMade();
        assertThat(temporary.resolve("there")).isDirectory();

        FetchPlace place = place(temporary.resolve("a/b"), true);
        Files.createDirectories(temporary.resolve("a/b"));
        Files.writeString(temporary.resolve("a/mine"), "mine");
        place.removeMade();
        assertThat(temporary.resolve("a/b")).doesNotExist();
        assertThat(temporary.resolve("a/mine")).isRegularFile();
    }

    private static boolean isReadOnly(Path path) {
        try {
            return Files.getFileStore(path).isReadOnly();
        } catch (IOException none) {
            return false;
        }
    }

    private static FetchPlace place(Path output, boolean folder) {
        FetchTarget target = new FetchTarget(Key.ofContent(new byte[] {1}), "", -1, List.of());
        return FetchPlace.of(FetchOptions.builder(target, new FetchOptions.Output(output, folder))
                .build());
    }
}
