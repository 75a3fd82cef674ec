package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.Check;
import io.cairn.app.Operation;
import io.cairn.app.json.CheckJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Stage;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Examines the node and its surroundings: a line for each check as it ends, and below it what to do. */
@Command(
        name = "doctor",
        description = "Check network, clock, disk and data directory, and say what to do.",
        footer = {"", "Takes up to eight seconds. Exit code 1 if anything is bad."})
public final class DoctorCommand implements Callable<Integer> {
    private final SessionSource source;

    public DoctorCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        try (Session session = source.open()) {
            Output output = session.output();
            Operation<Check, List<Check>> visit = session.node().doctor();
            visit.events(check -> tell(output, check));
            List<Check> checks = session.await(visit.completion());
            return checks.stream().anyMatch(check -> check.level() == Check.Level.BAD) ? 1 : 0;
        }
    }

    private static void tell(Output output, Check check) {
        output.data(Stage.label(check.level().text()) + check.name() + ": " + check.detail());
        if (!check.next().isEmpty()) {
            output.data(Stage.label("") + check.next());
        }
        output.json(CheckJson.of(check));
    }
}
