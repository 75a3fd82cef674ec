package io.cairn.transfer.content;

import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.content.manifest.SharePath;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** A selection of a share's files, and the chunks and bytes it needs. Immutable. */
public final class FileSelection {
    private static final int NAMED_MAX = 5;

    private final Manifest manifest;
    private final BitSet files;
    private final List<SharePath> emptyFolders;

    private FileSelection(Manifest manifest, BitSet files, List<SharePath> emptyFolders) {
        this.manifest = manifest;
        this.files = files;
        this.emptyFolders = emptyFolders;
    }

    /** The whole share. */
    public static FileSelection all(Manifest manifest) {
        BitSet files = new BitSet();
        files.set(0, manifest.files().size());
        return new FileSelection(manifest, files, manifest.emptyFolders());
    }

    /**
     * The files that match at least one pattern, or the whole share if there are no patterns. A pattern equal to the name of an entry
     * matches only that entry.
     *
     * @throws NothingChosenException if there are patterns and none matches a file
     */
    public static FileSelection matching(Manifest manifest, List<PathGlob> globs) throws NothingChosenException {
        if (globs.isEmpty()) {
            return all(manifest);
        }
        BitSet files = new BitSet();
        Set<SharePath> folders = new LinkedHashSet<>();
        for (PathGlob glob : globs) {
            BitSet named = files(manifest, glob::isLiteral);
            List<SharePath> namedFolders = folders(manifest, glob::isLiteral);
            boolean isAName = !named.isEmpty() || !namedFolders.isEmpty();
            files.or(isAName ? named : files(manifest, glob::matches));
            folders.addAll(isAName ? namedFolders : folders(manifest, glob::matches));
        }
        if (files.isEmpty() && folders.isEmpty()) {
            throw new NothingChosenException(
                    globs,
                    manifest.files().stream()
                            .limit(NAMED_MAX)
                            .map(FileEntry::path)
                            .toList(),
                    manifest.files().size());
        }
        return new FileSelection(manifest, files, List.copyOf(folders));
    }

    private static BitSet files(Manifest manifest, Predicate<SharePath> which) {
        BitSet files = new BitSet();
        for (int file = 0; file < manifest.files().size(); file++) {
            files.set(file, which.test(manifest.files().get(file).path()));
        }
        return files;
    }

    private static List<SharePath> folders(Manifest manifest, Predicate<SharePath> which) {
        return manifest.emptyFolders().stream().filter(which).toList();
    }

    /** This selection without these files. */
    public FileSelection without(BitSet others) {
        BitSet rest = files();
        rest.andNot(others);
        return new FileSelection(manifest, rest, emptyFolders);
    }

    public boolean contains(int file) {
        return files.get(file);
    }

    /** A copy of the selected file numbers, in stream order. */
    public BitSet files() {
        return (BitSet) files.clone();
    }

    /** The selected empty folders. */
    public List<SharePath> emptyFolders() {
        return emptyFolders;
    }

    /** Whether every file of the share is selected. */
    public boolean isAll() {
        return files.cardinality() == manifest.files().size();
    }

    /** The chunks that contain bytes of the selected files. */
    public ChunkSet chunks() {
        BitSet chunks = new BitSet();
        long start = 0;
        for (int file = 0; file < manifest.files().size(); file++) {
            start += manifest.padding().directlyBefore(file);
            long end = start + manifest.files().get(file).length();
            if (files.get(file) && end > start) {
                chunks.set((int) (start / manifest.chunkBytes()), (int) ((end - 1) / manifest.chunkBytes()) + 1);
            }
            start = end;
        }
        return ChunkSet.of(chunks, manifest.chunkCount());
    }

    /** The total length of the selected files in bytes. */
    public long bytes() {
        return files.stream()
                .mapToLong(file -> manifest.files().get(file).length())
                .sum();
    }
}
