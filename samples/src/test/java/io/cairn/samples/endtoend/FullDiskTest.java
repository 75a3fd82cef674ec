package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program fills the disk during a fetch. Needs root on Linux to mount a small disk. */
class FullDiskTest {
    private static final long LENGTH = 64L * MIB;

    @TempDir
    Path folder;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", disk.toString());
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
    void endsWithSevenAndGoesOnWhenThereIsRoom() throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), LENGTH, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            String target = disk.resolve("film.bin").toString();

            CairnProcess fetch = ben.start("fetch", hash, "-o", target);
            fetch.await("phase", line -> line.has("resumedBytes"));
            sharing.signal("STOP");
            Path filler = disk.resolve("filler");
            try {
                fill(filler);
            } finally {
                sharing.signal("CONT");
            }
            assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(7);
            assertThat(fetch.errors().lines().filter(line -> line.matches("(error|why|next): .*")))
                    .as(fetch.transcript())
                    .hasSize(3);
            assertThat(fetch.await("error").path("code").asInt()).isEqualTo(7);
            assertThat(disk.resolve("film.bin")).doesNotExist();

            Files.delete(filler);
            CairnProcess again = ben.start("fetch", hash, "-o", target);
            assertThat(again.exitCode()).as(again.transcript()).isZero();
            assertThat(Content.sha256(disk.resolve("film.bin"))).isEqualTo(Content.sha256(file));
        }
    }

    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] block = new byte[64 * Content.KIB];
            for (int i = 0; i < 4_096; i++) {
                out.write(block);
            }
            throw new AssertionError("a disk of 96 MiB took 256 MiB");
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
