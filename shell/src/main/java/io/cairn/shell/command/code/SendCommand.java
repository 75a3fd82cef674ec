package io.cairn.shell.command.code;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Codes;
import io.cairn.app.Codes.Send;
import io.cairn.app.Codes.SendEvent;
import io.cairn.app.Codes.Sent;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.json.people.CodeJson;
import io.cairn.shell.output.Output;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends files or a text to who is told a code, or to contacts. */
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
            "Contacts need no code: send --to ann FILE. Their nodes are told as soon as they",
            "can be reached; it ends when all have it, or with --for. Exit 0 if all have it,",
            "9 if a node refused it, 3 if one was not reached or has not taken it, 1 if all",
            "others declined. To leave it there for them, share it: share --to ann FILE."
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
            description = "How long it is offered, as in 90s, 5m or 2h. Default: 10m; 24h with --to.")
    private @Nullable String time;

    @Option(names = "--times", paramLabel = "N", description = "How many receivers may use the code. Default: 1.")
    private @Nullable Integer times;

    @Option(
            names = "--to",
            paramLabel = "WHO",
            description = "Send to a contact, a group or a node id, which needs no code. Repeatable.")
    private List<String> to = new ArrayList<>();

    public SendCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Send what = what();
        try (Session session = source.openToStay()) {
            Operation<SendEvent, Sent> sending = session.node().codes().send(what);
            SendReport report = new SendReport(session.output(), what);
            Subscription events = sending.events(report::accept);
            try {
                Sent sent = session.await(sending.completion());
                events.close();
                session.output().endProgress();
                ended(session.output(), report, sent);
                return 0;
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

    private void ended(Output output, SendReport report, Sent sent) throws CairnException {
        output.json(CodeJson.of(sent));
        if (!to.isEmpty()) {
            if (!sent.receivers().isEmpty()) {
                report.sent(sent);
            }
            if (!sent.lacking().isEmpty()) {
                throw SendReport.lacking(sent.lacking());
            }
            return;
        }
        switch (sent.end()) {
            case USED -> report.sent(sent);
            case EXPIRED -> {
                if (sent.receivers().isEmpty()) {
                    throw report.underCode(
                            Kind.NO_PROVIDER, "nobody used it in time", "send again, with a longer --for");
                }
                report.sent(sent);
            }
            case DECLINED ->
                throw report.underCode(
                        Kind.OTHER, "the receiver declined it", "ask the receiver, and send again for a new code");
            case SILENT ->
                throw report.underCode(
                        Kind.OTHER, SendReport.silence(sent), "ask the receiver, and send again for a new code");
            case GUESSED ->
                throw report.underCode(
                        Kind.DENIED,
                        "three wrong codes were tried, so it is void",
                        "send again, and say the new code to the receiver alone");
        }
    }

    private Send what() throws CairnException, StoppedException {
        if (paths.isEmpty() == (text == null)) {
            throw new CairnException(
                    Kind.USAGE,
                    paths.isEmpty() ? "nothing to send" : "cannot send files and a text at once",
                    "send takes paths or --text",
                    "name a file or folder, or give --text 'words'");
        }
        if (times != null && !to.isEmpty()) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot take both --times and --to",
                    "--times says how many may use a code, and --to needs no code",
                    "leave out --times, or --to");
        }
        List<Path> checked = new ArrayList<>();
        for (String path : paths) {
            checked.add(Paths.readable(path, "send", "nothing has been sent").toAbsolutePath());
        }
        refuseSameNames(checked);
        String content = text == null ? null : TextInput.read(source, text);
        try {
            return new Send(checked, ShareOptions.DEFAULT, content, seconds(), times == null ? 1 : times, to);
        } catch (IllegalArgumentException invalid) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot send",
                    String.valueOf(invalid.getMessage()),
                    "see the options: cairn send --help");
        }
    }

    /** One would be in the way of the other where they arrive. */
    private static void refuseSameNames(List<Path> paths) throws CairnException {
        Set<String> names = new HashSet<>();
        for (Path path : paths) {
            String name = String.valueOf(path.normalize().getFileName());
            if (!names.add(name)) {
                throw new CairnException(
                        Kind.USAGE,
                        "cannot send two things of the same name",
                        "both are called " + name + ", and one would be in the way of the other where they arrive",
                        "rename one of them, or send a folder that holds both; nothing has been sent");
            }
        }
    }

    private int seconds() throws CairnException {
        if (time == null) {
            return to.isEmpty() ? Codes.FOR_SECONDS : Codes.TO_SECONDS;
        }
        Matcher parts = TIME.matcher(time);
        long unit = parts.matches() ? "h".equals(parts.group(2)) ? 3_600 : "m".equals(parts.group(2)) ? 60 : 1 : 0;
        long seconds = unit == 0 ? 0 : Long.parseLong(parts.group(1)) * unit;
        if (seconds < 1 || seconds > Codes.FOR_SECONDS_MAX) {
            throw new CairnException(
                    Kind.USAGE,
                    "not a time to offer something: " + time,
                    "it is 1 s to 24 h, in seconds or as in 90s, 5m, 2h",
                    "omit --for for ten minutes, or a day with --to");
        }
        return (int) seconds;
    }
}
