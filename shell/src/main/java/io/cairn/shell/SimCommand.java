package io.cairn.shell;

import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The network simulator. */
@Command(
        name = "sim",
        description = {
            "Simulate a network of thousands of nodes in virtual time: the code of real nodes, one seed, the same run every time.",
            "",
            "Your first plot, in seconds:",
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
            "Exit codes: 0 every line holds, 1 one does not, 2 the scenario makes no sense.",
            "A run of 100,000 nodes takes up to 4 GiB of memory; CAIRN_SIM_HEAP=8g allows more."
        })
final class SimCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command with those below it. Their help leaves out the options of nodes, which mean nothing to them. */
    static CommandLine with(SessionSource source) {
        CommandLine commands = new CommandLine(new SimCommand())
                .addSubcommand(new SimRunCommand(source))
                .addSubcommand(new SimListCommand(source))
                .addSubcommand(new SimCompareCommand(source));
        commands.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, SimCommand::options);
        commands.getSubcommands()
                .values()
                .forEach(command ->
                        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, SimCommand::options));
        return commands;
    }

    private static String options(Help help) {
        Help.Layout layout = help.createDefaultLayout();
        List<OptionSpec> own = help.commandSpec().options().stream()
                .filter(option -> !isOfNodes(option.inherited() ? option.root() : option))
                .toList();
        layout.addOptions(own, help.parameterLabelRenderer());
        return layout.toString();
    }

    private static boolean isOfNodes(ArgSpec option) {
        return option.userObject() instanceof Field field && field.getDeclaringClass() == NodeOptions.class;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "sim needs a word more: run, list or compare");
    }
}
