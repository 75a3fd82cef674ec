package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.Verifier;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.json.NodeJson;
import io.cairn.app.node.StoredNode;
import io.cairn.control.Attachment;
import io.cairn.control.NodeReach;
import io.cairn.control.SharedNode;
import io.cairn.control.reach.DirectoryReach;
import io.cairn.control.reach.NodeStarter;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.StdoutFailure;
import io.cairn.shell.output.Streams;
import io.cairn.shell.output.Style;
import io.cairn.shell.session.ClockNotices;
import io.cairn.shell.session.ContactNotices;
import io.cairn.shell.session.NodeOptions;
import io.cairn.shell.session.OsSignals;
import io.cairn.shell.session.OutputOptions;
import io.cairn.shell.session.RunningNode;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.ShareNotices;
import io.cairn.shell.session.SlowStep;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.Stops;
import io.cairn.shell.session.SuccessionNotices;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** One run of the program, from the words of the command line to the exit code. */
final class Program implements SessionSource {
    /** The mode of a node started without a verb. */
    private static final String SHELL = "shell";

    private static final Set<String> TELLING_CONTACTS = Set.of(SHELL, "daemon");

    private final Streams streams;
    private final Map<String, String> environment;
    private final @Nullable Path home;
    private final NodeStarter starter;
    private final Verifier verifier;
    private final Stops stops;
    private final NodeOptions nodeOptions = new NodeOptions();
    private final OutputOptions outputOptions = new OutputOptions();
    private volatile Output output;
    private @Nullable ConfigSources sources;
    private String mode = SHELL;
    private final AtomicBoolean stdoutFailureTold = new AtomicBoolean();

    Program(
            Streams streams,
            Map<String, String> environment,
            @Nullable Path home,
            NodeStarter starter,
            Verifier verifier,
            Stops stops) {
        this.streams = streams;
        this.environment = environment;
        this.home = home;
        this.starter = starter;
        this.verifier = verifier;
        this.stops = stops;
        this.output = output(OutputOptions.provisional(List.of(), streams, environment));
    }

    /** The run of this process, with real streams and signals. */
    static Program ofProcess(NodeStarter starter, Verifier verifier) {
        Map<String, String> environment = System.getenv();
        Streams streams = Streams.ofProcess(environment);
        Stops stops = new Stops(code -> {
            streams.console().showTyping();
            Runtime.getRuntime().halt(code);
        });
        OsSignals.handle("INT", () -> stops.request(Stop.INTERRUPT));
        OsSignals.handle("TERM", () -> stops.request(Stop.TERMINATE));
        Program program =
                new Program(streams, environment, HomeDirectory.ofProcess(environment), starter, verifier, stops);
        if (streams.errTerminal()) {
            OsSignals.handle("WINCH", () -> program.output().resized());
        }
        return program;
    }

    /** Runs a command and returns its exit code. */
    int run(String... words) {
        output = output(OutputOptions.provisional(List.of(words), streams, environment));
        CommandLine commands = commandLine(words.length == 0 ? "" : words[0]);
        commands.setExecutionStrategy(new Execution());
        return codeOf(commands.execute(words));
    }

    /**
     * The commands and their options.
     *
     * @param first the first word of the command line
     */
    CommandLine commandLine(String first) {
        CommandLine commands = new CommandLine(new CairnCommand(this, streams));
        commands.addMixin("node", nodeOptions);
        commands.addMixin("output", outputOptions);
        Commands.addOneShot(commands, this, starter, first);
        Commands.configure(commands, streams, helpColors(), () -> output);
        return commands;
    }

    /** The code of a command, unless its output failed. Output of a library (the text of {@code --help}) is checked only here. */
    private int codeOf(int code) {
        StdoutFailure failure = streams.out().failure();
        if (failure == null) {
            return code;
        }
        tell(failure);
        return code == 0 ? Stop.because(failure).exitCode() : code;
    }

    /** Reports once that data cannot be written; a closed pipe is not reported. */
    private void tell(StdoutFailure failure) {
        if (stdoutFailureTold.compareAndSet(false, true) && failure.cause() != StdoutFailure.Cause.READER_GONE) {
            output.error(failure.explained());
        }
    }

