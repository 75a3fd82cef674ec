package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.FetchTarget;
import io.cairn.app.Subscription;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.json.FetchJson;
import io.cairn.control.http.ProcessStatus;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.OnExisting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fetches a share from all its providers and verifies each chunk. */
@Command(
        name = "fetch",
        description = "Fetch a share by its hash, link or listed name; prints the path of the result.",
        footer = {
            "",
            "Example: cairn fetch 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b -o ~/Videos/",
            "To resume a stopped fetch, run the same command again.",
            "In a folder, --only '*.jpg' fetches matching files at any depth, --only photos/2024 everything in that",
            "folder, and --only 'docs/**/*.pdf' files whose path in the share matches. The same command without --only,",
            "or with another, fetches more into the same place."
        })
public final class FetchCommand implements Callable<Integer> {
    /** How long a stopped fetch may take to end before its latest figures are used, in milliseconds. */
    private static final long END_MILLIS = 2_000;

    private final SessionSource source;

    @Parameters(
            arity = "1..*",
            paramLabel = "HASH|LINK|FILE|NAME|WORDS",
            hideParamSyntax = true,
            description =
                    "What share printed: 40 digits or a magnet link; or a .torrent file that export wrote; NAME@PUBLISHER, as"
                            + " publish prints it; or words of a name that browse shows.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description =
                    "A folder, created if the path ends in /: save into it under the share's own name. Any other path is"
                            + " the file itself. Default: here.")
    private String output = ".";

    @Option(
            names = "--keep-sharing",
            description = "Keep serving it afterwards, until Ctrl-C; a daemon keeps serving it, and the command ends.")
    private boolean keepSharing;

    @Option(names = "--only", paramLabel = "GLOB", description = "Fetch only matching files of a folder. Repeatable.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--sequential", description = "Fetch from beginning to end, so you can open it early.")
    private boolean sequential;

    @Mixin
    private final ExistingChoice existing = new ExistingChoice();

    @Option(
            names = "--lookup-timeout",
            paramLabel = "SECONDS",
            description = "Give up (exit 3) if no provider can be reached for this long. Default: 10.")
    private @Nullable String lookupTimeout;

    @Option(
            names = "--stall-timeout",
            paramLabel = "SECONDS",
            description = "Give up (exit 4) if nothing arrives for this long. Default: 30.")
    private @Nullable String stallTimeout;

    @Option(
            names = {"-b", "--background"},
            description =
                    "In the shell: do not wait for it. A & at the end of the line means the same. Elsewhere as --detach.")
    private boolean background;

    @Option(names = "--detach", description = "Leave the fetch to the daemon, and return at once.")
    private boolean detach;

