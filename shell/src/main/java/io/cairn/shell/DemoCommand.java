package io.cairn.shell;

import io.cairn.app.CairnException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The whole story on one machine. */
@Command(name = "demo", description = "Three nodes on this machine: share, fetch, corrupt, verify. Takes seconds.")
final class DemoCommand implements Callable<Integer> {
    private final SessionSource source;
    private final NodeStarter starter;

    DemoCommand(SessionSource source, NodeStarter starter) {
        this.source = source;
        this.starter = starter;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        new Demo(source.output(), source.stops(), starter, source.verifier()).run();
        return 0;
    }
}
