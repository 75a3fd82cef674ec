package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.control.reach.NodeStarter;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** A demonstration on one machine. */
@Command(name = "demo", description = "Three nodes on this machine: share, fetch, corrupt, verify. Takes seconds.")
public final class DemoCommand implements Callable<Integer> {
    private final SessionSource source;
    private final NodeStarter starter;

    public DemoCommand(SessionSource source, NodeStarter starter) {
        this.source = source;
        this.starter = starter;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        new Demo(source.output(), source.stops(), starter, source.verifier()).run();
        return 0;
    }
}
