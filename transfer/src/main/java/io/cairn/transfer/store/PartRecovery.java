package io.cairn.transfer.store;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.PlacedFilesVerifier;
import io.cairn.transfer.content.StreamLayout;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run left, and how far it may be trusted.
 *
 * <p>Journalled chunks are trusted without reading them if the stamp of their file is the one that was journalled with it, or if the file
 * carries the mark of a later write by the same fetch. The chunks of any other file are read and verified; one that is too long is cut.
 *
 * <p>A run that is killed, unlike a machine that loses power, has also left all that it wrote after its last journal. Where something
 * was written that the journal does not know, it is read and verified: at most what fits between two journals.
 */
final class PartRecovery {
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
                && (Inside.isAlone(fetch.part()) || PartPlacement.isSameFile(fetch.part(), fetch.target()))
                && (attributes.size() == fetch.manifest().totalBytes()
                        || attributes.size() == 0
                        || new PartRecovery(fetch, fetch.part())
                                        .verified(fetch.chunks())
                                        .size()
                                > 0);
    }

    /** Whether the share was placed, every file as the fetch left it, and the run ended before it could forget the fetch. */
    static boolean isPlaced(StoredFetch fetch) throws IOException {
        if (!fetch.chunks().isComplete() || attributes(fetch.part()) != null || attributes(fetch.target()) == null) {
            return false;
        }
        PartRecovery placed = new PartRecovery(fetch, fetch.target());
        for (int file = 0; file < placed.paths.size(); file++) {
            FileStamp now = LeftStamps.now(placed.paths.get(file));
            if (now == null || now.size() > 0 && !placed.isAsLeft(file, now)) {
                return false;
            }
            if (now.size() != placed.manifest.files().get(file).length()) {
                return false;
            }
        }
        return true;
    }

    /** What may be had without fetching it again. Reads what the journal does not vouch for, and what somebody may have touched. */
    static Recovered recover(StoredFetch fetch, FileOperations operations) throws IOException {
        return new PartRecovery(fetch, fetch.part()).recover(operations);
    }

    /**
     * What an earlier run left.
     *
     * @param chunks that are on disk and right
     * @param unforcedFiles hold chunks that were read to know so, and may be gone after a power cut
     * @param stamps of the files with these chunks
     */
    record Recovered(ChunkSet chunks, BitSet unforcedFiles, Map<Integer, FileStamp> stamps) {}

    private Recovered recover(FileOperations operations) throws IOException {
        BitSet trusted = fetch.chunks().toBitSet();
        BitSet inDoubt = new BitSet();
        Map<Integer, FileStamp> stamps = new HashMap<>();
        BitSet asLeft = new BitSet();
        BitSet unusable = new BitSet();
        for (int file = 0; file < paths.size(); file++) {
            cutIfTooLong(file, operations);
            FileStamp now = usable(file);
            if (now == null) {
                unusable.set(file);
            } else {
                stamps.put(file, now);
                asLeft.set(file, isAsLeft(file, now));
            }
        }
        for (int chunk = trusted.nextSetBit(0); chunk >= 0; chunk = trusted.nextSetBit(chunk + 1)) {
            inDoubt.set(chunk, !files(chunk).stream().allMatch(asLeft::get));
        }
        trusted.andNot(inDoubt);
        inDoubt.or(new WrittenTraces(manifest, paths).find(ChunkSet.of(trusted, count())));
        inDoubt.stream()
                .filter(chunk -> files(chunk).intersects(unusable))
                .boxed()
                .toList()
                .forEach(inDoubt::clear);
        BitSet chunks = inDoubt.isEmpty()
                ? inDoubt
                : verified(ChunkSet.of(inDoubt, count())).toBitSet();
        BitSet read = filesOf(chunks);
        chunks.or(trusted);
        BitSet changing = changedSince(stamps, filesOf(chunks));
        chunks.stream()
                .filter(chunk -> files(chunk).intersects(changing))
                .boxed()
                .toList()
                .forEach(chunks::clear);
        BitSet held = filesOf(chunks);
        stamps.keySet().removeIf(file -> !held.get(file));
        return new Recovered(ChunkSet.of(chunks, count()), read, stamps);
    }

    private boolean isAsLeft(int file, FileStamp now) {
        FileStamp left = fetch.stamps().getOrDefault(file, LeftStamps.TOUCHED);
        return now.equals(left) || WriteMark.follows(manifest.hash(), left, now);
    }

    private BitSet changedSince(Map<Integer, FileStamp> stamps, BitSet files) throws IOException {
        BitSet changed = new BitSet();
        for (int file = files.nextSetBit(0); file >= 0; file = files.nextSetBit(file + 1)) {
            FileStamp before = stamps.get(file);
            changed.set(file, before == null || !before.equals(LeftStamps.now(paths.get(file))));
        }
        return changed;
    }

    /** The stamp of a file that is not a link and has no other name; null if there is none. */
    private @Nullable FileStamp usable(int file) throws IOException {
        Path path = paths.get(file);
        FileStamp now = LeftStamps.now(path);
        return now != null && (!manifest.isFolder() || Inside.isAlone(path)) ? now : null;
    }

    private void cutIfTooLong(int file, FileOperations operations) throws IOException {
        Inside.require(root, paths.get(file));
        FileStamp now = usable(file);
        long length = manifest.files().get(file).length();
        if (now != null && now.size() > length) {
            try (FileChannel channel =
                    operations.open(paths.get(file), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                operations.setLength(channel, length);
            }
        }
    }

    private int count() {
        return manifest.chunkCount();
    }

    private BitSet files(int chunk) {
        BitSet files = new BitSet();
        layout.parts(manifest.chunkOffset(chunk), manifest.chunkLength(chunk)).forEach(part -> files.set(part.file()));
        return files;
    }

    private BitSet filesOf(BitSet chunks) {
        BitSet files = new BitSet();
        chunks.stream().forEach(chunk -> files.or(files(chunk)));
        return files;
    }

    private ChunkSet verified(ChunkSet chunks) throws IOException {
        return verified(manifest, root, chunks);
    }

    /** Which of these chunks are at a place as the manifest says. */
    static ChunkSet verified(Manifest manifest, Path place, ChunkSet chunks) throws IOException {
        try {
            return PlacedFilesVerifier.verifyChunks(manifest, place, chunks);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while verifying " + place);
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
