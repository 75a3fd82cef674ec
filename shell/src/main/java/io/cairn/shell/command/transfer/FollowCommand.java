package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.FetchOptions;
import io.cairn.app.Follows.Follow;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.values.Pointers;
import io.cairn.shell.output.Plain;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps a copy of what a name points to up to date. */
@Command(
        name = "follow",
        description =
                "Keep a copy of what a name points to up to date, until Ctrl-C; prints HASH  PATH for each version.",
        footer = {
            "",
            "Example: cairn follow notes@5f1c0d4be3a1c22ab4e0a0a2a1c3b7d9e8f6e09a -o ~/notes",
            "Only what differs is fetched. A file that you changed in the copy is kept",
            "beside the new one as NAME.conflict-DATE-TIME; a file that you added stays.",
            "Run it again to go on after a stop."
        })
public final class FollowCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(
            paramLabel = "NAME@PUBLISHER",
            description = "What publish or share --watch printed; the publisher may be a contact.")
    private String name = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "DIR",
            description =
                    "The copy. At the first time as for fetch: an existing folder, or one that ends in /, receives it"
                            + " under the share's own name.")
    private String output = "";

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Keep the files that the last N updates replaced or removed, in DIR.versions. Default: 0.")
    private int keep;

    public FollowCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        FetchOptions.Output place = place();
        try (Session session = source.openToStay()) {
            Follow follow = follow(Pointers.name(session.node(), name), place);
            Operation<FollowEvent, FollowEvent.UpToDate> following =
                    session.node().follows().follow(follow);
            session.output().waiting("follow", "asking for " + Plain.line(name));
            Subscription events = following.events(new FollowReport(session.output(), session.names()));
            try {
                session.await(following.completion());
                return 0;
            } finally {
                events.close();
                following.completion().cancel(true);
                session.output().endProgress();
            }
        } catch (StoppedException stopped) {
            if (source.isOneShot()) {
                return stopped.stop().exitCodeOfServer();
            }
            throw stopped;
        }
    }

    private FetchOptions.Output place() throws CairnException {
        if (!Pointers.isOne(name)) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot follow " + name,
                    "it is not NAME@PUBLISHER, with a contact or an id of 40 digits as the publisher",
                    "give what publish or share --watch printed there");
        }
        return new FetchOptions.Output(Paths.toWrite(output).toAbsolutePath(), output.endsWith("/"));
    }

    private Follow follow(Values.Name followed, FetchOptions.Output place) throws CairnException {
        try {
            return new Follow(followed, place, keep);
        } catch (IllegalArgumentException outOfRange) {
            throw new CairnException(
                    Kind.USAGE,
                    "cannot follow " + name,
                    String.valueOf(outOfRange.getMessage()),
                    "give another number with --keep");
        }
    }
}
