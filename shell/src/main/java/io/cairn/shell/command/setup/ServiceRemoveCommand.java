package io.cairn.shell.command.setup;

import io.cairn.app.CairnException;
import io.cairn.app.config.ProgramPaths.Place;
import io.cairn.shell.session.SessionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Stops the unit and deletes it. */
@Command(name = "remove", description = "Stop the node and disable it at login. Its data stays.")
final class ServiceRemoveCommand implements Callable<Integer> {
    private static final String WHAT = "cannot remove the service";

    private final SessionSource source;

    ServiceRemoveCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, InterruptedException {
        Systemctl systemctl = Systemctl.find(WHAT, source.configuration().environment());
        Place unit = ServiceCommand.unit(WHAT, source);
        if (!unit.exists()) {
            source.output().note("the service is not installed");
            return 0;
        }
        systemctl.must("disable", "--now", ServiceUnit.NAME);
        try {
            Files.deleteIfExists(unit.path());
        } catch (IOException failure) {
            throw ServiceCommand.unwritable(WHAT, unit.path(), failure);
        }
        systemctl.must("daemon-reload");
        source.output().stage("removed", unit.path().toString());
        return 0;
    }
}
