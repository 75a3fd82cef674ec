package io.cairn.app.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class RehearsalTest {
    @TempDir
    Path folder;

    @Test
    void performsItsTransfersInMemoryAndLeavesNothing() throws Exception {
        assumeMemory();
        Path link = folder.resolve("rehearsal");
        try (Rehearsal rehearsal = Rehearsal.begin(link)) {
            rehearsal.await();
            assertThat(rehearsal.rounds()).isEqualTo(Rehearsal.ROUNDS);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void endsEarly() throws Exception {
        Rehearsal rehearsal = Rehearsal.begin(folder.resolve("rehearsal"));
        rehearsal.end();
        rehearsal.await();
        assertThat(rehearsal.rounds()).isLessThan(Rehearsal.ROUNDS);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkThatCannotBeMadeDisturbsNobody() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (Rehearsal rehearsal = Rehearsal.begin(file.resolve("rehearsal"))) {
            rehearsal.await();
            assertThat(rehearsal.rounds()).isZero();
        }
        assertThat(file).exists();
    }

    @Test
    void theFolderIsFoundByItsLinkAndGoneAfterwards() throws IOException {
        Path link = folder.resolve("link");
        Path path;
        try (MemoryFolder memory = MemoryFolder.create(folder, link)) {
            path = memory.path();
            Files.writeString(path.resolve("target.part"), "half");
            assertThat(Files.readSymbolicLink(link)).isEqualTo(path);
        }
        assertThat(path).doesNotExist();
        assertThat(link).doesNotExist();
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws IOException {
        Path link = folder.resolve("link");
        Path left = MemoryFolder.create(folder, link).path();
        Files.writeString(Files.createDirectories(left.resolve("target.part")).resolve("large"), "half");
        MemoryFolder.deleteRemains(link);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aLinkElsewhereIsDeletedWithoutItsTarget() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), mine);
        MemoryFolder.deleteRemains(link);
        assertThat(mine).exists();
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
        Files.createSymbolicLink(link, folder.resolve("cairn-gone"));
        MemoryFolder.deleteRemains(link);
        assertThat(folder).isDirectoryContaining(path -> path.equals(mine));
        assertThat(Files.exists(link, LinkOption.NOFOLLOW_LINKS)).isFalse();
    }

    private static void assumeMemory() throws IOException {
        assumeThat(MemoryFolder.place(1 << 26))
                .as("a file system in memory with 64 MiB free")
                .isPresent();
    }
}
