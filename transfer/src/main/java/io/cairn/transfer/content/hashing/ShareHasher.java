package io.cairn.transfer.content.hashing;

import io.cairn.transfer.content.UnshareableException;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.ChunkSizes;
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
        StreamLayout layout = new StreamLayout(share.files());
        List<Path> paths = share.paths();
        int chunkBytes = ChunkSizes.forLength(layout.totalBytes());
        int chunkCount = Math.toIntExact(ChunkSizes.count(layout.totalBytes(), chunkBytes));
        HashedChunks earlier = new HashedChunks(journal, share, paths, layout);
        Sums sums = new Sums(chunkCount, chunkBytes, hashedBytes, earlier);
        ParallelChunks<Hashed> chunks =
                new ParallelChunks<>(threads, () -> new ChunkReader(layout, paths), (chunk, reader) -> {
                    long offset = (long) chunk * chunkBytes;
                    int length = (int) Math.min(chunkBytes, layout.totalBytes() - offset);
                    ChunkDigests.Pair same = unchanged.digests(chunk, offset, length);
                    ChunkDigests.Pair known = same != null ? same : earlier.find(offset, length);
                    return known == null
                            ? new Hashed(chunk, length, digest(share, layout, reader, offset, length), true)
                            : new Hashed(chunk, length, known, false);
                });
        try {
            chunks.run(chunkCount, sums::add, cancelled);
        } finally {
            earlier.flush();
        }
        checkUnchanged(share, paths);
        earlier.done(chunkCount, chunkBytes);
        try {
            return ManifestCodec.build(
                    share.name(),
                    share.folder(),
                    chunkBytes,
                    share.files(),
                    share.emptyFolders(),
                    sums.sha1s,
                    sums.sha256s,
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
            ScannedShare share, StreamLayout layout, ChunkReader reader, long offset, int length) throws IOException {
        try {
            return reader.digest(offset, length);
        } catch (EOFException | NoSuchFileException changed) {
            checkUnchanged(share, share.paths());
            throw changed;
        } catch (IOException failure) {
            Path file = share.paths().get(layout.parts(offset, length).get(0).file());
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

    private record Hashed(int chunk, int length, ChunkDigests.Pair digests, boolean isNew) {}

    /** Collects digests in the order of the chunks. */
    private static final class Sums {
        private final byte[] sha1s;
        private final byte[] sha256s;
        private final int chunkBytes;
        private final LongConsumer hashedBytes;
        private final HashedChunks journalled;
        private long done;

        Sums(int chunkCount, int chunkBytes, LongConsumer hashedBytes, HashedChunks journalled) {
            this.chunkBytes = chunkBytes;
            this.journalled = journalled;
            this.sha1s = new byte[Math.multiplyExact(20, chunkCount)];
            this.sha256s = new byte[Math.multiplyExact(32, chunkCount)];
            this.hashedBytes = hashedBytes;
        }

        void add(Hashed hashed) throws IOException {
            System.arraycopy(hashed.digests().sha1(), 0, sha1s, 20 * hashed.chunk(), 20);
            System.arraycopy(hashed.digests().sha256(), 0, sha256s, 32 * hashed.chunk(), 32);
            if (hashed.isNew()) {
                journalled.add(hashed.chunk(), (long) hashed.chunk() * chunkBytes, hashed.length(), hashed.digests());
            }
            done += hashed.length();
            hashedBytes.accept(done);
        }
    }
}
