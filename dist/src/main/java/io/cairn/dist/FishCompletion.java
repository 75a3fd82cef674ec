package io.cairn.dist;

import io.cairn.shell.Verb;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of fish, for which picocli has no generator. */
final class FishCompletion {
    private final StringBuilder script = new StringBuilder();

    private FishCompletion() {}

    static String of(Verb program) {
        FishCompletion completion = new FishCompletion();
        completion.script.append("# Completion of cairn for fish, made from its command line.\ncomplete -c cairn -f\n");
        program.options().forEach(option -> completion.option("", option));
        for (Verb verb : program.all()) {
            String typed = verb.words().stream()
                    .map(word -> "__fish_seen_subcommand_from " + word)
                    .collect(Collectors.joining("; and "));
            completion.verbs(verb, typed);
            if (!typed.isEmpty()) {
                verb.options().forEach(option -> completion.option(typed, option));
                if (verb.takesFiles()) {
                    completion
                            .script
                            .append("complete -c cairn -n ")
                            .append(quoted(typed))
                            .append(" -F\n");
                }
            }
        }
        return completion.script.toString();
    }

    /** Offers the verbs below one that was typed, as long as none of them was. */
    private void verbs(Verb above, String typed) {
        if (above.verbs().isEmpty()) {
            return;
        }
        String none = "not __fish_seen_subcommand_from "
                + above.verbs().stream()
                        .map(verb -> verb.command().getCommandName())
                        .collect(Collectors.joining(" "));
        String condition = typed.isEmpty() ? none : typed + "; and " + none;
        for (Verb verb : above.verbs()) {
            script.append("complete -c cairn -n ")
                    .append(quoted(condition))
                    .append(" -a ")
                    .append(verb.command().getCommandName())
                    .append(" -d ")
                    .append(quoted(verb.summary()))
                    .append('\n');
        }
    }

    private void option(String condition, OptionSpec option) {
        script.append("complete -c cairn");
        if (!condition.isEmpty()) {
            script.append(" -n ").append(quoted(condition));
        }
        for (String name : option.names()) {
            script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (Verb.takesValue(option)) {
            script.append(Verb.isFile(option) ? " -r -F" : " -x");
        }
        script.append(" -d ").append(quoted(Verb.description(option))).append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
