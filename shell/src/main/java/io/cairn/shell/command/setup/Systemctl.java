package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.work.Reasons;
import io.cairn.shell.output.Plain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code systemctl --user}, and {@code journalctl --user} beside it. */
final class Systemctl {
    private static final long ANSWER_SECONDS_MAX = 60;
    private static final String JOURNAL_LINES_MAX = "50";
    private static final int OUTPUT_BYTES_MAX = 64 << 10;

    private final String what;
    private final Path program;
    private final Map<String, String> environment;

    private Systemctl(String what, Path program, Map<String, String> environment) {
        this.what = what;
        this.program = program;
        this.environment = environment;
    }

    /**
     * Finds the program and the user's service manager.
     *
     * @param what what fails if there is none, for the message
     * @param environment its {@code PATH} is searched, and the program gets it
     */
    static Systemctl find(String what, Map<String, String> environment) throws CairnException, InterruptedException {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(folder.isEmpty() ? "." : folder).resolve("systemctl");
            if (Files.isExecutable(program)) {
                Systemctl found = new Systemctl(what, program, environment);
                found.requireManager();
                return found;
            }
        }
        throw new CairnException(
                Kind.OTHER,
                what,
                "there is no systemctl on the PATH: this system does not use systemd",
                "have another program start this at login: cairn daemon");
    }

    private void requireManager() throws CairnException, InterruptedException {
        Run asked = run("show-environment");
        if (asked.code() != 0) {
            throw new CairnException(
                    Kind.OTHER,
                    what,
                    "there is no service manager for this user here: " + asked.lastLine(),
                    "log in as this user directly, or let its services run without a login: loginctl enable-linger");
        }
    }

    /** Runs it, and fails if it fails. */
    void must(String... words) throws CairnException, InterruptedException {
        Run run = run(words);
        if (run.code() != 0) {
            throw new CairnException(
                    Kind.OTHER,
                    what,
                    "systemctl --user " + String.join(" ", words) + ": " + run.lastLine(),
                    "see: journalctl --user -u " + ServiceUnit.NAME);
        }
    }

    /** What it prints and the code that it ends with. */
    record Run(int code, String output) {
        String lastLine() {
            String last = output.strip().lines().reduce("", (before, line) -> line);
            return last.isEmpty() ? "it ended with code " + code : Plain.line(last);
        }
    }

    Run run(String... words) throws CairnException, InterruptedException {
        return run(program, words);
    }

    /** What the service printed after one of its starts, as far as the journal can be read. */
    List<String> journal(String invocation) throws CairnException, InterruptedException {
        Path journal = program.resolveSibling("journalctl");
        if (invocation.isEmpty() || !Files.isExecutable(journal)) {
            return List.of();
        }
        Run told = run(journal, "-q", "-o", "cat", "-n", JOURNAL_LINES_MAX, "_SYSTEMD_INVOCATION_ID=" + invocation);
        return told.code() == 0 ? told.output().lines().toList() : List.of();
    }

    private Run run(Path program, String... words) throws CairnException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString(), "--user"));
        command.addAll(List.of(words));
        try {
            Path output = Files.createTempFile("cairn-systemctl", ".txt");
            try {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(output.toFile());
                builder.environment().clear();
                builder.environment().putAll(environment);
                Process process = builder.start();
                if (!process.waitFor(ANSWER_SECONDS_MAX, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    return new Run(-1, "it did not end within " + ANSWER_SECONDS_MAX + " seconds");
                }
                try (InputStream printed = Files.newInputStream(output)) {
                    String text = new String(printed.readNBytes(OUTPUT_BYTES_MAX), StandardCharsets.UTF_8);
                    return new Run(process.exitValue(), text);
                }
            } finally {
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new CairnException(
                    Kind.OTHER,
                    what,
                    "cannot run " + program + ": " + Reasons.of(failure),
                    "repair systemctl, or have another program start this at login: cairn daemon",
                    failure);
        }
    }
}
