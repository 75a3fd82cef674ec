package io.cairn.shell.session;

import io.cairn.app.CairnException;
import io.cairn.app.config.ConfigSources;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.output.Style;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The amount and format of a command's output. */
public final class OutputOptions {
    @Option(names = "--json", scope = ScopeType.INHERIT, description = "Write one JSON object a line to stdout.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Print only errors on stderr.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Print details; twice, more of them.")
    private boolean[] verbose = {};

    @Option(names = "--color", paramLabel = "WHEN", scope = ScopeType.INHERIT, description = "auto, always or never.")
    private @Nullable String color;

    /** The options present on the command line, by name. */
    public Map<String, String> flags() {
        Map<String, String> flags = new LinkedHashMap<>();
        if (json) {
            flags.put("json", "true");
        }
        if (quiet) {
            flags.put("quiet", "true");
        }
        if (verbose.length > 0) {
            flags.put("verbose", "true");
        }
        if (color != null) {
            flags.put("color", color);
        }
        return flags;
    }

    /** The format from flags, environment and file together. */
    public Output.Format format(ConfigSources sources, Streams streams, Map<String, String> environment)
            throws CairnException {
        String choice = sources.color();
        boolean objects = json || sources.isOn("json");
        boolean silent = quiet || sources.isOn("quiet");
        int verbosity = verbose.length > 0 ? verbose.length : sources.isOn("verbose") ? 1 : 0;
        boolean animated = streams.errTerminal() && !objects && !silent && !"dumb".equals(environment.get("TERM"));
        return new Output.Format(
                objects, silent, verbosity, Style.of(choice, streams.errTerminal(), environment), animated);
    }

    /** The format from the words of the command line alone, to report an error in them. */
    public static Output.Format provisional(List<String> words, Streams streams, Map<String, String> environment) {
        String choice =
                words.contains("--color=always") ? "always" : words.contains("--color=never") ? "never" : "auto";
        return new Output.Format(
                words.contains("--json"), false, 0, Style.of(choice, streams.errTerminal(), environment), false);
    }
}
