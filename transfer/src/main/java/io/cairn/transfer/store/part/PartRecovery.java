package io.cairn.transfer.store.part;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.state.StoredFetch;
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
 * Recovers the chunks that an earlier run left.
 *
 * <p>Journalled chunks are trusted without reading them if their file still has the journalled stamp, or if it carries
 * the mark of a later write by the same fetch. The chunks of all other files are read and verified; a file that is too long is truncated.
 *
 * <p>Unlike a power cut, a killed process also leaves the data written after its last journal entry. Such data is
 * read and verified: at most as much as fits between two journal entries.
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
        this.layout = StreamLayout.of(manifest);
    }

    /**
     * Whether the fetch created the file or folder at the part's path. A single file of the wrong length counts if it is empty, since a
     * run may end before it sets the length, or if it still contains a journalled chunk.
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

    /** Whether the share was placed, with every file as the fetch left it, but the run ended before it removed the stored fetch. */
    static boolean isPlaced(StoredFetch fetch) throws IOException {
        if (!fetch.chunks().isComplete() || attributes(fetch.part()) != null || attributes(fetch.target()) == null) {
            return false;
        }
        PartRecovery placed = new PartRecovery(fetch, fetch.target());
        for (int file = 0; file < placed.paths.size(); file++) {
            FileStamp now = FileStamp.ofRegular(placed.paths.get(file));
            if (now == null || now.size() > 0 && !placed.isAsLeft(file, now)) {
                return false;
            }
            if (now.size() != placed.manifest.files().get(file).length()) {
                return false;
            }
        }
        return true;
    }

    /** Recovers chunks without fetching them again. Reads those that are not journalled and those in files that may have been touched. */
    static Recovered recover(StoredFetch fetch, FileOperations operations) throws IOException {
        return new PartRecovery(fetch, fetch.part()).recover(operations);
    }

    /**
     * The chunks an earlier run left.
     *
     * @param chunks the intact chunks on disk
     * @param unforcedFiles the files of chunks that had to be read; a power cut may lose these
     * @param stamps the stamps of the files with these chunks
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
            changed.set(file, before == null || !before.equals(FileStamp.ofRegular(paths.get(file))));
        }
        return changed;
    }

    /** The stamp of a file that is not a link and has no second name; null if there is none. */
    private @Nullable FileStamp usable(int file) throws IOException {
        Path path = paths.get(file);
        FileStamp now = FileStamp.ofRegular(path);
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

    /** Returns those of these chunks that are intact at a place. */
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
