package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.NodeGoneException;
import io.cairn.control.reach.NodeStarter;
import io.cairn.shell.command.code.ReceiveCommand;
import io.cairn.shell.command.code.SendCommand;
import io.cairn.shell.command.directory.AnnounceCommand;
import io.cairn.shell.command.directory.BrowseCommand;
import io.cairn.shell.command.directory.DiscoverCommand;
import io.cairn.shell.command.directory.GetCommand;
import io.cairn.shell.command.directory.PublishCommand;
import io.cairn.shell.command.directory.PutCommand;
import io.cairn.shell.command.directory.ServicesCommand;
import io.cairn.shell.command.directory.WithdrawCommand;
import io.cairn.shell.command.node.ConnectCommand;
import io.cairn.shell.command.node.DaemonCommand;
import io.cairn.shell.command.node.DemoCommand;
import io.cairn.shell.command.node.DoctorCommand;
import io.cairn.shell.command.node.ExitCommand;
import io.cairn.shell.command.node.FindCommand;
import io.cairn.shell.command.node.HelpCommand;
import io.cairn.shell.command.node.IdCommand;
import io.cairn.shell.command.node.LimitCommand;
import io.cairn.shell.command.node.PeersCommand;
import io.cairn.shell.command.node.StatsCommand;
import io.cairn.shell.command.node.StatusCommand;
import io.cairn.shell.command.node.StopCommand;
import io.cairn.shell.command.node.VersionCommand;
import io.cairn.shell.command.people.ContactsCommand;
import io.cairn.shell.command.setup.ConfigCommand;
import io.cairn.shell.command.setup.NetworkCommand;
import io.cairn.shell.command.setup.PathsCommand;
import io.cairn.shell.command.setup.ServiceCommand;
import io.cairn.shell.command.transfer.AudienceCommand;
import io.cairn.shell.command.transfer.CancelCommand;
import io.cairn.shell.command.transfer.ExportCommand;
import io.cairn.shell.command.transfer.FetchCommand;
import io.cairn.shell.command.transfer.FetchesCommand;
import io.cairn.shell.command.transfer.FollowCommand;
import io.cairn.shell.command.transfer.PauseCommand;
import io.cairn.shell.command.transfer.ResumeCommand;
import io.cairn.shell.command.transfer.ShareCommand;
import io.cairn.shell.command.transfer.SharesCommand;
import io.cairn.shell.command.transfer.UnshareCommand;
import io.cairn.shell.command.transfer.VerifyCommand;
import io.cairn.shell.command.transfer.WhyCommand;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Streams;
import io.cairn.shell.session.HelpOption;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The verbs, and the conversion of their failures into three lines and an exit code. */
final class Commands {
    /** The verbs that work everywhere, in the order of the help. */
    private static final List<String> EVERYWHERE = List.of(
            "share",
            "shares",
            "unshare",
            "audience",
            "browse",
            "fetch",
            "send",
            "receive",
            "fetches",
            "why",
            "pause",
            "resume",
            "cancel",
            "limit",
            "peers",
            "connect",
            "find",
            "contacts",
            "put",
            "get",
            "publish",
            "follow",
            "announce",
            "services",
            "withdraw",
            "discover",
            "doctor",
            "verify",
            "export",
            "id",
            "stats",
            "status",
            "stop",
            "config",
            "paths",
            "network",
            "service");

    /** The verbs of a process of their own. */
    private static final List<String> OUTSIDE = List.of("daemon", "demo", "sim", "train");

    private Commands() {}

    /**
     * Adds the verbs outside the shell.
     *
     * @param first the first word of the command line: if it is a verb, only that verb is created, to save time
     */
    static void addOneShot(CommandLine root, SessionSource source, NodeStarter starter, String first) {
        boolean one = EVERYWHERE.contains(first) || OUTSIDE.contains(first);
        for (String verb : one ? List.of(first) : EVERYWHERE) {
            root.addSubcommand(OUTSIDE.contains(verb) ? outside(verb, source, starter) : everywhere(verb, source));
        }
        if (!one) {
            OUTSIDE.forEach(verb -> root.addSubcommand(outside(verb, source, starter)));
            root.addSubcommand(new HelpCommand(root, source));
        }
    }

    /** Adds the verbs of the shell. */
    static void addShell(CommandLine root, SessionSource source, Runnable exit) {
        EVERYWHERE.forEach(verb -> root.addSubcommand(everywhere(verb, source)));
        root.addSubcommand(new VersionCommand(source))
                .addSubcommand(new HelpCommand(root, source))
                .addSubcommand(new ExitCommand(exit));
    }

