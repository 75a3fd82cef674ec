package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A closed standard stream stays unusable, and no file opened later gets its descriptor: otherwise any printed line would go into the
 * database. The launcher's first lines run here on their own, in the shell that runs the launcher.
 */
class LauncherKeepsClosedStreamsClosedTest {
    private static final String FIRST = "\nfail() {";

    /** Reports for each stream what it is and whether it is usable, in a file that is opened last. */
    private static final String REPORT = """
            if read -r line <&0; then input=read; else input=refused; fi
            if echo data >&1; then output=written; else output=refused; fi
            if echo data >&2; then errors=written; else errors=refused; fi
            for stream in 0 1 2; do readlink "/proc/$$/fd/$stream" || echo free; done >"$REPORT.streams"
            echo "$input $output $errors" >"$REPORT"
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "<&-", ">&-", "2>&-", "<&- >&-", "<&- 2>&-", ">&- 2>&-", "<&- >&- 2>&-"})
    void inAllCombinations(String closed) throws Exception {
        assumeTrue(
                Files.isDirectory(Path.of("/proc/self/fd")), "this system does not list the descriptors of a process");
        String usable = (closed.contains("<&-") ? "refused " : "read ")
                + ((" " + closed).contains(" >&-") ? "refused " : "written ")
                + (closed.contains("2>&-") ? "refused" : "written");
        assertThat(run(closed)).isEqualTo(usable);
        assertThat(Files.readAllLines(folder.resolve("report.streams"))).doesNotContain("free");
    }

    @Test
    void beforeAnythingElseIsRun() throws IOException {
        String launcher = Files.readString(ProjectFolder.root().resolve("cairn"));
        List<String> commands = launcher.substring(0, launcher.indexOf(FIRST))
                .lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .toList();
        assertThat(commands).hasSize(4).first().isEqualTo("set -eu");
    }

    private String run(String closed) throws IOException, InterruptedException {
        String launcher = Files.readString(ProjectFolder.root().resolve("cairn"));
        Path script = Files.writeString(
                folder.resolve("script"), launcher.substring(0, launcher.indexOf(FIRST)) + "\n" + REPORT);
        Path report = folder.resolve("report");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", "exec /bin/sh " + script + " " + closed);
        builder.environment().put("REPORT", report.toString());
        Process process = builder.redirectInput(
                        Files.writeString(folder.resolve("input"), "line\n").toFile())
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(report).strip();
    }
}
