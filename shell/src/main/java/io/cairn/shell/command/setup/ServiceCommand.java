package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.config.ProgramPaths;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.app.work.Reasons;
import io.cairn.shell.session.SessionSource;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A node that starts with the login, as a systemd user unit; its verbs do the work. */
@Command(
        name = "service",
        synopsisSubcommandLabel = "COMMAND",
        description = "Run a node at login, as a systemd user service.")
public final class ServiceCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli injects it
    private CommandSpec spec;

    private ServiceCommand() {}

    /** The verb with its own verbs. */
    public static CommandLine with(SessionSource source) {
        return new CommandLine(new ServiceCommand())
                .addSubcommand(new ServiceInstallCommand(source))
                .addSubcommand(new ServiceRemoveCommand(source))
                .addSubcommand(new ServiceStatusCommand(source));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a subcommand is missing: install, remove or status");
    }

    /** The file of the user's unit. */
    static Place unit(String what, SessionSource source) throws CairnException {
        Place units = ProgramPaths.of(source.configuration()).units();
        if (units == null) {
            throw new CairnException(
                    Kind.OTHER,
                    what,
                    "there is no place for its unit: neither HOME nor the system's list of users names a home directory",
                    "set HOME to an absolute path");
        }
        return ServiceUnit.place(units);
    }

    static CairnException unwritable(String what, Path unit, IOException failure) {
        return new CairnException(
                Kind.DENIED,
                what,
                "cannot write " + unit + ": " + Reasons.of(failure),
                "make the folder writable",
                failure);
    }
}
