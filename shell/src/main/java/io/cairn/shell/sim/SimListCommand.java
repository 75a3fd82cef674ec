package io.cairn.shell.sim;

import io.cairn.app.CairnException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Lists the built-in scenarios. */
@Command(name = "list", description = "List the scenarios that ship, the easy ones first.")
final class SimListCommand implements Callable<Integer> {
    private final SimConsole console;

    SimListCommand(SimConsole console) {
        this.console = console;
    }

    @Override
    public Integer call() throws CairnException {
        SimulatorJars.check();
        ScenarioList.print(console.output());
        return 0;
    }
}
