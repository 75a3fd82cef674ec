package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.json.people.CodeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.Stop;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends files or a text to who is told a code, or to a contact. */
@Command(
        name = "send",
        description = "Send files, folders or a text to who is told a code; prints the code.",
        footer = {
            "",
            "Example: cairn send film.mkv",
            "It prints a code such as 7-orbit-lamp. Say it to the receiver, who enters",
            "  cairn receive 7-orbit-lamp",
            "The code is good for one receiver and ten minutes, and void after three wrong",
            "tries. The command ends when the receiver has everything; exit 1 if it did not",
            "take it, 3 if nobody used the code in time, 9 if it was void.",
            "A contact needs no code: send --to ann FILE."
        })
public final class SendCommand implements Callable<Integer> {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smh]?)");

    private final SessionSource source;

    @Parameters(arity = "0..*", paramLabel = "PATH", description = "A file or a folder.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--text", paramLabel = "TEXT", description = "Send this text; - for stdin.")
    private @Nullable String text;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "How long the code is good, as in 90s, 5m or 2h. Default: 10m.")
    private String time = "10m";

    @Option(names = "--times", paramLabel = "N", description = "How many receivers may use the code. Default: 1.")
    private int times = 1;

    @Option(
            names = "--to",
            paramLabel = "CONTACT",
            description = "Send to this contact or node id, which needs no code.")
    private @Nullable String to;

    public SendCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Send what = what();
        try (Session session = source.openToStay()) {
            Operation<SendEvent, Sent> sending = session.node().codes().send(what);
            Report report = new Report(session.output(), what);
            Subscription events = sending.events(report::accept);
            try {
                Sent sent = session.await(sending.completion());
                events.close();
                session.output().endProgress();
                return ended(session, report, sent);
            } catch (StoppedException stopped) {
                sending.completion().cancel(true);
                session.output().eraseLine();
                if (!stopped.stop().isOfStdout()) {
                    session.output()
                            .error(
                                    report.withdrawn(stopped.stop()),
                                    stopped.stop().exitCode());
                }
                throw stopped;
            } finally {
                events.close();
                session.output().endProgress();
            }
        }
    }

    private Integer ended(Session session, Report report, Sent sent) throws CairnException, StoppedException {
        session.output().json(CodeJson.of(sent));
        switch (sent.end()) {
            case USED -> report.sent(sent);
            case EXPIRED -> {
                if (sent.receivers().isEmpty()) {
                    throw report.failed(Kind.NO_PROVIDER, "nobody used it in time", "send again, with a longer --for");
                }
                report.sent(sent);
            }
            case DECLINED ->
                throw report.failed(
                        Kind.OTHER,
                        "the receiver declined it or could not fetch it",
                        "ask the receiver, and send again for a new code");
            case SILENT ->
                throw report.failed(
                        Kind.OTHER,
                        "the receiver did not say that it has it, and takes nothing any more",
                        "ask the receiver, and send again for a new code");
            case GUESSED ->
                throw report.failed(
                        Kind.DENIED,
                        "three wrong codes were tried, so it is void",
                        "send again, and say the new code to the receiver alone");
            case TOLD -> {
                session.output()
                        .note("told "
                                + sent.receivers().stream()
                                        .map(PersonText::text)
                                        .collect(Collectors.joining(", ")));
                if (source.isOneShot() && !session.isOfDaemon() && !paths.isEmpty()) {
                    return session.serve().exitCodeOfServer();
                }
            }
        }
        return 0;
    }

    private Send what() throws CairnException, StoppedException {
        if (paths.isEmpty() == (text == null)) {
            throw new CairnException(
                    Kind.USAGE,
                    paths.isEmpty() ? "nothing to send" : "cannot send files and a text at once",
                    "send takes paths or --text",
                    "name a file or folder, or give --text 'words'");
        }
        List<Path> checked = new ArrayList<>();
        for (String path : paths) {
            checked.add(Paths.readable(path, "send", "nothing has been sent").toAbsolutePath());
        }
        String content = text == null ? null : TextInput.read(source, text);
        try {
            return new Send(checked, ShareOptions.DEFAULT, content, seconds(), times, to);
        } catch (IllegalArgumentException invalid) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot send",
                    String.valueOf(invalid.getMessage()),
                    "see the options: cairn send --help");
        }
    }

    private int seconds() throws CairnException {
        Matcher parts = TIME.matcher(time);
        long unit = parts.matches() ? "h".equals(parts.group(2)) ? 3_600 : "m".equals(parts.group(2)) ? 60 : 1 : 0;
        long seconds = unit == 0 ? 0 : Long.parseLong(parts.group(1)) * unit;
        if (seconds < 1 || seconds > Codes.FOR_SECONDS_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a time for a code: " + time,
                    "it is 1 s to 24 h, in seconds or as in 90s, 5m, 2h",
                    "omit --for for ten minutes");
        }
        return (int) seconds;
    }

    /** Reports what happens. Called on a thread of the node. */
    private static final class Report {
        private final Output output;
        private final Send what;
        private volatile String code = "";
        private final AtomicInteger met = new AtomicInteger();

        Report(Output output, Send what) {
            this.output = output;
            this.what = what;
            output.waiting("send", "starts");
        }

        void accept(SendEvent event) {
            if (event instanceof SendEvent.Hashing hashing) {
                hashing(hashing.progress());
            } else if (event instanceof SendEvent.Ready ready) {
                ready(ready);
            } else if (event instanceof SendEvent.WrongTry wrong) {
                output.warning("a wrong code was tried"
                        + (wrong.left() == 0
                                ? ""
                                : "; " + Sizes.count(wrong.left(), "more", "more") + " and it is void"));
                output.json(CodeJson.of(wrong));
            } else if (event instanceof SendEvent.Taken taken) {
                met.incrementAndGet();
                output.stage("met", PersonText.text(taken.receiver()));
                output.stage(
                        "check", Plain.line(taken.receiver().phrase()) + "  (the receiver must see the same words)");
                output.json(CodeJson.of(taken));
                if (!what.paths().isEmpty()) {
                    output.waiting("send", "until the receiver has everything; Ctrl-C ends it");
                }
            }
        }

        private void hashing(HashProgress progress) {
            if (progress.hashedBytes() < progress.totalBytes()) {
                output.progress("hashing", progress.hashedBytes(), progress.totalBytes());
            } else {
                output.waiting("publishing", "storing the records of " + Sizes.bytes(progress.totalBytes()));
            }
        }

        private void ready(SendEvent.Ready ready) {
            code = ready.code();
            output.endProgress();
            output.note("on the other machine: cairn receive " + code);
            output.note("good for " + Sizes.count(what.times(), "receiver") + " and "
                    + Sizes.duration(what.seconds() * 1_000L) + ", and void after three wrong tries");
            output.data(code);
            output.json(CodeJson.of(ready));
            output.waiting("send", "waits for a receiver; Ctrl-C withdraws the code");
        }

        void sent(Sent sent) {
            int have = sent.receivers().size();
            output.note(have >= met.get() ? "sent" : "sent to " + have + " of " + met + " receivers");
        }

        CairnException failed(Kind kind, String why, String next) {
            return new CairnException(kind, "not sent under the code " + code, why, next);
        }

        CairnException withdrawn(Stop stop) {
            return new CairnException(
                    Kind.INTERRUPTED,
                    code.isEmpty() ? "stopped sending" : "withdrew the code " + code,
                    stop == Stop.INTERRUPT ? "Ctrl-C" : "told to end",
                    "send again for a new code");
        }
    }
}
