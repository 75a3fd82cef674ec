package io.cairn.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as it is typed.
 *
 * @param words the words after the name of the program; none for the program itself
 */
public record Verb(CommandLine command, List<String> words) {
    private static final List<String> FILE_LABELS = List.of("PATH", "FILE", "DIR");

    public Verb {
        words = List.copyOf(words);
    }

    public static Verb program(CommandLine root) {
        return new Verb(root, List.of());
    }

    /** The verbs one level below, without hidden ones. */
    public List<Verb> verbs() {
        List<Verb> verbs = new ArrayList<>();
        for (CommandLine command : command.getSubcommands().values()) {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                List<String> words = new ArrayList<>(words());
                words.add(command.getCommandName());
                verbs.add(new Verb(command, words));
            }
        }
        return verbs;
    }

    /** This and all verbs below it, in their order. */
    public List<Verb> all() {
        List<Verb> all = new ArrayList<>(List.of(this));
        verbs().forEach(verb -> all.addAll(verb.all()));
        return all;
    }

    /** The options of this command alone; those of the program count as its own, not as those of each verb. */
    public List<OptionSpec> options() {
        return spec().options().stream()
                .filter(option -> !option.hidden() && !option.inherited())
                .toList();
    }

    public List<PositionalParamSpec> parameters() {
        return spec().positionalParameters().stream()
                .filter(parameter -> !parameter.hidden())
                .toList();
    }

    public boolean takesFiles() {
        return parameters().stream().anyMatch(Verb::isFile);
    }

    public static boolean isFile(ArgSpec argument) {
        return FILE_LABELS.stream().anyMatch(argument.paramLabel()::contains);
    }

    public static boolean takesValue(OptionSpec option) {
        return option.arity().max() > 0;
    }

    /** The first sentence about the command. */
    public String summary() {
        String text = String.join(" ", description());
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }

    public List<String> description() {
        return plain(spec().usageMessage().description());
    }

    public List<String> footer() {
        return plain(spec().usageMessage().footer());
    }

    public static String description(ArgSpec argument) {
        return String.join(" ", plain(argument.description()));
    }

    public String synopsis() {
        return command.getHelp().abbreviatedSynopsis().strip();
    }

    /** Lines of the model as they are displayed: with their format applied and without markup. */
    private static List<String> plain(String[] lines) {
        return Arrays.stream(lines)
                .map(line -> Ansi.OFF.string(line.contains("%") ? String.format(line) : line))
                .flatMap(String::lines)
                .toList();
    }

    private CommandSpec spec() {
        return command.getCommandSpec();
    }
}
