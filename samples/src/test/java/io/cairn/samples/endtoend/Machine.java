package io.cairn.samples.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Stands for a separate machine: a home with a data directory, a folder for files, and its own bootstrap nodes. */
final class Machine {
    private final Machines machines;
    private final Path home;
    private final List<String> bootstrap = new ArrayList<>();

    Machine(Machines machines, Path home) throws IOException {
        this.machines = machines;
        this.home = Files.createDirectories(home);
    }

    /** Uses these processes as bootstrap nodes for each process that it starts. */
    Machine knowing(CairnProcess... others) {
        for (CairnProcess other : others) {
            bootstrap.add(other.endpoint());
        }
        return this;
    }

    /** A folder for files; created if missing. */
    Path files() throws IOException {
        return Files.createDirectories(home.resolve("files"));
    }

    Path dataDirectory() {
        return home.resolve("data");
    }

    /** Runs a verb with JSON output, on loopback only, on a free port unless the arguments name one. */
    CairnProcess start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--json");
        if (!all.contains("--port")) {
            all.addAll(List.of("--port", "0"));
        }
        return run(all);
    }

    /** The same without JSON. */
    CairnProcess startPlain(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", "0"));
        return run(all);
    }

    /** Fetches into {@link #files()}. */
    CairnProcess fetch(String hashOrLink, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("fetch", hashOrLink, "-o", files() + "/"));
        all.addAll(List.of(options));
        return start(all.toArray(String[]::new));
    }

    private CairnProcess run(List<String> arguments) throws IOException {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(List.of("--data-dir", dataDirectory().toString(), "--bind", "127.0.0.1", "--no-lan"));
        for (String endpoint : bootstrap) {
            all.addAll(List.of("--bootstrap", endpoint));
        }
        return machines.started(CairnProcess.start(home, all));
    }
}
