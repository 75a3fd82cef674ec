package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the networks whose keys are here. */
@Command(name = "list", description = "List the private networks made or joined here, without their keys.")
final class NetworkListCommand implements Callable<Integer> {
    private final SessionSource source;

    NetworkListCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        NetworkCommand.networks(source).list().forEach(network -> NetworkCommand.print(network, source.output()));
        return 0;
    }
}
