package io.cairn.app.share;

import io.cairn.app.CairnException;
import io.cairn.app.Node;
import io.cairn.app.work.Reasons;
import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ScanNotes;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.hashing.ScannedShare;
import io.cairn.transfer.content.hashing.ShareHasher;
import io.cairn.transfer.content.hashing.ShareScanner;
import io.cairn.transfer.content.hashing.UnchangedChunks;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Scans and hashes paths to share. Runs on workers. */
final class ShareHashing {
    private final Clock clock;
    private final StateDatabase state;

    ShareHashing(Clock clock, StateDatabase state) {
        this.clock = clock;
        this.state = state;
    }

    /**
     * Hashes a path; if it was shared before, only its changed chunks.
     *
     * @param cancelled asked repeatedly
     */
    Hashed hash(Path path, ShareOptions options, Consumer<Node.HashProgress> progress, BooleanSupplier cancelled)
            throws CairnException {
        long started = clock.monotonicMillis();
        try {
            ScannedShare scan = ShareScanner.scan(path, options, cancelled);
            Manifest manifest = new ShareHasher()
                    .hash(
                            scan,
                            state.hashJournal(),
                            unchanged(scan),
                            bytes -> progress.accept(new Node.HashProgress(bytes, scan.totalBytes())),
                            cancelled);
            StoredShare share = new StoredShare(manifest, scan.root(), scan.stamps(), clock.wallMillis(), 0, 0);
            return new Hashed(share, scan.notes(), clock.monotonicMillis() - started);
        } catch (UnshareableException refused) {
            throw unshareable(path, String.valueOf(refused.getMessage()), refused);
        } catch (IOException failure) {
            throw unshareable(path, Reasons.of(failure), failure);
        } catch (InterruptedException interrupted) {
            throw new CairnException(
                    CairnException.Kind.INTERRUPTED,
                    "stopped sharing " + path,
                    "it was interrupted",
                    "share it again",
                    interrupted);
        }
    }

    /** The chunks of an earlier share of the same path that are unchanged. */
    private UnchangedChunks unchanged(ScannedShare scan) throws IOException {
        return state.shares().at(scan.root()).stream()
                .findFirst()
                .map(earlier -> UnchangedChunks.of(scan, earlier.manifest(), earlier.stamps()))
                .orElseGet(() -> UnchangedChunks.none(scan));
    }

    static CairnException unshareable(Path path, String why, Exception cause) {
        return new CairnException(
                cause instanceof IOException failure ? Reasons.kind(failure) : CairnException.Kind.OTHER,
                "cannot share " + path,
                why,
                "nothing of it is shared; put that right and share it again",
                cause);
    }

    /**
     * A hashed share.
     *
     * @param notes the entries left out or excluded, and those that some systems cannot hold
     */
    record Hashed(StoredShare share, ScanNotes notes, long millis) {}
}
