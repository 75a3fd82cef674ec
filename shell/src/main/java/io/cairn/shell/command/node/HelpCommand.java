package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Lists the commands of the shell, or explains one. */
@Command(name = "help", description = "List the commands, or describe one of them.")
public final class HelpCommand implements Callable<Integer> {
    private final CommandLine commands;

    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "One command.")
    private @Nullable String verb;

    public HelpCommand(CommandLine commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() throws CairnException {
        CommandLine about = verb == null ? commands : commands.getSubcommands().get(verb);
        if (about == null) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    "there is no command \"" + verb + "\"",
                    "no command has that name",
                    "help lists the commands");
        }
        about.usage(commands.getOut());
        commands.getOut().flush();
        return 0;
    }
}
