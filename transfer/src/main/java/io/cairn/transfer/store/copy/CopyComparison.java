package io.cairn.transfer.store.copy;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.ChunkDigests;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.state.CopyTable.CopyVersion;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares a copy with the next version of its share: which files need no change. A file whose stamp this node left holds the bytes of
 * that version, so manifests are compared in place of bytes. What they cannot decide is read: chunks of files without a known stamp, and
 * chunks whose files were packed or padded in another way.
 */
public final class CopyComparison {
    private final Manifest next;
    private final Path target;
    private final List<Path> paths;
    private final StreamLayout layout;
    private final Map<Integer, FileStamp> present = new HashMap<>();
    private final Map<Integer, Origin> origins = new HashMap<>();
    private final BitSet intact = new BitSet();
    private final BitSet same = new BitSet();

    private CopyComparison(Manifest next, Path target) throws IOException {
        this.next = next;
        this.target = target;
        this.paths = LocalPaths.files(next, target);
        this.layout = StreamLayout.of(next);
    }

    /**
     * Compares; reads only what stamps and manifests leave open.
     *
     * @param versions the versions of which the copy may have files, newest first
     * @param intactBytes receives, on the caller's thread, the number of bytes read so far
     * @param cancelled asked after every chunk that is read
     */
    public static CopyComparison of(
            Manifest next, Path target, List<CopyVersion> versions, LongConsumer intactBytes, BooleanSupplier cancelled)
            throws IOException {
        CopyComparison comparison = new CopyComparison(next, target);
        if (Files.isDirectory(target) == next.isFolder()) {
            comparison.look(versions);
            comparison.findIntact(intactBytes, cancelled);
            comparison.findSame();
        }
        return comparison;
    }

    /** The files that need no change. */
    public BitSet same() {
        return (BitSet) same.clone();
    }

    /** The stamps of these files. */
    public Map<Integer, FileStamp> stampsOfSame() {
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>();
        same.stream().forEach(file -> stamps.put(file, present.get(file)));
        return stamps;
    }

    /** Whether the files at the target hold a chunk of the next version as they are. */
    boolean isIntact(int chunk) {
        return intact.get(chunk);
    }

    /** A version of which a file is: that with exactly the stamp of the file. */
    private record Origin(int number, CopyVersion version, StreamLayout layout, int file) {
        FileEntry entry() {
            return version.manifest().files().get(file);
        }
    }

    /** Files of the right length, and the versions they are of. */
    private void look(List<CopyVersion> versions) throws IOException {
        Map<SharePath, Integer> numbers = new HashMap<>();
        for (int file = 0; file < paths.size(); file++) {
            FileStamp now = Inside.isReached(target, paths.get(file)) ? FileStamp.ofRegular(paths.get(file)) : null;
            FileEntry entry = next.files().get(file);
            if (now != null && now.size() == entry.length()) {
                present.put(file, now);
                numbers.put(entry.path(), file);
            }
        }
        for (int number = 0; number < versions.size(); number++) {
            CopyVersion version = versions.get(number);
            StreamLayout itsLayout = StreamLayout.of(version.manifest());
            for (Map.Entry<Integer, FileStamp> left : version.stamps().entrySet()) {
                SharePath path = version.manifest().isFolder()
                        ? version.manifest().files().get(left.getKey()).path()
                        : next.files().get(0).path();
                Integer file = numbers.get(path);
                if (file != null && left.getValue().equals(present.get(file))) {
                    origins.putIfAbsent(file, new Origin(number, version, itsLayout, left.getKey()));
                }
            }
        }
    }

    private void findIntact(LongConsumer intactBytes, BooleanSupplier cancelled) throws IOException {
        BitSet read = new BitSet();
        for (int chunk = 0; chunk < next.chunkCount(); chunk++) {
            List<StreamLayout.Part> parts = layout.parts(next.chunkOffset(chunk), next.chunkLength(chunk));
            if (parts.stream().allMatch(part -> present.containsKey(part.file()))) {
                Boolean known = isKnown(chunk, parts);
                intact.set(chunk, known != null && known);
                read.set(chunk, known == null);
            }
        }
        if (read.isEmpty()) {
            return;
        }
        try {
            intact.or(PlacedFilesVerifier.intactChunks(
                            next, target, ChunkSet.of(read, next.chunkCount()), intactBytes, cancelled)
                    .toBitSet());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + target);
        }
    }

    /** Whether a chunk is intact, by the manifest of the version that its files are of; null if only reading tells. */
    private @Nullable Boolean isKnown(int chunk, List<StreamLayout.Part> parts) {
        Origin first = origins.get(parts.get(0).file());
        if (first == null) {
            return null;
        }
        Manifest before = first.version().manifest();
        long offset = first.layout().start(first.file()) + parts.get(0).offset();
        if (offset % before.chunkBytes() != 0) {
            return null;
        }
        int earlier = (int) (offset / before.chunkBytes());
        List<StreamLayout.Part> partsBefore = first.layout().parts(offset, before.chunkLength(earlier));
        if (partsBefore.size() != parts.size() || before.chunkZeros(earlier) != next.chunkZeros(chunk)) {
            return null;
        }
        for (int i = 0; i < parts.size(); i++) {
            Origin origin = origins.get(parts.get(i).file());
            StreamLayout.Part part = partsBefore.get(i);
            if (origin == null
                    || origin.number() != first.number()
                    || origin.file() != part.file()
                    || part.offset() != parts.get(i).offset()
                    || part.length() != parts.get(i).length()) {
                return null;
            }
        }
        ChunkDigests.Pair digests = before.digests(earlier);
        return next.matches(chunk, digests.sha1(), digests.sha256());
    }

    private void findSame() throws IOException {
        BitSet damaged = new BitSet();
        for (int chunk = 0; chunk < next.chunkCount(); chunk++) {
            if (!intact.get(chunk)) {
                layout.parts(next.chunkOffset(chunk), next.chunkLength(chunk))
                        .forEach(part -> damaged.set(part.file()));
            }
        }
        for (Map.Entry<Integer, FileStamp> there : present.entrySet()) {
            int file = there.getKey();
            boolean untouched = there.getValue().equals(FileStamp.ofRegular(paths.get(file)));
            same.set(file, untouched && !damaged.get(file) && hasAttributes(file));
        }
    }

    private boolean hasAttributes(int file) {
        FileEntry entry = next.files().get(file);
        Origin origin = origins.get(file);
        if (origin == null) {
            return !next.hasTimes() && (!entry.executable() || Files.isExecutable(paths.get(file)));
        }
        Manifest before = origin.version().manifest();
        boolean timesAgree = !next.hasTimes()
                || before.hasTimes() && before.modifiedNanos(origin.file()) == next.modifiedNanos(file);
        return timesAgree && origin.entry().executable() == entry.executable();
    }
}
