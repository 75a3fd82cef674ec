package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.JoinedNetworks;
import io.cairn.app.config.NetworkInvite;
import io.cairn.shell.session.SessionSource;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key and prints its invite. */
@Command(
        name = "create",
        description = {
            "Make the key of a private network, and print the invite with which others join.",
            "The invite is the key: hand it over where nobody else reads it."
        })
final class NetworkCreateCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the network: 1 to 64 characters.")
    private String name = "";

    @Option(
            names = "--rotate",
            description = "Make a second key beside the one that is here. Both are valid until \"network retire\".")
    private boolean rotate;

    NetworkCreateCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        JoinedNetworks networks = NetworkCommand.networks(source);
        NetworkInvite invite = networks.create(name, rotate, new SecureRandom());
        NetworkInviteCommand.print(networks, invite, source.output());
        return 0;
    }
}
