package io.cairn.shell;

import io.cairn.app.CairnException;
import io.cairn.app.FetchTarget;
import io.cairn.app.VerifyReport;
import io.cairn.app.VerifyReport.BadChunk;
import io.cairn.shell.output.Output;
import io.cairn.shell.output.Plain;
import io.cairn.shell.output.Sizes;
import io.cairn.transfer.content.Manifest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Re-hashes a file or folder against the manifest of a share; names every chunk that differs. */
@Command(
        name = "verify",
        description = "Compare a file or folder with a share; names every bad chunk.",
        footer = {"", "Example: cairn verify ~/Videos/film.mkv 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b"})
final class VerifyCommand implements Callable<Integer> {
    private final SessionSource source;

    @Parameters(index = "0", paramLabel = "PATH", description = "The file or folder itself.")
    private String path = "";

    @Parameters(index = "1", paramLabel = "HASH", description = "The hash or link of the share it should be.")
    private String hash = "";

    VerifyCommand(SessionSource source) {
        this.source = source;
    }

    @Override
    public Integer call() throws CairnException, StoppedException {
        Path place = Paths.of(path);
        if (!Files.exists(place)) {
            throw new CairnException(
                    CairnException.Kind.OTHER,
                    "cannot verify " + path,
                    "there is no such file or folder",
                    "check the path: first PATH, then HASH");
        }
        Optional<Manifest> stored = source.storedManifest(hash);
        if (stored.isPresent()) {
            return verify(place, stored.get());
        }
        try (Session session = source.open()) {
            FetchTarget target = session.resolve(hash);
            return verify(place, session.await(session.node().manifest(target)));
        }
    }

    private int verify(Path place, Manifest manifest) throws CairnException, StoppedException {
        Output output = source.output();
        long started = System.nanoTime();
        VerifyReport report = check(place, manifest);
        tell(output, manifest, report);
        if (!report.isGood()) {
            throw differs(report);
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
                        .objects("peers", List.of(), (object, none) -> {})
                        .number("badChunks", 0)
                        .texts("missing", report.missing())
                        .texts("extra", report.extra()));
        return 0;
    }

    /** On a thread of its own, so that Ctrl-C ends it. */
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
        worker.start();
        try {
            return source.stops().await(done);
        } finally {
            worker.interrupt();
            source.output().endProgress();
        }
    }

    private static void tell(Output output, Manifest manifest, VerifyReport report) {
        for (BadChunk bad : report.bad()) {
            output.data("bad chunk " + bad.chunk() + "  bytes " + bad.offset() + "-"
                    + (bad.offset() + bad.length() - 1) + "  "
                    + bad.files().stream().map(Plain::line).collect(Collectors.joining(", ")));
            output.json(
                    "chunk_bad",
                    fields -> fields.text("hash", manifest.hash())
                            .number("chunk", bad.chunk())
                            .number("offset", bad.offset())
                            .number("length", bad.length())
                            .texts("files", bad.files()));
        }
        for (String file : report.missing()) {
            output.data("missing  " + Plain.line(file));
            output.json(
                    "missing", fields -> fields.text("hash", manifest.hash()).text("file", file));
        }
        for (String file : report.extra()) {
            output.warning("not part of the share: " + Plain.line(file));
        }
    }

    private CairnException differs(VerifyReport report) {
        String why = Sizes.count(report.bad().size()) + " of " + Sizes.count(report.chunks(), "chunk") + " bad";
        return new CairnException(
                CairnException.Kind.INTEGRITY,
                path + " is not what was shared",
                report.missing().isEmpty()
                        ? why
                        : why + ", " + Sizes.count(report.missing().size(), "file") + " missing",
                "fetch it again to another place: cairn fetch " + hash + " -o NEW-PATH");
    }
}
