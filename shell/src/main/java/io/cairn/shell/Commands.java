package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verbs, and how their failures become three lines and an exit code. */
final class Commands {
    private Commands() {}

    /** What there is outside the shell. */
    static void addOneShot(CommandLine root, SessionSource source, NodeStarter starter) {
        root.addSubcommand(new ShareCommand(source))
                .addSubcommand(new FetchCommand(source))
                .addSubcommand(new DaemonCommand(source))
                .addSubcommand(new VerifyCommand(source))
                .addSubcommand(new DemoCommand(source, starter))
                .addSubcommand(SimCommand.with(source))
                .addSubcommand(new ConfigCommand(source))
                .addSubcommand(new TrainCommand(starter));
    }

    /** What there is in the shell. */
    static void addShell(CommandLine root, SessionSource source, Runnable exit) {
        root.addSubcommand(new ShareCommand(source))
                .addSubcommand(new SharesCommand(source))
                .addSubcommand(new UnshareCommand(source))
                .addSubcommand(new FetchCommand(source))
                .addSubcommand(new FetchesCommand(source))
                .addSubcommand(new PauseCommand(source))
                .addSubcommand(new ResumeCommand(source))
                .addSubcommand(new CancelCommand(source))
                .addSubcommand(new LimitCommand(source))
                .addSubcommand(new PeersCommand(source))
                .addSubcommand(new ConnectCommand(source))
                .addSubcommand(new FindCommand(source))
                .addSubcommand(new VerifyCommand(source))
                .addSubcommand(new ExportCommand(source))
                .addSubcommand(new IdCommand(source))
                .addSubcommand(new StatsCommand(source))
                .addSubcommand(new ConfigCommand(source))
                .addSubcommand(new VersionCommand(source))
                .addSubcommand(new HelpCommand(root))
                .addSubcommand(new ExitCommand(exit));
    }

    /** Help, streams, colours and errors, for a command and all below it. */
    static void configure(CommandLine commands, Streams streams, Ansi helpColors, Supplier<Output> output) {
        commands.addMixin("help", new HelpOption());
        commands.setOut(new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true));
        commands.setErr(new PrintWriter(new OutputStreamWriter(streams.err(), StandardCharsets.UTF_8), true));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(helpColors));
        abbreviate(commands);
        commands.setParameterExceptionHandler((failure, words) -> failed(usage(failure), output.get()));
        commands.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, output.get()));
    }

    private static void abbreviate(CommandLine commands) {
        for (CommandLine command : commands.getSubcommands().values()) {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
            abbreviate(command);
        }
    }

    /** Tells a failure and gives its exit code. */
    static int failed(Exception failure, Output output) {
        output.endProgress();
        if (failure instanceof StoppedException stopped) {
            output.eraseLine();
            return stopped.stop().exitCode();
        }
        if (failure instanceof CairnException expected) {
            output.error(expected);
            return expected.kind().exitCode();
        }
        LoggerFactory.getLogger(Commands.class).debug("a fault in the program", failure);
        CairnException fault = new CairnException(
                Kind.OTHER,
                "a fault in the program: " + failure,
                "this should not happen",
                "run the same with -vv and report what it says");
        output.error(fault);
        return fault.kind().exitCode();
    }

    /** The log level for that many {@code -v}. */
    static String logLevel(int verbosity) {
        return verbosity == 0 ? "WARN" : verbosity == 1 ? "INFO" : "DEBUG";
    }

    private static CairnException usage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName().strip();
        String next = name.isEmpty() ? "help lists the commands" : name + " --help tells how it is used";
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            String synopsis = command.getHelp().abbreviatedSynopsis().strip();
            return new CairnException(Kind.USAGE, firstLine(failure), "it is used so: " + synopsis, next);
        }
        String word = unmatched.getUnmatched().get(0);
        boolean verb = !unmatched.isUnknownOption() && !command.getSubcommands().isEmpty();
        String what = verb
                ? "there is no command \"" + word + "\""
                : "\"" + word + "\" means nothing to " + (name.isEmpty() ? "the shell" : name);
        List<String> alike = unmatched.getSuggestions().stream()
                .filter(known -> known.startsWith(word.substring(0, Math.min(1, word.length()))))
                .toList();
        String none = verb ? "no command has a name like that" : "there is no such option, or it is one word too many";
        return new CairnException(
                Kind.USAGE, what, alike.isEmpty() ? none : "did you mean " + alike.get(0) + "?", next);
    }

    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
