package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.shell.output.Output;
import io.cairn.shell.session.NodeOptions;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.shell.sim.SimCommand;
import io.cairn.shell.sim.SimConsole;
import java.lang.reflect.Field;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The verb {@code sim} of this program. Its help omits the node options, which do not apply. */
record SimVerb(SessionSource source) implements SimConsole {
    static CommandLine with(SessionSource source) {
        CommandLine commands = SimCommand.with(new SimVerb(source));
        commands.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, SimVerb::options);
        commands.getSubcommands()
                .values()
                .forEach(command ->
                        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, SimVerb::options));
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
    public Output output() {
        return source.output();
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws CairnException, StoppedException {
        return source.stops().await(future);
    }
}
