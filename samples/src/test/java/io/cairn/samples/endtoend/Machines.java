package io.cairn.samples.endtoend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The machines of one test; ends all processes that they started. */
final class Machines implements AutoCloseable {
    private final Path folder;
    private final List<CairnProcess> processes = new ArrayList<>();

    Machines(Path folder) throws IOException {
        this.folder = folder.toRealPath();
    }

    Machine add(String name) throws IOException {
        return new Machine(this, folder.resolve(name));
    }

    CairnProcess started(CairnProcess process) {
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        processes.forEach(CairnProcess::close);
    }
}