    private int execute(ParseResult parsed) {
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        try {
            sources = ConfigSources.read(nodeOptions.flags(outputOptions.flags()), environment, home);
            Output.Format format = outputOptions.format(sources, streams, environment);
            LogProvider.verbosity(format.verbosity());
            output = output(format);
            mode = parsed.hasSubcommand() ? parsed.subcommand().commandSpec().name() : SHELL;
        } catch (CairnException refused) {
            output.error(refused);
            return refused.kind().exitCode();
        }
        return new RunLast().execute(parsed);
    }

    @Override
    public Session open() throws CairnException {
        return open(reach(configuration().nodeConfig()));
    }

    @Override
    public Session openToStay() throws CairnException {
        return open(reach(configuration().nodeConfig().withRehearsal()));
    }

    @Override
    public Session openOwn() throws CairnException {
        return open(reach(configuration().nodeConfig().withRehearsal())
                .takingOver(process -> output.note("process " + process.pid() + " (" + Plain.line(process.mode())
                        + ") runs the node of this data directory, and hands it over")));
    }

    private Session open(NodeReach reach) throws CairnException {
        Session session;
        SlowStep slow = new SlowStep(output, "start", starter::step);
        try {
            session = session(SharedNode.open(reach, this::isWanted));
        } finally {
            slow.close();
        }
        output.json(NodeJson.ready(session.node().info()));
        session.node().onNotice(notices());
        session.node().successors(new SuccessionNotices(output, session.isHere()));
        return session;
    }

    /** One listener for all notices, because only a node's first listener also hears of what happened before it listened. */
    private Consumer<Node.Notice> notices() {
        List<Consumer<Node.Notice>> readers =
                new ArrayList<>(List.of(new ShareNotices(output), new ClockNotices(output)));
        if (TELLING_CONTACTS.contains(mode)) {
            readers.add(new ContactNotices(output));
        }
        return notice -> readers.forEach(reader -> reader.accept(notice));
    }

    private Session session(SharedNode node) throws CairnException {
        try {
            if (!node.attachment().isHere()) {
                RunningNode.check(nodeOptions, node.info(), node.attachment().process());
            }
            return new Session(node, verifier, output, stops, asking().orElse(null), true);
        } catch (CairnException | RuntimeException refused) {
            node.close();
            throw refused;
        }
    }

    @Override
    public Optional<Session> attach() throws CairnException {
        DirectoryReach reach = reach(configuration().nodeConfig());
        Optional<Attachment> running = SlowStep.ofProcess(output, () -> reach.attach(this::isWanted));
        return running.isEmpty()
                ? Optional.empty()
                : Optional.of(session(SharedNode.over(running.get(), reach.elsewhere())));
    }

    @Override
    public Optional<Attachment> running() throws CairnException {
        return reach(configuration().nodeConfig()).running(this::isWanted);
    }

    private boolean isWanted() {
        return !stops.wish().isDone();
    }

    private DirectoryReach reach(NodeConfig config) throws CairnException {
        return new DirectoryReach(
                config,
                starter,
                mode,
                () -> stops.request(Stop.TERMINATE),
                configuration().control());
    }

    @Override
    public Path dataDirectory() throws CairnException {
        return configuration().nodeConfig().dataDirectory();
    }

    @Override
    public Optional<Manifest> storedManifest(String hashOrLink) throws CairnException {
        return StoredNode.manifest(dataDirectory(), hashOrLink);
    }

    @Override
    public Optional<InputStream> input() {
        return Optional.of(streams.in());
    }

    @Override
    public Optional<Asking> asking() {
        return streams.inTerminal() && streams.errTerminal() && !output.isJson()
                ? Optional.of(new TerminalQuestion(streams, stops))
                : Optional.empty();
    }

    @Override
    public ConfigSources configuration() {
        if (sources == null) {
            throw new IllegalStateException("the command line has not been read");
        }
        return sources;
    }

    @Override
    public Output output() {
        return output;
    }

    @Override
    public Stops stops() {
        return stops;
    }

    @Override
    public Verifier verifier() {
        return verifier;
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    private Output output(Output.Format format) {
        return new Output(streams, format, failure -> {
            tell(failure);
            stops.request(Stop.because(failure));
        });
    }

    private Ansi helpColors() {
        return Style.of("auto", streams.outTerminal(), environment) == Style.COLORED ? Ansi.ON : Ansi.OFF;
    }

    /** Neither a lambda nor this class itself: otherwise the launcher's archive could not hold the lambdas in it. */
    private final class Execution implements IExecutionStrategy {
        @Override
        public int execute(ParseResult parsed) {
            return Program.this.execute(parsed);
        }
    }
}
