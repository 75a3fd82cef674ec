package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.JoinedNetworks;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.app.json.SettingJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Private networks; its verbs make, store and hand over their keys. */
@Command(
        name = "network",
        synopsisSubcommandLabel = "COMMAND",
        description = "Make, join and list private networks, which answer nobody without their key.")
public final class NetworkCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    private NetworkCommand() {}

    /** The verb with its own verbs. */
    public static CommandLine with(SessionSource source) {
        return new CommandLine(new NetworkCommand())
                .addSubcommand(new NetworkCreateCommand(source))
                .addSubcommand(new NetworkJoinCommand(source))
                .addSubcommand(new NetworkListCommand(source))
                .addSubcommand(new NetworkInviteCommand(source))
                .addSubcommand(new NetworkRetireCommand(source));
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "a subcommand is missing: create, join, list, invite or retire");
    }

    static JoinedNetworks networks(SessionSource source) throws CairnException {
        return new JoinedNetworks(source.dataDirectory());
    }

    /** Says what is known of a network, without its key. */
    static void print(Joined network, Output output) {
        output.data(Plain.line(network.name()) + "  " + (network.keys() == 1 ? "1 key" : network.keys() + " keys")
                + "  " + Plain.line(network.file().toString()));
        output.json(SettingJson.of(network, null));
    }

    /** Keys are read once. */
    static void sayWhenItCounts(Joined network, Output output) {
        output.note("use it with --network " + Plain.line(network.name())
                + "; a node that runs already reads its keys when it is started again");
    }
}
