package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.Follows.Version;
import io.cairn.app.Follows.Watch;
import io.cairn.app.Node.HashProgress;
import io.cairn.app.Node.Share;
import io.cairn.app.Node.ShareReport;
import io.cairn.app.Offers.Offer;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.json.ShareJson;
import io.cairn.app.json.directory.FollowJson;
import io.cairn.app.work.Work;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shares files and folders: hashes them, publishes them, prints the hash, and serves. */
@Command(
        name = "share",
        description = "Share files or folders; prints HASH  NAME for each.",
        footer = {
            "",
            "Example: cairn share film.mkv",
            "The files are not copied: keep them where they are while they are shared.",
            "To share later changes, run the same command again; it hashes only what changed.",
            "With --watch NAME it does so itself, and others follow NAME@PUBLISHER.",
            "Others know of it only by its hash or link, unless you list it with --listed."
        })
public final class ShareCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "A file or a folder.")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--torrent", paramLabel = "FILE", description = "Also write a .torrent file; with one PATH only.")
    private @Nullable String torrent;

    @Option(
            names = "--watch",
            paramLabel = "NAME",
            description = "Share it again whenever it changes, under a name that others follow; with one PATH only.")
    private @Nullable String watch;

    @Option(names = "--foreground", description = "Stay and serve until Ctrl-C, even if a daemon serves it.")
    private boolean foreground;

    @Mixin
    private final ShareChoice choice = new ShareChoice();

    @Mixin
    private final OfferChoice who = new OfferChoice();

    public ShareCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        List<Path> checked = new ArrayList<>();
        for (String path : withoutNoun()) {
            checked.add(Paths.readable(path, "share", "nothing has been shared").toAbsolutePath());
        }
        ShareOptions options = choice.options();
        who.refuseWith(watch);
        Offer offer = who.offer();
        Path export = torrent == null ? null : Paths.toWrite(torrent);
        if (checked.size() > 1 && (export != null || watch != null)) {
            throw new CairnException(
                    CairnException.Kind.USAGE,
                    export != null
                            ? "cannot write one .torrent for " + checked.size() + " paths"
                            : "cannot give one name to " + checked.size() + " paths",
                    (export != null ? "a .torrent file holds" : "a name points to") + " one share",
                    "share one path at a time, or a folder that holds them all");
        }
        try (Session session = source.openToStay()) {
            if (watch != null) {
                return watch(session, new Watch(checked.get(0), watch, options, isDaemons(session)), offer, export);
            }
            for (Path path : checked) {
                share(session, path, options, offer, export);
            }
            return isLeft(session) ? 0 : session.serve().exitCodeOfServer();
        } catch (StoppedException stopped) {
            if (source.isOneShot()) {
                return stopped.stop().exitCodeOfServer();
            }
            throw stopped;
        }
    }

    /** Whether the command ends once all is shared, since the shell or a daemon serves it. */
    private boolean isLeft(Session session) {
        return !source.isOneShot() || isDaemons(session) && !foreground;
    }

    private boolean isDaemons(Session session) {
        return source.isOneShot() && session.isOfDaemon();
    }

    private int watch(Session session, Watch watched, @Nullable Offer offer, @Nullable Path export)
            throws CairnException, StoppedException {
        Output output = session.output();
        Version version =
                shared(session, watched.path(), session.node().follows().watch(watched));
        told(session, version.share(), export);
        if (offer != null) {
            shared(session, watched.path(), session.node().share(watched.path(), watched.options(), offer));
            output.note(OfferChoice.listing(offer));
        }
        output.note(
                "named   " + version.name() + "  stored on " + version.storedOn() + "/" + version.targets() + " nodes");
        output.note("follow  " + "cairn follow " + version.name() + " -o DIR");
        output.json(FollowJson.published(version));
        if (isLeft(session)) {
            return 0;
        }
        Subscription successors = session.node()
                .successors(next ->
                        Work.watch(session.node().follows().watch(watched).completion(), "watching the folder again"));
        try {
            return session.serve().exitCodeOfServer();
        } finally {
            successors.close();
        }
    }

    private void share(Session session, Path path, ShareOptions options, @Nullable Offer offer, @Nullable Path export)
            throws CairnException, StoppedException {
        told(session, shared(session, path, session.node().share(path, options, offer)), export);
        if (offer != null) {
            session.output().note(OfferChoice.listing(offer));
        }
    }

    private static <R> R shared(Session session, Path path, Operation<HashProgress, R> sharing)
            throws CairnException, StoppedException {
        Output output = session.output();
        output.waiting("share", "reading " + Plain.line(path.toString()));
        Subscription hashing = sharing.events(progress -> tell(output, progress));
        try {
            return session.await(sharing.completion());
        } finally {
            hashing.close();
            output.endProgress();
        }
    }

    private void told(Session session, ShareReport report, @Nullable Path export) throws CairnException {
        Output output = session.output();
        ShareWarnings.tell(output, report.notes());
        tell(output, report);
        if (export != null) {
            Path written = session.node().exportTorrent(report.share().hash(), export);
            output.stage("torrent", Plain.line(written.toString()));
            output.json(
                    "exported",
                    fields -> fields.text("hash", report.share().hash()).text("path", written));
        }
    }

    private static void tell(Output output, HashProgress progress) {
        if (progress.hashedBytes() < progress.totalBytes()) {
            output.progress("hashing", progress.hashedBytes(), progress.totalBytes());
        } else {
            output.waiting("publishing", "storing the records of " + Sizes.bytes(progress.totalBytes()));
        }
    }

    private void tell(Output output, ShareReport report) {
        Share share = report.share();
        String name = Plain.line(share.name());
        output.note("shared  " + name + "  " + Sizes.bytes(share.size()) + "  " + Sizes.count(share.chunks(), "chunk")
                + "  stored on " + report.publication().rootStoredOn() + "/"
                + report.publication().rootTargets() + " nodes"
                + (report.publication().rootTargets() == 1 ? " (this one: no other is known yet)" : ""));
        if (output.isOneScreen() && !source.isOneShot()) {
            output.data("hash    " + share.hash());
        } else {
            output.data(share.hash() + "  " + name);
        }
        if (share.offer().isRestricted()) {
            output.note("for     " + OfferChoice.text(share.offer()));
        }
        if (!report.link().isEmpty()) {
            output.note("link    " + output.pasteable(report.link()));
        }
        output.json(ShareJson.of(report));
    }

    /** {@code share file PATH} means {@code share PATH}, unless the working directory has an entry {@code file}. */
    private List<String> withoutNoun() {
        String first = paths.get(0);
        boolean noun =
                paths.size() > 1 && (first.equals("file") || first.equals("dir")) && !Files.exists(Path.of(first));
        return noun ? paths.subList(1, paths.size()) : paths;
    }
}
