package io.cairn.samples.documents;

import io.cairn.shell.Verb;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Verbs and options of the command line as Markdown, from its model. */
final class VerbsPage {
    private final StringBuilder page = new StringBuilder();

    private VerbsPage() {}

    static String of(Verb program) {
        VerbsPage page = new VerbsPage();
        page.heading("All commands");
        page.page.append("\n| command | what it does |\n|---|---|\n");
        List<Verb> verbs = program.all().subList(1, program.all().size());
        for (Verb verb : verbs) {
            String title = title(verb);
            page.row("[`" + title + "`](#" + title.replace(' ', '-') + ")", verb.summary());
        }
        page.heading("Common options");
        page.text("Every command that uses a node takes these.");
        page.table(List.of(), program.options());
        for (Verb verb : verbs) {
            page.verb(verb);
        }
        return page.page.append('\n').toString();
    }

    private void verb(Verb verb) {
        heading(title(verb));
        block(List.of(verb.synopsis()));
        paragraphs(verb.description());
        table(verb.parameters(), verb.options());
        if (!verb.footer().isEmpty()) {
            block(verb.footer());
        }
    }

    private void heading(String title) {
        page.append("\n### ").append(title).append("\n");
    }

    private void paragraphs(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.startsWith(" "))) {
            block(lines);
        } else {
            text(String.join(" ", lines));
        }
    }

    private void text(String text) {
        page.append('\n').append(escaped(text)).append('\n');
    }

    private void block(List<String> lines) {
        page.append("\n```\n");
        lines.forEach(line -> page.append(line).append('\n'));
        page.append("```\n");
    }

    private void table(List<? extends ArgSpec> parameters, List<OptionSpec> options) {
        if (parameters.isEmpty() && options.isEmpty()) {
            return;
        }
        page.append("\n| option | meaning |\n|---|---|\n");
        parameters.forEach(parameter -> row("`" + parameter.paramLabel() + "`", Verb.description(parameter)));
        for (OptionSpec option : options) {
            String value = Verb.takesValue(option) ? " " + option.paramLabel() : "";
            String names = List.of(option.names()).stream()
                    .map(name -> "`" + name + value + "`")
                    .collect(Collectors.joining(", "));
            row(names, Verb.description(option));
        }
    }

    private void row(String name, String description) {
        page.append("| ").append(name.replace("|", "\\|")).append(" | ");
        page.append(escaped(description).replace("|", "\\|")).append(" |\n");
    }

    private static String title(Verb verb) {
        return "cairn " + String.join(" ", verb.words());
    }

    /** Stars of a pattern are no emphasis. */
    private static String escaped(String text) {
        return text.replace("*", "\\*").replace("<", "&lt;");
    }
}