    public FetchCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        String wanted = Nouns.wanted("hash", words, "fetch");
        Path place = Paths.toWrite(output).toAbsolutePath();
        boolean left = detach || background && source.isOneShot();
        OnExisting onExisting = existing.onExisting();
        FetchOptions.Timeouts timeouts =
                ConfigSources.timeouts(source.configuration().settings(), lookupTimeout, stallTimeout);
        try (Session session = left ? ofDaemon() : source.open()) {
            FetchTarget target = session.wanted(wanted);
            FetchOptions options = (output.endsWith("/")
                            ? FetchOptions.into(target, place)
                            : FetchOptions.to(target, place))
                    .keepSharing(keepSharing)
                    .sequential(sequential)
                    .only(only)
                    .onExisting(onExisting)
                    .timeouts(timeouts)
                    .build();
            if (left) {
                return leave(session, options);
            }
            if (background) {
                BackgroundFetch.start(session, options);
                return 0;
            }
            FetchReport report = new FetchReport(session.output(), session.names(), target.hash());
            Fetch fetch = session.node().fetch(options);
            Subscription following = fetch.events(report);
            try {
                report.complete(session.await(fetch.completion()));
            } catch (StoppedException stopped) {
                if (!session.isHere()) {
                    throw paused(fetch, stopped, session);
                }
                fetch.stop();
                Optional<FetchEvent.Complete> before = ended(fetch);
                if (before.isPresent()) {
                    report.complete(before.get());
                    throw stopped;
                }
                throw stoppedWith(fetch, stopped, session);
            } finally {
                following.close();
                session.output().endProgress();
            }
            if (keepSharing && source.isOneShot() && !session.isOfDaemon()) {
                return session.serve().exitCodeOfServer();
            }
            return 0;
        }
    }

    /** A session with the daemon that runs on the data directory. */
    private Session ofDaemon() throws CairnException {
        Optional<Session> running = source.attach();
        if (running.isPresent() && running.get().isOfDaemon()) {
            return running.get();
        }
        String why = "no node runs on this data directory";
        if (running.isPresent()) {
            try (Session session = running.get()) {
                ProcessStatus process = session.node().attachment().process();
                why = "process " + process.pid() + " (" + Plain.line(process.mode())
                        + ") runs the node, and is no daemon";
            }
        }
        throw new CairnException(
                CairnException.Kind.USAGE,
                "cannot leave the fetch to a daemon",
                why,
                "start a daemon: cairn daemon --detach");
    }

    /** Returns once the daemon has the fetch. */
    private static int leave(Session session, FetchOptions options) throws CairnException, StoppedException {
        Fetch fetch = session.node().fetch(options.withRetries());
        CompletableFuture<FetchEvent> taken = new CompletableFuture<>();
        Subscription following = fetch.events(taken::complete);
        try {
            session.await(CompletableFuture.anyOf(taken, fetch.completion()));
        } finally {
            following.close();
        }
        if (taken.getNow(new FetchEvent.Resumed()) instanceof FetchEvent.Failed) {
            session.await(fetch.completion());
        }
        session.output().data(fetch.hash().toHex());
        session.output().note("the daemon fetches it; to see its state: cairn fetches");
        session.output().json(FetchJson.of(fetch));
        return 0;
    }

    /** Ctrl-C at a node of another process: the fetch stays there, paused. */
    private static StoppedException paused(Fetch fetch, StoppedException stopped, Session session) {
        session.output().eraseLine();
        Optional<Fetch.Status> status = fetch.pause()
                .handle((now, failure) -> Optional.ofNullable(now))
                .completeOnTimeout(Optional.empty(), END_MILLIS, TimeUnit.MILLISECONDS)
                .join();
        if (stopped.stop().isOfStdout()) {
            return stopped;
        }
        String name = status.map(Fetch.Status::name)
                .filter(known -> !known.isEmpty())
                .orElse(fetch.hash().toHex());
        boolean isPaused = status.isPresent() && status.get().state() == FetchState.PAUSED;
        session.output()
                .error(
                        new CairnException(
                                CairnException.Kind.INTERRUPTED,
                                (isPaused ? "paused fetching " : "stopped following the fetch of ") + Plain.line(name),
                                stopped.stop() == Stop.INTERRUPT ? "Ctrl-C" : "told to end",
                                isPaused
                                        ? "cairn resume " + fetch.hash() + " resumes from "
                                                + Sizes.bytes(status.get().verifiedBytes())
                                        : "cairn fetches shows how it stands"),
                        stopped.stop().exitCode());
        return stopped;
    }

    /** Waits briefly until all received data is counted; returns the result if the fetch completed before it could be stopped. */
    private static Optional<FetchEvent.Complete> ended(Fetch fetch) {
        return fetch.completion()
                .handle((complete, failure) -> Optional.ofNullable(complete))
                .completeOnTimeout(Optional.empty(), END_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }

    /** Reports what is kept of the fetch, unless stdout failed: that is reported once, and a closed pipe not at all. */
    private static StoppedException stoppedWith(Fetch fetch, StoppedException stopped, Session session) {
        session.output().eraseLine();
        if (stopped.stop().isOfStdout()) {
            return stopped;
        }
        Fetch.Status status = fetch.status();
        session.output()
                .error(
                        new CairnException(
                                CairnException.Kind.INTERRUPTED,
                                "stopped fetching "
                                        + Plain.line(
                                                status.name().isEmpty()
                                                        ? fetch.hash().toHex()
                                                        : status.name()),
                                stopped.stop() == Stop.INTERRUPT ? "Ctrl-C" : "told to end",
                                "the same command resumes from " + Sizes.bytes(status.verifiedBytes())),
                        stopped.stop().exitCode());
        return stopped;
    }
}
