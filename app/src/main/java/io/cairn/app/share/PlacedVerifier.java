package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.Verifier;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.work.Reasons;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.VerificationReport;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/** Verifies files on this machine's disks, on all cores. */
public final class PlacedVerifier implements Verifier {
    @Override
    public VerifyReport verify(Path path, Manifest manifest, Consumer<Node.HashProgress> progress)
            throws CairnException {
        if (Files.isDirectory(path) != manifest.isFolder()) {
            throw failed(
                    path,
                    "it is a "
                            + (manifest.isFolder() ? "file, and the share a folder" : "folder, and the share a file"),
                    "name the " + (manifest.isFolder() ? "folder" : "file") + " itself");
        }
        try {
            return report(PlacedFilesVerifier.verify(
                    manifest,
                    path,
                    bytes -> progress.accept(new Node.HashProgress(bytes, manifest.totalBytes())),
                    Thread.currentThread()::isInterrupted));
        } catch (IOException unreadable) {
            throw new CairnException(
                    Reasons.kind(unreadable),
                    "cannot verify " + path,
                    Reasons.withFile(unreadable),
                    "make it readable for this user",
                    unreadable);
        } catch (InterruptedException | CancellationException stopped) {
            throw new CairnException(
                    CairnException.Kind.INTERRUPTED,
                    "stopped verifying " + path,
                    "it was interrupted",
                    "run it again",
                    stopped);
        }
    }

    private static VerifyReport report(VerificationReport found) {
        Manifest manifest = found.manifest();
        List<VerifyReport.BadChunk> bad = found.badChunks().stream()
                .map(chunk -> new VerifyReport.BadChunk(
                        chunk.chunk(),
                        manifest.chunkOffset(chunk.chunk()),
                        manifest.chunkLength(chunk.chunk()),
                        chunk.ranges().stream()
                                .map(range -> range.path().toString())
                                .toList()))
                .toList();
        List<VerifyReport.WrongSize> wrongSizes = found.wrongSizes().stream()
                .map(wrong ->
                        new VerifyReport.WrongSize(wrong.path().toString(), wrong.expectedBytes(), wrong.actualBytes()))
                .toList();
        return new VerifyReport(
                bad,
                manifest.chunkCount(),
                found.missing().stream().map(SharePath::toString).toList(),
                wrongSizes,
                found.extra());
    }

    private static CairnException failed(Path path, String why, String next) {
        return new CairnException(CairnException.Kind.OTHER, "cannot verify " + path, why, next);
    }
}
