package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows whether the unit is installed, starts at login, and runs. */
@Command(
        name = "status",
        description = "Show whether the service is installed and running. Exit code 1 if it does not run.")
final class ServiceStatusCommand implements Callable<Integer> {
    private static final String WHAT = "cannot tell the state of the service";

    private final SessionSource source;

    ServiceStatusCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, InterruptedException {
        Systemctl systemctl = Systemctl.find(WHAT, source.configuration().environment());
        return print(systemctl, ServiceCommand.unit(WHAT, source), source.output());
    }

    /** Prints the state, and returns 0 if the node runs. */
    static int print(Systemctl systemctl, Place unit, Output output) throws CairnException, InterruptedException {
        ServiceState state = ServiceState.ask(systemctl);
        output.data("service  " + (unit.exists() ? "installed" : "not installed") + ", " + Plain.line(state.active())
                + ", " + (state.isEnabled() ? "starts at login" : "does not start at login"));
        output.json(
                "service",
                fields -> fields.bool("installed", unit.exists())
                        .text("active", state.active())
                        .bool("enabled", state.isEnabled())
                        .text("unit", unit.path()));
        return state.isActive() ? 0 : 1;
    }
}