    private static Object everywhere(String verb, SessionSource source) {
        return switch (verb) {
            case "share" -> new ShareCommand(source);
            case "shares" -> new SharesCommand(source);
            case "unshare" -> new UnshareCommand(source);
            case "audience" -> new AudienceCommand(source);
            case "browse" -> new BrowseCommand(source);
            case "fetch" -> new FetchCommand(source);
            case "send" -> new SendCommand(source);
            case "receive" -> new ReceiveCommand(source);
            case "fetches" -> new FetchesCommand(source);
            case "why" -> new WhyCommand(source);
            case "pause" -> new PauseCommand(source);
            case "resume" -> new ResumeCommand(source);
            case "cancel" -> new CancelCommand(source);
            case "limit" -> new LimitCommand(source);
            case "peers" -> new PeersCommand(source);
            case "connect" -> new ConnectCommand(source);
            case "find" -> new FindCommand(source);
            case "contacts" -> ContactsCommand.with(source);
            case "put" -> new PutCommand(source);
            case "get" -> new GetCommand(source);
            case "publish" -> new PublishCommand(source);
            case "announce" -> new AnnounceCommand(source);
            case "services" -> new ServicesCommand(source);
            case "withdraw" -> new WithdrawCommand(source);
            case "follow" -> new FollowCommand(source);
            case "discover" -> new DiscoverCommand(source);
            case "doctor" -> new DoctorCommand(source);
            case "verify" -> new VerifyCommand(source);
            case "export" -> new ExportCommand(source);
            case "id" -> new IdCommand(source);
            case "stats" -> new StatsCommand(source);
            case "status" -> new StatusCommand(source);
            case "stop" -> new StopCommand(source);
            case "config" -> ConfigCommand.with(source);
            case "network" -> NetworkCommand.with(source);
            case "paths" -> new PathsCommand(source);
            case "service" -> ServiceCommand.with(source);
            default -> throw new IllegalArgumentException("there is no verb " + verb);
        };
    }

    private static Object outside(String verb, SessionSource source, NodeStarter starter) {
        return switch (verb) {
            case "daemon" -> new DaemonCommand(source);
            case "demo" -> new DemoCommand(source, starter);
            case "sim" -> SimVerb.with(source);
            case "train" -> new TrainCommand(starter);
            default -> throw new IllegalArgumentException("there is no verb " + verb);
        };
    }

    /** Sets up help, streams, colours and errors for a command and its subcommands. */
    static void configure(CommandLine commands, Streams streams, Ansi helpColors, Supplier<Output> output) {
        commands.addMixin("help", new HelpOption());
        commands.setExpandAtFiles(false); // a file may be called @list
        commands.setOut(new PrintWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), true));
        commands.setErr(new PrintWriter(new OutputStreamWriter(streams.err(), StandardCharsets.UTF_8), true));
        commands.setColorScheme(CommandLine.Help.defaultColorScheme(helpColors));
        abbreviate(commands);
        HelpScreens.of(commands);
        Failures failures = new Failures(output);
        commands.setParameterExceptionHandler(failures);
        commands.setExecutionExceptionHandler(failures);
    }

    private static void abbreviate(CommandLine commands) {
        for (CommandLine command : commands.getSubcommands().values()) {
            command.getCommandSpec().usageMessage().abbreviateSynopsis(true).sortOptions(false);
            abbreviate(command);
        }
    }

    /** Reports a failure and returns its exit code. */
    static int failed(Exception failure, Output output) {
        output.endProgress();
        if (failure instanceof StoppedException stopped) {
            output.eraseLine();
            return stopped.stop().exitCode();
        }
        if (failure instanceof NodeGoneException gone && gone.getCause() instanceof CairnException why) {
            return failed(why, output);
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

    private static CairnException usage(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName().strip();
        String next = name.isEmpty() ? "help lists the commands" : name + " --help shows its options";
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            String synopsis = command.getHelp().abbreviatedSynopsis().strip();
            return new CairnException(Kind.USAGE, firstLine(failure), "usage: " + synopsis, next);
        }
        String word = unmatched.getUnmatched().get(0);
        boolean verb = !unmatched.isUnknownOption() && !command.getSubcommands().isEmpty();
        String what = verb
                ? "there is no command \"" + word + "\""
                : unmatched.isUnknownOption() ? "unknown option " + word : "unexpected argument " + word;
        List<String> alike = unmatched.getSuggestions().stream()
                .filter(known -> known.startsWith(word.substring(0, Math.min(1, word.length()))))
                .toList();
        String none = verb
                ? "no command has a similar name"
                : (name.isEmpty() ? "the shell" : name) + " takes no such "
                        + (unmatched.isUnknownOption() ? "option" : "argument");
        return new CairnException(
                Kind.USAGE, what, alike.isEmpty() ? none : "did you mean " + alike.get(0) + "?", next);
    }

    private static String firstLine(ParameterException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    /** No lambdas: the launcher's archive cannot hold those of picocli's interfaces, and creating them costs some 10 ms per start. */
    private static final class Failures implements IParameterExceptionHandler, IExecutionExceptionHandler {
        private final Supplier<Output> output;

        Failures(Supplier<Output> output) {
            this.output = output;
        }

        @Override
        public int handleParseException(ParameterException failure, String[] words) {
            return failed(usage(failure), output.get());
        }

        @Override
        public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
            return failed(failure, output.get());
        }
    }
}
