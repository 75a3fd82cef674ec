package io.cairn.dist;

import io.cairn.shell.Verb;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The manual page, in the man macros of roff. */
final class ManPage {
    private final StringBuilder page = new StringBuilder();

    private ManPage() {}

    /**
     * @param date as {@code 2026-11-20}
     * @param version of the program
     */
    static String of(Verb program, String date, String version) {
        ManPage page = new ManPage();
        page.macro("TH", "CAIRN", "1", date, version, "User commands");
        page.macro("SH", "NAME");
        String summary = program.summary();
        page.text("cairn - " + Character.toLowerCase(summary.charAt(0))
                + summary.substring(1).replaceAll("\\.$", ""));
        page.macro("SH", "SYNOPSIS");
        page.text(program.synopsis());
        page.macro("SH", "DESCRIPTION");
        program.description().forEach(page::text);
        page.macro("SH", "COMMANDS");
        for (Verb verb : program.all()) {
            if (!verb.words().isEmpty()) {
                page.verb(verb);
            }
        }
        page.macro("SH", "OPTIONS OF ALL COMMANDS");
        program.options().forEach(page::option);
        page.macro("SH", "NOTES");
        page.page.append(".nf\n");
        program.footer().forEach(line -> page.page.append(escaped(line)).append('\n'));
        page.page.append(".fi\n");
        return page.page.toString();
    }

    private void verb(Verb verb) {
        macro("SS", verb.synopsis());
        verb.description().forEach(this::text);
        for (PositionalParamSpec parameter : verb.parameters()) {
            item(parameter.paramLabel(), Verb.description(parameter));
        }
        verb.options().forEach(this::option);
        if (!verb.footer().isEmpty()) {
            page.append(".PP\n.nf\n");
            verb.footer().forEach(line -> page.append(escaped(line)).append('\n'));
            page.append(".fi\n");
        }
    }

    private void option(OptionSpec option) {
        String value = Verb.takesValue(option) ? "=" + option.paramLabel() : "";
        item(String.join(", ", List.of(option.names())) + value, Verb.description(option));
    }

    private void item(String name, String description) {
        page.append(".TP\n.B ").append(escaped(name)).append('\n');
        text(description);
    }

    private void text(String line) {
        if (!line.isBlank()) {
            page.append(escaped(line)).append('\n');
        }
    }

    private void macro(String name, String... words) {
        page.append('.').append(name);
        for (String word : words) {
            page.append(" \"").append(escaped(word).replace("\"", "\\(dq")).append('"');
        }
        page.append('\n');
    }

    /** Text in which nothing is a command of roff, and hyphens can be copied. */
    private static String escaped(String text) {
        String escaped = text.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }
}
