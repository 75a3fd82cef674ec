package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.dht.sim.scenario.Scenario;
import io.cairn.shell.output.Output;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the scenarios that ship. */
@Command(name = "list", description = "List the scenarios that ship, the easy ones first.")
final class SimListCommand implements Callable<Integer> {
    private final SessionSource source;

    SimListCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        Output output = source.output();
        for (Scenario scenario : SimRunCommand.scenarios().all()) {
            output.data(String.format(
                    Locale.ROOT, "%-18s %,8d nodes  %s", scenario.name(), scenario.nodes(), scenario.title()));
            output.json(
                    "scenario",
                    fields -> fields.text("name", scenario.name())
                            .text("title", scenario.title())
                            .number("nodes", scenario.nodes())
                            .number("durationMillis", scenario.durationMillis()));
        }
        return 0;
    }
}
