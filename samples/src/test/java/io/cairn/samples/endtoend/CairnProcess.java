package io.cairn.samples.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The real program in a separate process. Waits for its output with a deadline and never sleeps; {@link #close} always ends it.
 */
final class CairnProcess implements AutoCloseable {
    /** How long any step may take on a slow, busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String MAIN = "io.cairn.shell.Main";
    private static final Path ENV = Path.of("/usr/bin/env");

    /** Without the second compiler, as the launcher starts it with native digests: a short run takes half the processor time. */
    private static final List<String> JVM = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final StreamLines output;
    private final StreamLines errors;
    private final List<String> arguments;

    private CairnProcess(Process process, List<String> arguments) {
        this.process = process;
        this.arguments = arguments;
        this.output = StreamLines.of(process.getInputStream());
        this.errors = StreamLines.of(process.getErrorStream());
    }

    /**
     * Starts the program.
     *
     * @param home its home directory; it gets nothing else of the environment
     */
    static CairnProcess start(Path home, List<String> arguments) throws IOException {
        List<String> command = javaCommand(home);
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("CAIRN_") || name.startsWith("XDG_"));
        environment.put("HOME", home.toString());
        environment.put("LC_ALL", "C.UTF-8");
        return new CairnProcess(builder.start(), arguments);
    }

    /** The command that starts the program of this build. */
    static List<String> javaCommand(Path home) {
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .reduce((before, entry) -> before + File.pathSeparator + entry)
                .orElseThrow();
        List<String> command = new ArrayList<>();
        if (interruptsAreIgnored()) {
            command.addAll(List.of(ENV.toString(), "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        // Native libraries are unpacked here, so that they are deleted with the test even if the process is killed.
        command.addAll(List.of("-Duser.home=" + home, "-Djava.io.tmpdir=" + home, "-cp", classPath, MAIN));
        return command;
    }

    /** A build that a script runs in the background ignores SIGINT, and its children inherit that. */
    private static boolean interruptsAreIgnored() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 0b10) != 0);
        } catch (IOException noSuchFile) {
            return false;
        }
    }

    /** The first JSON line of a type; waits for it if necessary. */
    JsonNode await(String type) {
        return await(type, line -> true);
    }

    /** The first matching JSON line of a type; waits for it if necessary. */
    JsonNode await(String type, Predicate<JsonNode> which) {
        String line = output.await(text -> isOf(type, text) && which.test(parse(text)), PATIENCE);
        if (line == null) {
            throw new AssertionError("no line of type " + type + " came\n" + transcript());
        }
        return parse(line);
    }

    /** All JSON lines of a type so far. */
    List<JsonNode> said(String type) {
        return output.soFar().stream()
                .filter(line -> isOf(type, line))
                .map(this::parse)
                .toList();
    }

    /** The bootstrap address for other nodes. */
    String endpoint() {
        return "127.0.0.1:" + await("ready").path("port").asInt();
    }

    /** Waits for the process to end. */
    int exitCode() {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running\n" + transcript());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
        output.awaitEnd(PATIENCE);
        errors.awaitEnd(PATIENCE);
        return process.exitValue();
    }

    /** Its stderr so far. */
    String errors() {
        return String.join("\n", errors.soFar());
    }

    /** Its stdout so far. */
    String output() {
        return String.join("\n", output.soFar());
    }

    /** Waits for a matching line on stdout, JSON or not. */
    String awaitLine(Predicate<String> which) {
        String line = output.await(which, PATIENCE);
        if (line == null) {
            throw new AssertionError("the line did not come\n" + transcript());
        }
        return line;
    }

    /** Waits for a matching line on stderr. */
    void awaitError(Predicate<String> which) {
        if (errors.await(which, PATIENCE) == null) {
            throw new AssertionError("the line did not come on stderr\n" + transcript());
        }
    }

    /** Waits until either of two processes ends. */
    boolean endsBefore(CairnProcess other) {
        CompletableFuture.anyOf(process.onExit(), other.process.onExit())
                .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        return !process.isAlive();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Writes to its stdin, which stays open. */
    void say(String text) throws IOException {
        BufferedWriter stdin = process.outputWriter(StandardCharsets.UTF_8);
        stdin.write(text);
        stdin.flush();
    }

    /** Closes its stdin after writing to it. */
    void type(String text) throws IOException {
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(text);
        }
    }

    /** Sends a signal: {@code TERM}, {@code INT}, {@code STOP}, {@code CONT}, {@code KILL}. */
    void signal(String name) throws IOException {
        Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid()).start();
        try {
            if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0 && process.isAlive()) {
                throw new AssertionError("could not send SIG" + name + "\n" + transcript());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** All output, for the message of a failed assertion. */
    String transcript() {
        String state = process.isAlive() ? "running" : "ended with exit code " + process.exitValue();
        return "cairn " + String.join(" ", arguments) + "\n" + state + "\n-- stdout\n" + output() + "\n-- stderr\n"
                + errors();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(6, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isOf(String type, String line) {
        return parse(line).path("type").asText().equals(type);
    }

    private JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException invalid) {
            throw new AssertionError("a line on stdout is no JSON: " + line + "\n" + transcript(), invalid);
        }
    }
}
