package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Ends the time in which two keys are valid. */
@Command(
        name = "retire",
        description = {
            "Remove the old key of a private network that has a new one.",
            "Who has only the old key is then a stranger to this node."
        })
final class NetworkRetireCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the network.")
    private String name = "";

    NetworkRetireCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        Joined network = NetworkCommand.networks(source).retire(name);
        NetworkCommand.print(network, source.output());
        NetworkCommand.sayWhenItCounts(network, source.output());
        return 0;
    }
}
