package io.cairn.app.doctor.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.cairn.app.Check;
import io.cairn.app.Check.Level;
import io.cairn.transfer.store.file.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disk, digests, open files, memory and data directory, each also when it is wrong. */
class TheMachineIsJudgedTest {
    private static final long MILLI = 1_000_000;
    private static final Path AT = Path.of("/data");

    @TempDir
    Path folder;

    @Test
    void aDiskIsMeasuredAndLeavesNothingBehind() throws IOException {
        DiskProbe.Result found = DiskProbe.measure(folder, System::nanoTime);
        assertThat(found.isIntact()).isTrue();
        assertThat(found.bytes()).isBetween(1L, DiskProbe.BYTES_MAX);
        assertThat(found.writeNanos()).isPositive();
        assertThat(names()).isEmpty();
    }

    /** So nothing stays if the process is killed there. */
    @Test
    void theFileHasNoNameWhileItIsWritten() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        List<List<String>> seen = new ArrayList<>();
        DiskProbe.Result found = DiskProbe.measure(folder, () -> {
            seen.add(names());
            return System.nanoTime();
        });
        assertThat(found.bytes()).isPositive();
        assertThat(seen).hasSizeGreaterThan(3).allMatch(List::isEmpty);
    }

    @Test
    void aSlowClockEndsTheWritingEarly() throws IOException {
        long[] now = {0};
        DiskProbe.Result found = DiskProbe.measure(folder, () -> now[0] += 400 * MILLI);
        assertThat(found.bytes()).isLessThan(4 << 20);
    }

    @Test
    void theSpeedOfAFullDiskIsNotMeasured() {
        Check full = DiskCheck.judge(folder, new DiskProbe.Result(1_000, 0, 100, 50, 100, true));
        assertThat(full.level()).isEqualTo(Level.BAD);
        assertThat(full.detail()).isEqualTo("0 MiB free, too little to measure its speed");
    }

    @Test
    void aDiskIsJudgedBySpaceSpeedAndTruth() {
        assertThat(disk(10 * Amounts.GIB, 100, true).level()).isEqualTo(Level.OK);
        assertThat(disk(10 * Amounts.GIB, 100, true).detail())
                .startsWith("10.0 GiB free, writes 320 MiB/s (forced to disk in 5 ms)");
        assertThat(disk(500 * Amounts.MIB, 100, true).level()).isEqualTo(Level.WARNING);
        assertThat(disk(10 * Amounts.MIB, 100, true).level()).isEqualTo(Level.BAD);
        assertThat(disk(10 * Amounts.GIB, 10_000, true).level()).isEqualTo(Level.WARNING);
        assertThat(disk(10 * Amounts.GIB, 100, false).level()).isEqualTo(Level.BAD);
    }

    @Test
    void aDiskThatRefusesIsBad() {
        assertThat(DiskCheck.examine(folder.resolve("gone")).detail()).endsWith("there is no such file or folder");
        Check full = DiskCheck.failed(AT, new FileSystemException("/data/x", null, "No space left on device"));
        assertThat(full.level()).isEqualTo(Level.BAD);
        assertThat(full.next()).startsWith("delete files there");
        assertThat(DiskCheck.failed(AT, new NoSuchFileException("/data")).next())
                .isEqualTo("check the disk and the rights of /data");
    }

    @Test
    void slowDigestsAreAWarning() {
        assertThat(HashingCheck.judge(10).level()).isEqualTo(Level.WARNING);
        assertThat(HashingCheck.judge(1_234))
                .isEqualTo(Check.ok(
                        "hashing", "1,234 chunks of 256 KiB per second on one core, 309 MiB/s (SHA-1 and SHA-256)"));
        assertThat(HashingCheck.chunksPerSecond(System::nanoTime)).isPositive();
    }

    @Test
    void fewDescriptorsAreToldBeforeTheyRunOut() {
        assertThat(OpenFilesCheck.judge(80, 4_096)).isEqualTo(Check.ok("open files", "80 open, at most 4096"));
        assertThat(OpenFilesCheck.judge(80, 256).level()).isEqualTo(Level.WARNING);
        assertThat(OpenFilesCheck.judge(3_500, 4_096).level()).isEqualTo(Level.WARNING);
        assertThat(OpenFilesCheck.judge(4_000, 4_096).level()).isEqualTo(Level.BAD);
    }

    @Test
    void whatTheSystemDoesNotTellIsNotKnown() throws IOException {
        assertThat(OpenFilesCheck.examine(new ProcFiles(folder)).detail()).contains("not known");
        write("proc/self/limits", "Max open files            256                  4096                 files\n");
        write("proc/self/fd/0", "");
        assertThat(OpenFilesCheck.examine(new ProcFiles(folder)).detail()).isEqualTo("1 open, at most 256");
        write("proc/self/limits", "Max open files            unlimited            unlimited            files\n");
        assertThat(OpenFilesCheck.examine(new ProcFiles(folder)).level()).isEqualTo(Level.OK);
    }

    @Test
    void memoryThatIsShortIsAWarning() throws IOException {
        ProcFiles files = new ProcFiles(folder);
        assertThat(memory(256, files))
                .isEqualTo(Check.ok("memory", "the heap has 10 MiB in use and may grow to 256 MiB"));
        assertThat(memory(32, files).level()).isEqualTo(Level.WARNING);
        write("sys/fs/cgroup/memory.max", "max\n");
        assertThat(memory(256, files).level()).isEqualTo(Level.OK);
        write("sys/fs/cgroup/memory.max", "314572800\n");
        assertThat(memory(256, files).level()).isEqualTo(Level.WARNING);
        assertThat(memory(256, files).next()).startsWith("allow the container at least 448 MiB");
        Files.delete(folder.resolve("sys/fs/cgroup/memory.max"));
        write("proc/meminfo", "MemTotal:        8000000 kB\nMemAvailable:      50000 kB\n");
        assertThat(memory(256, files).level()).isEqualTo(Level.WARNING);
    }

    @Test
    void theDataDirectoryBelongsOnALocalDiskAndToItsUser() {
        assertThat(DataDirectoryCheck.judge(AT, true, false, "ext4"))
                .isEqualTo(Check.ok("data directory", "/data is this user's own, on ext4"));
        assertThat(DataDirectoryCheck.judge(AT, false, false, "ext4").level()).isEqualTo(Level.BAD);
        assertThat(DataDirectoryCheck.judge(AT, true, true, "ext4").next()).contains("chmod 700 '/data'");
        assertThat(DataDirectoryCheck.judge(AT, true, true, "ext4").level()).isEqualTo(Level.BAD);
        for (String remote : List.of("nfs4", "CIFS", "smb3", "fuse.sshfs", "9p")) {
            assertThat(DataDirectoryCheck.judge(AT, true, false, remote).level())
                    .as(remote)
                    .isEqualTo(Level.WARNING);
        }
        assertThat(DataDirectoryCheck.judge(AT, true, false, "tmpfs").detail()).contains("in memory");
    }

    @Test
    void aDataDirectoryIsLookedAt() throws IOException {
        assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("posix");
        Path own = folder.resolve("own");
        OwnerOnly.createFolder(own);
        assertThat(DataDirectoryCheck.examine(own).level()).isNotEqualTo(Level.BAD);
        Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(DataDirectoryCheck.examine(own).detail()).startsWith("other users of this machine can access");
        assertThat(DataDirectoryCheck.examine(folder.resolve("gone")).level()).isEqualTo(Level.BAD);
    }

    private static Check disk(long freeBytes, long writeMillis, boolean isIntact) {
        return DiskCheck.judge(
                AT, new DiskProbe.Result(freeBytes, 32 << 20, writeMillis * MILLI, 5 * MILLI, 10 * MILLI, isIntact));
    }

    private static Check memory(long heapMib, ProcFiles files) {
        return MemoryCheck.examine(heapMib * Amounts.MIB, 10 * Amounts.MIB, files);
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
