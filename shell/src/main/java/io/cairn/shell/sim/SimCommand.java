package io.cairn.shell.sim;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The network simulator. */
@Command(
        name = "sim",
        description = {
            "Simulate a network of thousands of nodes in virtual time: the code of real nodes, one seed, the same run every time.",
            "",
            "Your first plot, in seconds, in a clone (a package has no graphics: write --csv there):",
            "",
            "  cairn sim run a-first-plot --plot first.svg",
            "",
            "and open first.svg in a browser. Then copy samples/scenarios/a-first-plot.toml, change it, and run your copy.",
            ""
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  cairn sim list                               the scenarios that ship",
            "  cairn sim run third-dies --nodes 1000        one of them, smaller",
            "  cairn sim run mine.toml --csv curves.csv     yours, with the figures of its curves",
            "  cairn sim compare --nodes 1000               Kademlia and Chord side by side",
            "",
            "Exit codes: 0 every line holds, 1 one does not, 2 the scenario is invalid.",
            "A run of 100,000 nodes takes up to 4 GiB of memory; CAIRN_SIM_HEAP=8g allows more."
        })
public final class SimCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with its subcommands. */
    public static CommandLine with(SimConsole console) {
        return new CommandLine(new SimCommand())
                .addSubcommand(new SimRunCommand(console))
                .addSubcommand(new SimListCommand(console))
                .addSubcommand(new SimCompareCommand(console));
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "sim needs a subcommand: run, list or compare");
    }
}
