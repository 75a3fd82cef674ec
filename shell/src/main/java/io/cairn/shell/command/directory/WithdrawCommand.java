package io.cairn.shell.command.directory;

import io.cairn.app.CairnException;
import io.cairn.app.Services.Announced;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stops announcing a service. */
@Command(name = "withdraw", description = "Stop announcing a service.")
public final class WithdrawCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(paramLabel = "ID", description = "The id of the service, as services lists it.")
    private String id = "";

    public WithdrawCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Announced former = session.await(
                    "withdraw",
                    "withdrawing its records",
                    session.node().services().withdraw(id));
            session.output()
                    .data("withdrawn  " + Plain.line(former.service().id()) + "  "
                            + Plain.line(former.service().endpoint()));
            session.output().json(ServiceJson.withdrawn(former));
            return 0;
        }
    }
}
