package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.ChunkGrid;
import io.cairn.transfer.content.manifest.InvalidManifestException;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.ManifestCodec;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Builds the manifest of a scanned share: reads every byte once and digests chunks on all cores, one chunk per thread at a time. Needs
 * half a MiB of memory per thread and hashes about 0.9 GiB/s per core from the page cache.
 */
public final class ShareHasher {
    private final int threads;

    /** Uses every core. */
    public ShareHasher() {
        this(Runtime.getRuntime().availableProcessors());
    }

    /** Uses this many threads. */
    public ShareHasher(int threads) {
        this.threads = threads;
    }

    /**
     * Hashes a share; blocks until done.
     *
     * @param hashedBytes receives, on the caller's thread, the number of bytes hashed so far
     * @param cancelled asked after every chunk
     * @throws UnshareableException if a file is unreadable, or was removed or changed since the scan
     * @throws CancellationException if asked to stop
     */
    public Manifest hash(ScannedShare share, LongConsumer hashedBytes, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        return hash(share, HashJournal.NONE, hashedBytes, cancelled);
    }

    /**
     * Hashes a share and resumes interrupted hashing: the journal keeps the digests of both runs until the share is hashed.
     *
     * @throws UnshareableException as above
     * @throws CancellationException as above
     */
    public Manifest hash(ScannedShare share, HashJournal journal, LongConsumer hashedBytes, BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        return hash(share, journal, UnchangedChunks.none(share), hashedBytes, cancelled);
    }

    /**
     * Hashes a share, except for chunks whose digests in an earlier manifest still hold.
     *
     * @throws UnshareableException as above
     * @throws CancellationException as above
     */
    public Manifest hash(
            ScannedShare share,
            HashJournal journal,
            UnchangedChunks unchanged,
            LongConsumer hashedBytes,
            BooleanSupplier cancelled)
            throws IOException, InterruptedException {
        StreamLayout layout = unchanged.layout();
        ChunkGrid grid = unchanged.grid();
        List<Path> paths = share.paths();
        HashedChunks earlier = new HashedChunks(journal, share, paths, layout, grid);
        Sums sums = new Sums(grid, hashedBytes, earlier);
        ParallelChunks<Hashed> chunks =
                new ParallelChunks<>(threads, () -> new ChunkReader(layout, paths), (chunk, reader) -> {
                    ChunkDigests.Pair same = unchanged.digests(chunk);
                    ChunkDigests.Pair known = same != null ? same : earlier.find(chunk);
                    return known == null
                            ? new Hashed(chunk, digest(share, unchanged, reader, chunk), true)
                            : new Hashed(chunk, known, false);
                });
        try {
            chunks.run(grid.count(), sums::add, cancelled);
        } finally {
            earlier.flush();
        }
        checkUnchanged(share, paths);
        earlier.done();
        try {
            return ManifestCodec.build(
                    share.name(),
                    share.folder(),
                    grid.chunkBytes(),
                    share.files(),
                    share.emptyFolders(),
                    sums.sha1s,
                    sums.sha256s,
                    grid.padding(),
                    share.times()
                            ? share.stamps().stream()
                                    .map(FileStamp::modifiedNanos)
                                    .toList()
                            : List.of());
        } catch (InvalidManifestException tooLarge) {
            throw new UnshareableException(share.root(), String.valueOf(tooLarge.getMessage()), tooLarge);
        }
    }

    private static ChunkDigests.Pair digest(
            ScannedShare share, UnchangedChunks unchanged, ChunkReader reader, int chunk) throws IOException {
        ChunkGrid grid = unchanged.grid();
        try {
            return reader.digest(grid.offset(chunk), grid.length(chunk), grid.zeros(chunk));
        } catch (EOFException | NoSuchFileException changed) {
            checkUnchanged(share, share.paths());
            throw changed;
        } catch (IOException failure) {
            Path file = share.paths().get(unchanged.parts(chunk).get(0).file());
            throw new UnshareableException(file, "cannot be read: " + failure.getMessage(), failure);
        }
    }

    private static void checkUnchanged(ScannedShare share, List<Path> paths) throws IOException {
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            FileStamp now;
            try {
                now = FileStamp.of(path);
            } catch (NoSuchFileException gone) {
                throw new UnshareableException(path, "was removed while it was hashed", gone);
            }
            if (!now.agreesWith(share.stamps().get(i))) {
                throw new UnshareableException(path, "was changed while it was hashed");
            }
        }
    }

    private record Hashed(int chunk, ChunkDigests.Pair digests, boolean isNew) {}

    /** Collects digests in the order of the chunks. */
    private static final class Sums {
        private final byte[] sha1s;
        private final byte[] sha256s;
        private final ChunkGrid grid;
        private final LongConsumer hashedBytes;
        private final HashedChunks journalled;
        private long done;

        Sums(ChunkGrid grid, LongConsumer hashedBytes, HashedChunks journalled) {
            this.grid = grid;
            this.journalled = journalled;
            this.sha1s = new byte[Math.multiplyExact(20, grid.count())];
            this.sha256s = new byte[Math.multiplyExact(32, grid.count())];
            this.hashedBytes = hashedBytes;
        }

        void add(Hashed hashed) throws IOException {
            System.arraycopy(hashed.digests().sha1(), 0, sha1s, 20 * hashed.chunk(), 20);
            System.arraycopy(hashed.digests().sha256(), 0, sha256s, 32 * hashed.chunk(), 32);
            if (hashed.isNew()) {
                journalled.add(hashed.chunk(), hashed.digests());
            }
            done += grid.length(hashed.chunk());
            hashedBytes.accept(done);
        }
    }
}
