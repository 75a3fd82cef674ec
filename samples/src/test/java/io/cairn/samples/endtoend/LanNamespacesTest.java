package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four hosts in network namespaces on one switch, made by {@code samples/lan/lan}. They find each other by multicast and broadcast:
 * nobody is given an address. Skipped where this machine cannot make such hosts.
 */
class LanNamespacesTest {
    private static final Path LAN = ProjectFolder.root().resolve("samples/lan/lan");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @BeforeAll
    static void skipWhereThereAreNoNamespaces() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "skipped: network namespaces are a thing of Linux");
        Outcome probe = run(new ProcessBuilder(LAN.toString(), "--name", "probe", "down"));
        assumeTrue(probe.code() == 0, "skipped: " + probe.output());
    }

    @Test
    void fourHostsFindEachOtherAndTheFirstMayLeave(@TempDir Path folder) throws IOException {
        Outcome demo = run(lan(folder, "demo", "--size", "24"));
        assertThat(demo.code()).as(demo.output()).isZero();
        assertThat(demo.output()).contains("SHA-256 on hosts 2, 3 and 4 equals that of host 1");
    }

    @Test
    void theHelpNamesEveryVerb() throws IOException {
        Outcome help = run(new ProcessBuilder(LAN.toString(), "--help"));
        assertThat(help.code()).isZero();
        assertThat(help.output()).contains("up", "exec", "shell", "cut", "join", "status", "down", "demo");
    }

    /** The script with a launcher that starts this build. */
    private static ProcessBuilder lan(Path folder, String... arguments) throws IOException {
        String command = CairnProcess.javaCommand(folder).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Path launcher = folder.resolve("cairn");
        Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(LAN.toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("CAIRN_PROGRAM", launcher.toString());
        builder.environment().put("TMPDIR", folder.toString());
        return builder;
    }

    private static Outcome run(ProcessBuilder builder) throws IOException {
        Process process = builder.redirectErrorStream(true).start();
        StreamLines output = StreamLines.of(process.getInputStream());
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroy();
                throw new AssertionError("not done in " + PATIENCE + ":\n" + String.join("\n", output.soFar()));
            }
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
        }
        output.awaitEnd(CairnProcess.PATIENCE);
        return new Outcome(process.exitValue(), String.join("\n", output.soFar()));
    }

    private record Outcome(int code, String output) {}
}
