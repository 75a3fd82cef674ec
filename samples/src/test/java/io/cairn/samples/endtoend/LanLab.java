package io.cairn.samples.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.samples.architecture.ProjectFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Hosts in network namespaces, created by {@code samples/lan/lan} with a launcher for this build. {@link #close} removes them. */
final class LanLab implements AutoCloseable {
    private static final Path LAN = ProjectFolder.root().resolve("samples/lan/lan");
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Path folder;
    private final String name;
    private final Path launcher;
    private final List<Process> begun = new ArrayList<>();

    /** @param name letters and digits; different for each LAN that exists at the same time */
    LanLab(Path folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        launcher = folder.resolve("cairn");
        String command = CairnProcess.javaCommand(folder).stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        Files.writeString(launcher, "#!/bin/sh\nexec " + command + " \"$@\"\n");
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    /** Skips the test, with a reason, if this machine cannot create such hosts. */
    static void skipWhereThereAreNone() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/ns")), "skipped: network namespaces are a thing of Linux");
        Outcome probe = finish(new ProcessBuilder(LAN.toString(), "--name", "probe", "down"));
        assumeTrue(probe.code() == 0, "skipped: " + probe.output());
    }

    /** Runs a verb of the script to its end. */
    Outcome lan(String... arguments) throws IOException {
        return finish(builder(List.of(arguments)));
    }

    /** Runs a command on a host to its end; it must succeed. */
    void on(int host, String... command) throws IOException {
        Outcome done = finish(builder(onHost(host, List.of(command))));
        if (done.code() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + done.output());
        }
    }

    /** Skips the test, with a reason, if this machine does not have a program. */
    static void skipWithout(String program) throws IOException {
        Outcome found = finish(new ProcessBuilder("sh", "-c", "command -v " + program));
        assumeTrue(found.code() == 0, "skipped: " + program + " is not installed");
    }

    /** Runs the program on a host to its end; merges stdout and stderr. */
    Outcome cairn(int host, String... arguments) throws IOException {
        return finish(builder(cairnOnHost(host, arguments)));
    }

    /** Starts the program on a host; merges stdout and stderr. */
    StreamLines begin(int host, String... arguments) throws IOException {
        return begin(cairnOnHost(host, arguments));
    }

    /** The same with a replacement for {@code /etc/hosts}. */
    StreamLines beginWithHosts(int host, Path hosts, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("unshare", "-m", "sh", "-c", "mount --bind '" + hosts + "' /etc/hosts && exec \"$@\"", "sh"));
        command.add(launcher.toString());
        command.addAll(List.of(arguments));
        return begin(onHost(host, command));
    }

    private StreamLines begin(List<String> arguments) throws IOException {
        Process process = builder(arguments).redirectErrorStream(true).start();
        begun.add(process);
        return StreamLines.of(process.getInputStream());
    }

    @Override
    public void close() throws IOException {
        begun.forEach(Process::destroy);
        finish(builder(List.of("down")));
    }

    private List<String> cairnOnHost(int host, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        return onHost(host, command);
    }

    private static List<String> onHost(int host, List<String> command) {
        List<String> arguments = new ArrayList<>(List.of("exec", Integer.toString(host)));
        arguments.addAll(command);
        return arguments;
    }

    private ProcessBuilder builder(List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(LAN.toString(), "--name", name);
        builder.command().addAll(arguments);
        builder.environment().put("CAIRN_PROGRAM", launcher.toString());
        builder.environment().put("TMPDIR", folder.toString());
        return builder;
    }

    private static Outcome finish(ProcessBuilder builder) throws IOException {
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

    /** The exit code and output of a command. */
    record Outcome(int code, String output) {}
}
