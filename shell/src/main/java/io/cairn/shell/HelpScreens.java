package io.cairn.shell;

import io.cairn.shell.session.HelpOption;
import io.cairn.shell.session.NodeOptions;
import io.cairn.shell.session.OutputOptions;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Fits help on a screen: the first page has examples and the names of the commands, a command's page its own options. What all commands
 * share is one line with a pointer.
 */
final class HelpScreens {
    private static final int COLUMNS = 80;
    private static final List<String> FIRST_PAGE = List.of(
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_EXIT_CODE_LIST_HEADING);

    private static final int SYNOPSIS_KEYS = 2;

    /** Takes the common options, as every command, but most do not apply to it. */
    private static final String WITHOUT_NODE = "sim";

    private HelpScreens() {}

    /** Sets the pages of a program or shell and of its commands. */
    static void of(CommandLine commands) {
        UsageMessageSpec first = commands.getCommandSpec().usageMessage();
        boolean isShell = commands.getCommandName().isEmpty();
        first.sectionKeys(isShell ? FIRST_PAGE.subList(SYNOPSIS_KEYS, FIRST_PAGE.size()) : FIRST_PAGE);
        first.sectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, new Names());
        first.sectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OwnOptions(true));
        commands.getSubcommands()
                .values()
                .forEach(
                        command -> ownOptions(command, !command.getCommandName().equals(WITHOUT_NODE)));
    }

    private static void ownOptions(CommandLine command, boolean startsNodes) {
        command.getCommandSpec()
                .usageMessage()
                .sectionMap()
                .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, new OwnOptions(startsNodes));
        command.getSubcommands().values().forEach(below -> ownOptions(below, startsNodes));
    }

    /** The names of the commands, as many as fit on each line. */
    private record Names() implements IHelpSectionRenderer {
        @Override
        public String render(Help help) {
            StringBuilder lines = new StringBuilder();
            StringBuilder line = new StringBuilder(" ");
            for (Help command : help.subcommands().values()) {
                String name = command.commandSpec().name();
                if (command.commandSpec().usageMessage().hidden()) {
                    continue;
                }
                if (line.length() + 1 + name.length() > COLUMNS) {
                    lines.append(line).append(System.lineSeparator());
                    line = new StringBuilder(" ");
                }
                line.append(' ').append(name);
            }
            return lines.append(line).append(System.lineSeparator()).toString();
        }
    }

    /** A command's own options, and a line about the common ones; for a command without a node, those of them that apply. */
    private record OwnOptions(boolean startsNodes) implements IHelpSectionRenderer {
        private static final Set<Class<?>> COMMON = Set.of(NodeOptions.class, OutputOptions.class, HelpOption.class);
        private static final Set<Class<?>> NODE = Set.of(NodeOptions.class);

        @Override
        public String render(Help help) {
            Help.Layout layout = help.createDefaultLayout();
            List<OptionSpec> all = help.commandSpec().options();
            List<OptionSpec> own = all.stream()
                    .filter(option -> !(startsNodes ? COMMON : NODE).contains(declaring(option)))
                    .toList();
            layout.addOptions(own, help.parameterLabelRenderer());
            boolean takesCommon =
                    startsNodes && all.stream().anyMatch(option -> declaring(option) == NodeOptions.class);
            return layout
                    + (takesCommon
                            ? String.format(
                                    "Common options (--data-dir, --port, --json, -q, ...): cairn help options%n")
                            : "");
        }

        private static Class<?> declaring(OptionSpec option) {
            ArgSpec root = option.inherited() ? option.root() : option;
            return root.userObject() instanceof Field field ? field.getDeclaringClass() : Object.class;
        }
    }
}
