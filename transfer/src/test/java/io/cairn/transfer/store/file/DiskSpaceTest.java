package io.cairn.transfer.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
    /** A file system of the kernel: it has no space at all, neither free nor used. */
    private static final Path WITHOUT_SPACE = Path.of("/proc");

    @TempDir
    Path folder;

    @Test
    void moreThanIsFreeIsRefused() {
        assertThat(DiskSpace.free(folder)).isPresent();
        assertThatCode(() -> DiskSpace.require(folder, folder.resolve("film"), 1))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> DiskSpace.require(folder, folder.resolve("film"), Long.MAX_VALUE))
                .isInstanceOf(DiskFullException.class);
    }

    @Test
    void spaceThatTheSystemDoesNotTellIsNoReasonToRefuse() {
        assumeTrue(Files.isDirectory(WITHOUT_SPACE), "there is no /proc here");
        assertThat(DiskSpace.free(WITHOUT_SPACE)).isEmpty();
        assertThatCode(() -> DiskSpace.require(WITHOUT_SPACE, folder.resolve("film"), Long.MAX_VALUE))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingFileHasNoFileSystem() throws Exception {
        assertThat(Mount.of(folder)).contains(Files.getFileStore(folder));
        assertThatThrownBy(() -> Mount.of(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}
