package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes.Item;
import io.cairn.app.Codes.Met;
import io.cairn.app.Codes.Settlement;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.Subscription;
import io.cairn.app.config.ConfigSources;
import io.cairn.app.json.people.CodeJson;
import io.cairn.shell.command.transfer.ExistingChoice;
import io.cairn.shell.command.transfer.FetchReport;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.SessionSource.Asking;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.OnExisting;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

/** Takes what was sent under a code, or what contacts sent. */
@Command(
        name = "receive",
        description = "Take what was sent under a code; prints the path of each result, or the text.",
        footer = {
            "",
            "Example: cairn receive 7-orbit-lamp",
            "It shows who sends what and asks before it takes anything. Both sides see the",
            "same two words after check. Exit 9 for a wrong code, 3 for one that is unknown",
            "or expired. Stopped or failed, the same command goes on while the code is good.",
            "Without a code it takes what contacts sent to this node while it ran."
        })
public final class ReceiveCommand implements Callable<Integer> {
    /** How long the end waits until the sender knows that it is needed no more, in milliseconds. */
    private static final long SETTLE_MILLIS = 3_000;

    private static final int DECLINED = 1;

    private final SessionSource source;

    @Parameters(
            arity = "0..3",
            paramLabel = "CODE",
            hideParamSyntax = true,
            description = "A number and two words, as in 7-orbit-lamp.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "PATH",
            description = "As for fetch: a folder, created if the path ends in /; or the file itself. Default: here.")
    private String output = ".";

    @Option(
            names = {"-y", "--yes"},
            description = "Take it without asking.")
    private boolean yes;

    @Mixin
    private final ExistingChoice existing = new ExistingChoice();

    public ReceiveCommand(SessionSource source) {
        this.source = source;
    }

    /** Where what is taken goes, and how. */
    private record Target(Path place, OnExisting onExisting, FetchOptions.Timeouts timeouts) {}

    @Override
    public Integer call() throws CairnException, StoppedException {
        Target target = new Target(
                Paths.toWrite(output).toAbsolutePath(),
                existing.onExisting(),
                ConfigSources.timeouts(source.configuration().settings(), null, null));
        Asking asking = yes ? question -> "yes" : source.asking().orElse(null);
        if (asking == null && !words.isEmpty()) {
            throw new CairnException(
                    Kind.USAGE,
                    "nobody can say whether to take it",
                    "there is no terminal to ask at, and --yes is not given; the code has not been used",
                    "give --yes to take it without asking");
        }
        try (Session session = source.open()) {
            if (asking == null || words.isEmpty()) {
                return gifts(session, asking, target);
            }
            return take(session, met(session), asking, target);
        }
    }

    private Met met(Session session) throws CairnException, StoppedException {
        CompletableFuture<Met> meeting = session.node().codes().meet(String.join("-", words));
        try {
            return session.await("receive", "looking for the sender", meeting);
        } catch (StoppedException stopped) {
            meeting.cancel(true); // the sender hears of it if it is being met just now
            throw stopped;
        }
    }

    private int gifts(Session session, @Nullable Asking asking, Target target) throws CairnException, StoppedException {
        List<Met> gifts = session.node().codes().gifts();
        if (gifts.isEmpty()) {
            session.output().note("nothing that a contact sent waits here");
        }
        int code = 0;
        for (Met gift : gifts) {
            if (asking == null) {
                show(session.output(), gift);
            } else {
                code = Math.max(code, take(session, gift, asking, target));
            }
        }
        return code;
    }

    private int take(Session session, Met met, Asking asking, Target target) throws CairnException, StoppedException {
        show(session.output(), met);
        boolean isSettled = false;
        try {
            if (!asking.isAgreed(met.items().isEmpty() ? "Show it?" : "Take it?")) {
                settle(session, met, Settlement.DECLINED);
                isSettled = true;
                session.output().note("not taken");
                return DECLINED;
            }
            settle(session, met, Settlement.TAKING);
            fetchAll(session, met, target);
            isSettled = true;
        } finally {
            if (!isSettled) { // it may be taken later
                settle(session, met, Settlement.STOPPED);
            }
        }
        String text = met.text();
        if (text != null) {
            session.output().bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }
        settle(session, met, Settlement.RECEIVED);
        return 0;
    }

    private void fetchAll(Session session, Met met, Target target) throws CairnException, StoppedException {
        boolean isInto = output.endsWith("/") || met.items().size() > 1 && !Files.isDirectory(target.place);
        for (Item item : met.items()) {
            FetchOptions options = (isInto
                            ? FetchOptions.into(item.target(), target.place)
                            : FetchOptions.to(item.target(), target.place))
                    .onExisting(target.onExisting)
                    .timeouts(target.timeouts)
                    .build();
            fetch(session, item, options);
        }
    }

    private static void show(Output output, Met met) {
        output.stage("from", PersonText.text(met.sender()));
        if (!met.sender().phrase().isEmpty()) {
            output.stage("check", Plain.line(met.sender().phrase()) + "  (the sender must see the same words)");
        }
        for (Item item : met.items()) {
            output.stage(
                    "offers",
                    Plain.line(item.target().name()) + "  "
                            + Sizes.bytes(item.target().size())
                            + (item.files() == 1 ? "" : "  " + Sizes.count(item.files(), "file")));
        }
        String text = met.text();
        if (text != null) {
            output.stage("offers", "a text of " + Sizes.count(text.length(), "character"));
        }
        output.json(CodeJson.of(met));
    }

    private static void fetch(Session session, Item item, FetchOptions options)
            throws CairnException, StoppedException {
        FetchReport report =
                new FetchReport(session.output(), session.names(), item.target().hash());
        Fetch fetch = session.node().fetch(options);
        Subscription following = fetch.events(report);
        try {
            report.complete(session.await(fetch.completion()));
        } catch (StoppedException stopped) {
            throw stopped(session, fetch, item, stopped);
        } finally {
            following.close();
            session.output().endProgress();
        }
    }

    /** What has arrived stays: the fetch can be resumed as long as the sender offers it. */
    private static StoppedException stopped(Session session, Fetch fetch, Item item, StoppedException stopped) {
        session.output().eraseLine();
        Optional<FetchEvent.Complete> complete = Optional.empty();
        if (session.isHere()) {
            fetch.stop();
            complete = within(fetch.completion());
        } else {
            Optional<Fetch.Status> unused = within(fetch.pause());
        }
        if (complete.isEmpty() && !stopped.stop().isOfStdout()) {
            session.output()
                    .error(
                            new CairnException(
                                    Kind.INTERRUPTED,
                                    "stopped receiving "
                                            + Plain.line(item.target().name()),
                                    stopped.stop() == Stop.INTERRUPT ? "Ctrl-C" : "told to end",
                                    "cairn resume " + fetch.hash() + " resumes from "
                                            + Sizes.bytes(fetch.status().verifiedBytes())
                                            + " while the sender still offers it"),
                            stopped.stop().exitCode());
        }
        return stopped;
    }

    private static void settle(Session session, Met met, Settlement settlement) {
        Optional<Void> unused = within(session.node().codes().settle(met.ticket(), settlement));
    }

    private static <T> Optional<T> within(CompletableFuture<T> future) {
        return future.handle((value, failure) -> Optional.ofNullable(value))
                .completeOnTimeout(Optional.empty(), SETTLE_MILLIS, TimeUnit.MILLISECONDS)
                .join();
    }
}
