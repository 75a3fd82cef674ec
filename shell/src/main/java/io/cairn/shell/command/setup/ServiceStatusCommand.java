package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.SessionSource;
import java.util.HashMap;
import java.util.Map;
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
        Map<String, String> told = new HashMap<>();
        for (String line : systemctl
                .run("show", "--property=ActiveState,UnitFileState", ServiceUnit.NAME)
                .output()
                .lines()
                .toList()) {
            int equals = line.indexOf('=');
            told.put(line.substring(0, Math.max(0, equals)), line.substring(equals + 1));
        }
        String active = told.getOrDefault("ActiveState", "unknown");
        String login = told.getOrDefault("UnitFileState", "");
        boolean enabled = login.startsWith("enabled");
        output.data("service  " + (unit.exists() ? "installed" : "not installed") + ", " + Plain.line(active) + ", "
                + (enabled ? "starts at login" : "does not start at login"));
        output.json(
                "service",
                fields -> fields.bool("installed", unit.exists())
                        .text("active", active)
                        .bool("enabled", enabled)
                        .text("unit", unit.path()));
        return active.equals("active") ? 0 : 1;
    }
}
