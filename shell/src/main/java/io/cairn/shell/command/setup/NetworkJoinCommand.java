package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.JoinedNetworks.Joined;
import io.cairn.app.config.NetworkInvite;
import io.cairn.shell.session.BoundedInput;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Stores the key of an invite. */
@Command(
        name = "join",
        description = {
            "Join a private network with the invite that another member's \"network create\" printed.",
            "An invite on the command line can be seen in the list of processes; from stdin it cannot."
        })
final class NetworkJoinCommand implements Callable<Integer> {
    /** Longer than any invite: 64 characters of four bytes, each percent-encoded, and a key. */
    private static final int INPUT_BYTES_MAX = 2_048;

    private final SessionSource source;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "INVITE",
            description = "The line of the other member; - or none reads it from stdin.")
    private @Nullable String invite;

    @Option(
            names = "--rotate",
            description =
                    "Add it as a second key beside the one that is here. Both are valid until \"network retire\".")
    private boolean rotate;

    NetworkJoinCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String line = invite == null || invite.equals("-") ? read() : invite;
        Joined joined = NetworkCommand.networks(source).join(NetworkInvite.parse(line), rotate);
        NetworkCommand.print(joined, source.output());
        NetworkCommand.sayWhenItCounts(joined, source.output());
        return 0;
    }

    private String read() throws CairnException, StoppedException {
        byte[] line = BoundedInput.stdin(
                source,
                "an invite",
                INPUT_BYTES_MAX,
                "give the invite after the command; the history does not keep that line");
        return new String(line, StandardCharsets.UTF_8);
    }
}
