package io.cairn.shell.sim;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Output;
import io.cairn.sim.file.Scenarios;
import io.cairn.sim.scenario.Scenario;
import java.nio.file.Path;
import java.util.Locale;

/** The built-in scenarios. */
final class ScenarioList {
    private ScenarioList() {}

    /** The built-in scenarios, from the editable copies beside the launcher if the launcher names their folder. */
    static Scenarios scenarios() {
        String folder = System.getProperty("cairn.scenarios");
        return new Scenarios(folder == null ? null : Path.of(folder));
    }

    static void print(Output output) throws CairnException {
        for (Scenario scenario : scenarios().all()) {
            output.data(String.format(
                    Locale.ROOT, "%-18s %,8d nodes  %s", scenario.name(), scenario.nodes(), scenario.title()));
            output.json(
                    "scenario",
                    fields -> fields.text("name", scenario.name())
                            .text("title", scenario.title())
                            .number("nodes", scenario.nodes())
                            .number("durationMillis", scenario.durationMillis()));
        }
    }
}
