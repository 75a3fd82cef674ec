package io.cairn.shell.command.transfer;

import io.cairn.app.CairnException;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchEvent.Complete;
import io.cairn.app.FetchTarget;
import io.cairn.app.Operation;
import io.cairn.app.Subscription;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.json.PeerJson;
import io.cairn.app.values.Pointers;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.shell.session.Choice;
import io.cairn.shell.session.Paths;
import io.cairn.shell.session.Session;
import io.cairn.shell.session.SessionSource;
import io.cairn.shell.session.StoppedException;
import io.cairn.transfer.content.ShellWord;
import io.cairn.transfer.content.manifest.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hashes a file or folder and compares it with the manifest of a share; lists the bad chunks, and repairs them on request. */
@Command(
        name = "verify",
        description = "Check a file or folder against a share; names every bad chunk.",
        footer = {
            "",
            "Example: cairn verify ~/Videos/film.mkv 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b",
            "With --repair, bad chunks are overwritten with fetched and verified bytes, and everything is verified again."
        })
public final class VerifyCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "PATH", description = "The file or folder itself.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "HASH", description = "The hash or link of the share, or NAME@PUBLISHER.")
    private String hash = "";

    @Option(
            names = "--repair",
            description = "Fetch bad chunks again, correct lengths, restore missing files. Deletes nothing.")
    private boolean repair;

    public VerifyCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Path place = Paths.of(path);
        if (!Files.exists(place)) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot verify " + path,
                    Paths.whyMissing(path),
                    "check the path: first PATH, then HASH");
        }
        Optional<Manifest> stored = Pointers.isOne(hash) ? Optional.empty() : stored();
        long started = System.nanoTime();
        if (stored.isPresent()) {
            VerifyReport found = check(place, stored.get());
            VerifyText.tell(source.output(), stored.get(), found);
            if (found.isGood() || !repair) {
                return end(place, stored.get(), found, Optional.empty(), started);
            }
            try (Session session = source.open()) {
                return repair(session, session.resolve(hash), place, stored.get(), found, started);
            }
        }
        try (Session session = source.open()) {
            FetchTarget target = session.resolve(hash);
            Manifest manifest = session.await(
                    "manifest", "asking peers for it", session.node().manifest(target));
            VerifyReport found = check(place, manifest);
            VerifyText.tell(source.output(), manifest, found);
            return found.isGood() || !repair
                    ? end(place, manifest, found, Optional.empty(), started)
                    : repair(session, target, place, manifest, found, started);
        }
    }

    private Optional<Manifest> stored() throws CairnException, StoppedException {
        try {
            return source.storedManifest(hash);
        } catch (CairnException refused) {
            hash = Choice.known(source, refused).toHex();
            return source.storedManifest(hash);
        }
    }

    private int repair(
            Session session, FetchTarget target, Path place, Manifest manifest, VerifyReport found, long started)
            throws CairnException, StoppedException {
        Output output = session.output();
        Operation<FetchEvent, Complete> repairing = session.node().repair(target, manifest, place, found);
        Subscription following = repairing.events(new FetchReport(output, session.names(), manifest.hash()));
        Complete complete;
        try {
            complete = session.await(repairing.completion());
        } catch (StoppedException stopped) {
            repairing.completion().cancel(false);
            throw stopped;
        } finally {
            following.close();
            output.endProgress();
        }
        VerifyReport now = check(place, manifest);
        if (now.isGood()) {
            output.stage("repaired", VerifyText.differences(found));
        } else {
            VerifyText.tell(output, manifest, now);
        }
        return end(place, manifest, now, Optional.of(new Repaired(found.bad().size(), complete.peers())), started);
    }

    /**
     * The result of a repair.
     *
     * @param chunks the number of overwritten chunks
     */
    private record Repaired(int chunks, List<FetchEvent.Contribution> peers) {}

    private int end(Path place, Manifest manifest, VerifyReport report, Optional<Repaired> repaired, long started)
            throws CairnException {
        Output output = source.output();
        if (!report.isGood()) {
            throw differs(report, repaired.isPresent());
        }
        output.data("verified " + Sizes.count(report.chunks()) + "/" + Sizes.count(report.chunks()) + " chunks  "
                + Plain.line(manifest.name()));
        output.json(
                "complete",
                fields -> fields.text("hash", manifest.hash())
                        .text("name", manifest.name())
                        .text("path", place.toAbsolutePath().normalize())
                        .number("size", manifest.totalBytes())
                        .number("chunks", report.chunks())
                        .number("millis", (System.nanoTime() - started) / 1_000_000)
                        .objects("peers", repaired.map(Repaired::peers).orElse(List.of()), PeerJson::contribution)
                        .number("badChunks", 0)
                        .number("repairedChunks", repaired.map(Repaired::chunks).orElse(0))
                        .texts("missing", report.missing())
                        .texts("extra", report.extra()));
        return 0;
    }

    /** Runs on a separate thread, so that Ctrl-C can end it. */
    private VerifyReport check(Path place, Manifest manifest) throws CairnException, StoppedException {
        CompletableFuture<VerifyReport> done = new CompletableFuture<>();
        Thread worker = new Thread(
                () -> {
                    try {
                        done.complete(source.verifier()
                                .verify(
                                        place,
                                        manifest,
                                        progress -> source.output()
                                                .progress("verifying", progress.hashedBytes(), progress.totalBytes())));
                    } catch (CairnException | RuntimeException failure) {
                        done.completeExceptionally(failure);
                    }
                },
                "verify");
        worker.setDaemon(true);
        source.output().waiting("verifying", Plain.line(place.toString()));
        worker.start();
        try {
            return source.stops().await(done, source.output()::refresh);
        } finally {
            worker.interrupt();
            source.output().endProgress();
        }
    }

    private CairnException differs(VerifyReport report, boolean wasRepaired) {
        return new CairnException(
                CairnException.Kind.INTEGRITY,
                path + " is not what was shared",
                VerifyText.why(report),
                wasRepaired
                        ? "it was changed meanwhile, or its disk fails: fetch it to another one: cairn fetch "
                                + ShellWord.of(hash) + " -o NEW-PATH"
                        : "repair it: cairn verify " + ShellWord.of(path) + " " + ShellWord.of(hash) + " --repair");
    }
}
