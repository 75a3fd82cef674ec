package io.cairn.shell;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Leaves the shell. */
@Command(name = "exit", aliases = "quit", description = "Stop the node and leave.")
final class ExitCommand implements Callable<Integer> {
    private final Runnable exit;

    ExitCommand(Runnable exit) {
        this.exit = exit;
    }

    @Override
    public Integer call() {
        exit.run();
        return 0;
    }
}
