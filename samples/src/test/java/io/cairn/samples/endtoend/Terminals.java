package io.cairn.samples.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands on nodes of this machine, each node with a folder of its own; ends those that still run. */
final class Terminals implements AutoCloseable {
    private final Path folder;
    private final List<CairnProcess> started = new ArrayList<>();

    Terminals(Path folder) {
        this.folder = folder;
    }

    /** Runs a command to its end. */
    CairnProcess run(String node, String... words) throws IOException {
        CairnProcess process = start(node, words);
        process.exitCode();
        return process;
    }

    /** Starts a command in the folder of a node. */
    CairnProcess start(String node, String... words) throws IOException {
        List<String> json = new ArrayList<>(List.of(words));
        json.add("--json");
        return startAsText(node, json.toArray(String[]::new));
    }

    /** The same without JSON: notes go to stderr. */
    CairnProcess startAsText(String node, String... words) throws IOException {
        Path home = Files.createDirectories(folder.resolve(node));
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of(
                "--port", "0", "--no-lan", "--data-dir", home.resolve("data").toString()));
        CairnProcess process = CairnProcess.start(home, arguments);
        started.add(process);
        return process;
    }

    @Override
    public void close() {
        started.forEach(CairnProcess::close);
    }
}
