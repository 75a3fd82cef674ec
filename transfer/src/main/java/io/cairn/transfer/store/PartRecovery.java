package io.cairn.transfer.store;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.PlacedFilesVerifier;
import io.cairn.transfer.content.StreamLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run left, and how far it may be trusted.
 *
 * <p>A partial file is ours if it has the length it was made with. Its journalled chunks are trusted without reading them if the files were
 * last modified no earlier than the journal says (an older copy was put back) and no later than a minute after: a run that
 * is killed goes on writing after its last journal for a second or, on a slow disk, some more. Otherwise someone else may have written to
 * it, and every journalled chunk is read and verified.
 */
final class PartRecovery {
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final StoredFetch fetch;
    private final Manifest manifest;
    private final List<Path> paths;

    private PartRecovery(StoredFetch fetch) throws IOException {
        this.fetch = fetch;
        this.manifest = fetch.manifest();
        this.paths = LocalPaths.files(manifest, fetch.part());
    }

    /** Whether what is at the part's path is what the fetch made there. */
    static boolean isOurs(StoredFetch fetch) throws IOException {
        BasicFileAttributes attributes = attributes(fetch.part());
        if (attributes == null) {
            return false;
        }
        return fetch.manifest().isFolder()
                ? attributes.isDirectory()
                : attributes.isRegularFile()
                        && attributes.size() == fetch.manifest().totalBytes();
    }

    /** The journalled chunks that are on disk. Reads nothing, or all of them. */
    static Trusted trusted(StoredFetch fetch) throws IOException {
        return new PartRecovery(fetch).trusted();
    }

    private Trusted trusted() throws IOException {
        StreamLayout layout = new StreamLayout(manifest.files());
        BitSet chunks = fetch.chunks().toBitSet();
        BitSet lost = new BitSet();
        BitSet seen = new BitSet();
        long latestNanos = 0;
        for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
            boolean whole = true;
            for (StreamLayout.Part part : layout.parts(manifest.chunkOffset(chunk), manifest.chunkLength(chunk))) {
                if (!seen.get(part.file())) {
                    seen.set(part.file());
                    latestNanos = Math.max(latestNanos, modifiedNanos(part.file(), lost));
                }
                whole &= !lost.get(part.file());
            }
            chunks.set(chunk, whole);
        }
        ChunkSet whole = ChunkSet.of(chunks, manifest.chunkCount());
        boolean untouched =
                latestNanos >= fetch.partModifiedNanos() && latestNanos - fetch.partModifiedNanos() <= SLACK_NANOS;
        return new Trusted(untouched ? whole : verified(whole), latestNanos);
    }

    /**
     * @param chunks that may be had without fetching them again
     * @param modifiedNanos the latest modification of their files
     */
    record Trusted(ChunkSet chunks, long modifiedNanos) {}

    private long modifiedNanos(int file, BitSet lost) throws IOException {
        BasicFileAttributes attributes = attributes(paths.get(file));
        if (attributes == null
                || !attributes.isRegularFile()
                || attributes.size() != manifest.files().get(file).length()) {
            lost.set(file);
            return 0;
        }
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    private ChunkSet verified(ChunkSet chunks) throws IOException {
        try {
            return PlacedFilesVerifier.verifyChunks(manifest, fetch.part(), chunks);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while verifying " + fetch.part());
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }
}
