package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.JoinedNetworks;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.app.config.NetworkInvite;
import io.cairn.app.json.SettingJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints the invite of a network again. */
@Command(
        name = "invite",
        description = {
            "Print the invite of a private network that is here; of its new key, if it has two.",
            "The invite is the key: hand it over where nobody else reads it."
        })
final class NetworkInviteCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the network.")
    private String name = "";

    NetworkInviteCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        JoinedNetworks networks = NetworkCommand.networks(source);
        print(networks, networks.invite(name), source.output());
        return 0;
    }

    /** The only place where a key is written out. */
    static void print(JoinedNetworks networks, NetworkInvite invite, Output output) throws CairnException {
        Joined network = networks.join(invite, false); // it is here
        output.data(invite.line());
        output.json(SettingJson.of(network, invite));
        NetworkCommand.sayWhenItCounts(network, output);
    }
}
