package io.cairn.shell.command.node;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Leaves the shell. */
@Command(name = "exit", aliases = "quit", description = "Leave the shell. A node that it runs ends.")
public final class ExitCommand implements Callable<Integer> {
    private final Runnable exit;

    public ExitCommand(Runnable exit) {
        this.exit = exit;
    }

    @Override
    public Integer call() {
        exit.run();
        return 0;
    }
}
