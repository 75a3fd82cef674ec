package io.cairn.shell.session;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The help option of every command. */
public final class HelpOption {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;
}
