package io.cairn.shell.command.node;

import io.cairn.app.CairnException;
import io.cairn.app.json.JsonFields;
import io.cairn.shell.session.SessionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;

/** Shows examples and the commands, explains one command, or lists the options that all of them take. */
@Command(name = "help", description = "Show examples and the commands, or describe one of them.")
public final class HelpCommand implements Callable<Integer> {
    private static final String OPTIONS = "options";

    private final CommandLine commands;
    private final SessionSource source;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            hideParamSyntax = true,
            description = "One command, such as fetch or config set; or: options, those of every command.")
    private List<String> words = new ArrayList<>();

    /** @param commands all of them */
    public HelpCommand(CommandLine commands, SessionSource source) {
        this.commands = commands;
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException {
        boolean isOfOptions = words.equals(List.of(OPTIONS));
        CommandLine about = isOfOptions ? commands : named();
        if (source.output().isJson()) {
            List<CommandLine> told =
                    words.isEmpty() ? List.copyOf(commands.getSubcommands().values()) : List.of(about);
            told.stream()
                    .map(CommandLine::getCommandSpec)
                    .distinct()
                    .filter(spec -> !spec.usageMessage().hidden())
                    .forEach(this::json);
            return 0;
        }
        if (isOfOptions) {
            commands.getOut().print(everyOption());
        } else {
            about.usage(commands.getOut(), commands.getColorScheme());
        }
        commands.getOut().flush();
        return 0;
    }

    private CommandLine named() throws CairnException {
        CommandLine about = commands;
        for (String word : words) {
            about = about.getSubcommands().get(word);
            if (about == null) {
                throw new CairnException(
                        CairnException.Kind.USAGE,
                        "there is no command \"" + String.join(" ", words) + "\"",
                        "no command has that name",
                        "help lists the commands");
            }
        }
        return about;
    }

    private String everyOption() {
        Help help = new Help(commands.getCommandSpec(), commands.getColorScheme());
        Help.Layout layout = help.createDefaultLayout();
        layout.addOptions(commands.getCommandSpec().options(), help.parameterLabelRenderer());
        return layout.toString();
    }

    private void json(CommandSpec spec) {
        List<OptionSpec> options =
                spec.options().stream().filter(option -> !option.hidden()).toList();
        source.output()
                .json(
                        "command",
                        fields -> fields.text("name", spec.name())
                                .text(
                                        "description",
                                        String.join(" ", spec.usageMessage().description()))
                                .text(
                                        "synopsis",
                                        spec.commandLine()
                                                .getHelp()
                                                .abbreviatedSynopsis()
                                                .strip())
                                .objects("options", options, HelpCommand::json));
    }

    private static void json(JsonFields object, OptionSpec option) {
        object.texts("names", List.of(option.names()))
                .text("value", option.arity().max() == 0 ? null : option.paramLabel())
                .text("description", String.join(" ", option.description()));
    }
}
