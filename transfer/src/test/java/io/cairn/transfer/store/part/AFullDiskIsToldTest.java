package io.cairn.transfer.store.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.file.SharedContent;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fills a small file system of its own; mounting it requires root on Linux. */
class AFullDiskIsToldTest {
    @TempDir
    Path temporary;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(temporary.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", disk.toString());
        if (!mounted) {
            System.out.println("skipped: cannot mount a file system here");
        }
        assumeTrue(mounted, "cannot mount a file system here");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    @Test
    void aChunkThatFoundNoRoomIsNotHadAndCanBeWrittenLater() throws Exception {
        SharedContent shared = TestShares.share(TestFiles.write(temporary.resolve("f"), TestFiles.random(1, 2 << 20)));
        try (StateDatabase state = StateDatabase.open(temporary.resolve("cairn.db"))) {
            Path target = disk.resolve("f");
            PartialContent content = PartialContent.open(state, new FakeClock(), shared.manifest(), target, false);
            TestShares.copy(shared, content, 0);
            Path filler = disk.resolve("filler");
            fill(filler);
            assertThatThrownBy(() -> TestShares.copyAll(shared, content))
                    .isInstanceOfSatisfying(DiskFullException.class, full -> {
                        assertThat(full.freeBytes()).isLessThan(full.neededBytes());
                        assertThat(full.path()).isEqualTo(content.part());
                    });
            assertThat(content.have().toBitSet()).hasToString("{0}");
            content.close();
            assertThatThrownBy(() -> PartialContent.open(state, new FakeClock(), shared.manifest(), target, false))
                    .isInstanceOf(DiskFullException.class);
            Files.delete(filler);
            PartialContent resumed = PartialContent.open(state, new FakeClock(), shared.manifest(), target, false);
            assertThat(resumed.have().toBitSet()).hasToString("{0}");
            TestShares.copyAll(shared, resumed);
            assertThat(PlacedFilesVerifier.verify(shared.manifest(), resumed.finish(), done -> {}, () -> false)
                            .isIntact())
                    .isTrue();
            resumed.close();
        }
    }

    private static void fill(Path filler) throws IOException {
        try (var out = Files.newOutputStream(filler)) {
            for (int i = 0; i < 16; i++) {
                out.write(new byte[1 << 20]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }
}
