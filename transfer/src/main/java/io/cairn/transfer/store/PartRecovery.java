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
 * <p>Journalled chunks are trusted without reading them if the files were last modified no earlier than the journal says (an older copy
 * was put back) and no later than a minute after: a run that is killed goes on writing after its last journal for a second or, on a
 * slow disk, some more. Otherwise someone else may have written to them, and every journalled chunk is read and verified.
 *
 * <p>A run that is killed, unlike a machine that loses power, has also left all that it wrote after its last journal. Where something
 * was written that the journal does not know, it is read and verified: at most what fits between two journals.
 */
final class PartRecovery {
    private static final long SLACK_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final StoredFetch fetch;
    private final Manifest manifest;
    private final Path root;
    private final List<Path> paths;
    private final StreamLayout layout;

    private PartRecovery(StoredFetch fetch, Path root) throws IOException {
        this.fetch = fetch;
        this.manifest = fetch.manifest();
        this.root = root;
        this.paths = LocalPaths.files(manifest, root);
        this.layout = new StreamLayout(manifest.files());
    }

    /**
     * Whether what is at the part's path is what the fetch made there. A single file that has not the length it was made with is, if it is
     * empty, since a run may end between the two, or if some journalled chunk is still in it.
     */
    static boolean isOurs(StoredFetch fetch) throws IOException {
        BasicFileAttributes attributes = attributes(fetch.part());
        if (attributes == null) {
            return false;
        }
        if (fetch.manifest().isFolder()) {
            return attributes.isDirectory();
        }
        return attributes.isRegularFile()
                && (attributes.size() == fetch.manifest().totalBytes()
                        || attributes.size() == 0
                        || new PartRecovery(fetch, fetch.part())
                                        .verified(fetch.chunks())
                                        .size()
                                > 0);
    }

    /** Whether the share was placed, and the run ended before it could forget the fetch. */
    static boolean isPlaced(StoredFetch fetch) throws IOException {
        if (!fetch.chunks().isComplete() || attributes(fetch.part()) != null || attributes(fetch.target()) == null) {
            return false;
        }
        Found found = new PartRecovery(fetch, fetch.target()).journalled();
        return found.untouched() && found.chunks().isComplete();
    }

    /** What may be had without fetching it again. Reads what the journal does not vouch for, or all if somebody touched the files. */
    static Recovered recover(StoredFetch fetch) throws IOException {
        PartRecovery recovery = new PartRecovery(fetch, fetch.part());
        Found journalled = recovery.journalled();
        BitSet inDoubt = new WrittenTraces(fetch.manifest(), recovery.paths).find(journalled.chunks());
        if (!journalled.untouched()) {
            inDoubt.or(journalled.chunks().toBitSet());
        }
        BitSet trusted = journalled.chunks().toBitSet();
        trusted.andNot(inDoubt);
        BitSet verified = inDoubt.isEmpty()
                ? inDoubt
                : recovery.verified(ChunkSet.of(inDoubt, recovery.count())).toBitSet();
        BitSet files = new BitSet();
        verified.stream().forEach(chunk -> recovery.parts(chunk).forEach(part -> files.set(part.file())));
        BitSet chunks = (BitSet) trusted.clone();
        chunks.or(verified);
        return new Recovered(ChunkSet.of(chunks, recovery.count()), files, journalled.modifiedNanos());
    }

    /**
     * What an earlier run left.
     *
     * @param chunks that are on disk and right
     * @param unforcedFiles hold chunks that were read to know so, and may be gone after a power cut
     * @param modifiedNanos the latest modification of the files with journalled chunks
     */
    record Recovered(ChunkSet chunks, BitSet unforcedFiles, long modifiedNanos) {}

    private record Found(ChunkSet chunks, long modifiedNanos, boolean untouched) {}

    private int count() {
        return manifest.chunkCount();
    }

    private List<StreamLayout.Part> parts(int chunk) {
        return layout.parts(manifest.chunkOffset(chunk), manifest.chunkLength(chunk));
    }

    /** The journalled chunks whose files are there at their full length. */
    private Found journalled() throws IOException {
        BitSet chunks = fetch.chunks().toBitSet();
        BitSet lost = new BitSet();
        BitSet seen = new BitSet();
        long latestNanos = 0;
        for (int chunk = chunks.nextSetBit(0); chunk >= 0; chunk = chunks.nextSetBit(chunk + 1)) {
            boolean whole = true;
            for (StreamLayout.Part part : parts(chunk)) {
                if (!seen.get(part.file())) {
                    seen.set(part.file());
                    latestNanos = Math.max(latestNanos, modifiedNanos(part.file(), lost));
                }
                whole &= !lost.get(part.file());
            }
            chunks.set(chunk, whole);
        }
        boolean untouched = !isCut()
                && latestNanos >= fetch.partModifiedNanos()
                && latestNanos - fetch.partModifiedNanos() <= SLACK_NANOS;
        return new Found(ChunkSet.of(chunks, count()), latestNanos, untouched);
    }

    private long modifiedNanos(int file, BitSet lost) throws IOException {
        BasicFileAttributes attributes = attributes(paths.get(file));
        if (attributes == null
                || !attributes.isRegularFile()
                || manifest.isFolder()
                        && attributes.size() != manifest.files().get(file).length()) {
            lost.set(file);
            return 0;
        }
        return attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** Whether a single file has not its length; of folders, files that have not are as good as missing. */
    private boolean isCut() throws IOException {
        BasicFileAttributes attributes = attributes(root);
        return !manifest.isFolder() && attributes != null && attributes.size() != manifest.totalBytes();
    }

    private ChunkSet verified(ChunkSet chunks) throws IOException {
        try {
            return PlacedFilesVerifier.verifyChunks(manifest, root, chunks);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while verifying " + root);
        }
    }

    static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException absent) {
            return null;
        }
    }
}
