package io.cairn.dist;

import io.cairn.shell.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;

/** The completion of zsh, with descriptions; picocli's own is that of bash in an emulation without any. */
final class ZshCompletion {
    private final StringBuilder script = new StringBuilder();
    private final List<OptionSpec> common;

    private ZshCompletion(Verb program) {
        this.common = program.options();
    }

    static String of(Verb program) {
        ZshCompletion completion = new ZshCompletion(program);
        completion.script.append("#compdef cairn\n# Completion of cairn for zsh, made from its command line.\n");
        program.all().forEach(completion::function);
        completion.script.append("\n_cairn \"$@\"\n");
        return completion.script.toString();
    }

    /** A function for the words after a verb: its options, and its own verbs or its parameters. */
    private void function(Verb verb) {
        script.append('\n').append(name(verb)).append("() {\n");
        List<Verb> verbs = verb.verbs();
        if (!verbs.isEmpty()) {
            script.append("    local context state state_descr line\n    typeset -A opt_args\n");
        }
        script.append("    _arguments -s");
        if (!verbs.isEmpty()) {
            script.append(" -C");
        }
        List<OptionSpec> options = new ArrayList<>(common);
        if (!verb.words().isEmpty()) {
            options.addAll(verb.options());
        }
        options.forEach(this::option);
        if (verbs.isEmpty()) {
            argument(verb.takesFiles() ? "*:file:_files" : "*: :");
            script.append("\n}\n");
            return;
        }
        argument("1: :->verb");
        argument("*:: :->words");
        script.append("\n    case $state in\n    verb)\n        local -a verbs=(");
        for (Verb below : verbs) {
            script.append("\n            ")
                    .append(quoted(below.command().getCommandName() + ":"
                            + below.summary().replace(":", "\\:")));
        }
        script.append(
                "\n        )\n        _describe -t commands command verbs\n        ;;\n    words)\n        case $line[1] in\n");
        for (Verb below : verbs) {
            script.append("        ")
                    .append(below.command().getCommandName())
                    .append(") ")
                    .append(name(below))
                    .append(" ;;\n");
        }
        script.append("        esac\n        ;;\n    esac\n}\n");
    }

    private void option(OptionSpec option) {
        String description = Verb.description(option).replaceAll("[\\[\\]:]", "\\\\$0");
        String value = !Verb.takesValue(option)
                ? ""
                : ":" + option.paramLabel().replace(":", "\\:") + ":" + (Verb.isFile(option) ? "_files" : "");
        for (String name : option.names()) {
            String equals = value.isEmpty() ? "" : name.startsWith("--") ? "=" : "+";
            argument("*" + name + equals + "[" + description + "]" + value);
        }
    }

    private void argument(String specification) {
        script.append(" \\\n        ").append(quoted(specification));
    }

    private static String name(Verb verb) {
        return "_cairn"
                + String.join("", verb.words().stream().map(word -> "_" + word).toList());
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
