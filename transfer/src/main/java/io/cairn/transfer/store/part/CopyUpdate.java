package io.cairn.transfer.store.part;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.copy.CopyAside;
import io.cairn.transfer.store.copy.CopyChanges;
import io.cairn.transfer.store.copy.CopyChunks;
import io.cairn.transfer.store.copy.CopyComparison;
import io.cairn.transfer.store.copy.CopyPlace;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.state.CopyTable;
import io.cairn.transfer.store.state.CopyTable.CopyVersion;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredShare;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Brings a copy up to date: only new and changed files are placed, each by one rename, and those that the version lacks are removed. The
 * version and the stamps of its files are stored before the first of them is placed. So after an interrupted update, each file is
 * known as one that this node left, of the old or of the new version.
 */
final class CopyUpdate implements PlacingWay {
    private final Manifest next;
    private final Path target;
    private final CopyTable copies;
    private final List<CopyVersion> versions;
    private final CopyComparison comparison;
    private final CopyAside aside;
    private final FileSelection missing;
    private final Map<Path, Set<FileStamp>> left = new HashMap<>();
    private int reused;
    private int placed;
    private int removed;

    private CopyUpdate(
            Manifest next,
            Path target,
            CopyTable copies,
            List<CopyVersion> versions,
            CopyComparison comparison,
            CopyAside aside)
            throws IOException {
        this.next = next;
        this.target = target;
        this.copies = copies;
        this.versions = versions;
        this.comparison = comparison;
        this.aside = aside;
        this.missing = FileSelection.all(next).without(comparison.same());
        for (CopyVersion version : versions) {
            List<Path> paths = LocalPaths.files(version.manifest(), target);
            version.stamps()
                    .forEach((file, stamp) -> left.computeIfAbsent(paths.get(file), path -> new HashSet<>())
                            .add(stamp));
        }
    }

    /** Takes what is known of a share of this node at the target for the copy's version, unless a version is known. */
    static void adopt(StateDatabase state, CopyPlace place) throws IOException {
        if (!state.copies().versions(place.target()).isEmpty()) {
            return;
        }
        StoredShare share = state.shares().find(place.earlier()).orElse(null);
        if (share != null && share.path().equals(place.target())) {
            Map<Integer, FileStamp> stamps = new HashMap<>();
            for (int file = 0; file < share.stamps().size(); file++) {
                stamps.put(file, share.stamps().get(file));
            }
            state.copies().put(place.target(), share.manifest(), stamps);
        }
    }

    /**
     * Decides what to change.
     *
     * @throws FileAlreadyExistsException if the copy is a folder and the version a file, or the other way round
     */
    static CopyUpdate decide(Manifest next, Path target, CopyTable copies, CopyAside aside, TargetComparison progress)
            throws IOException {
        if (exists(target) && isFolder(target) != next.isFolder()) {
            String kinds = next.isFolder()
                    ? "is a file, and this version is a folder"
                    : "is a folder, and this version is a file";
            throw new FileAlreadyExistsException(target.toString(), null, "and " + kinds);
        }
        List<CopyVersion> versions = copies.versions(target);
        CopyComparison comparison = CopyComparison.of(
                next, target, versions, bytes -> progress.compared(target, bytes), progress::isCancelled);
        return new CopyUpdate(next, target, copies, versions, comparison, aside);
    }

    /** Copies those chunks of changed files that the copy has. */
    void reuse(PartialContent content, TargetComparison progress) throws IOException {
        BitSet wanted = content.wanted().toBitSet();
        wanted.andNot(content.have().toBitSet());
        if (wanted.isEmpty() || versions.isEmpty() && !exists(target)) {
            return;
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(next.chunkBytes());
        long bytes = 0;
        try (CopyChunks chunks = new CopyChunks(next, target, versions, comparison)) {
            for (int chunk = wanted.nextSetBit(0); chunk >= 0; chunk = wanted.nextSetBit(chunk + 1)) {
                if (progress.isCancelled()) {
                    return;
                }
                if (chunks.copy(chunk, buffer, content)) {
                    reused++;
                    bytes += next.chunkLength(chunk);
                    progress.compared(target, bytes);
                }
            }
        }
    }

    /** What was changed. */
    CopyChanges changes() {
        return new CopyChanges(reused, placed, removed, aside.conflicts());
    }

    @Override
    public boolean isThere() {
        return false;
    }

    @Override
    public Map<Integer, FileStamp> stampsThere() {
        return comparison.stampsOfSame();
    }

    @Override
    public boolean addsNothing() {
        return missing.files().isEmpty()
                && !versions.isEmpty()
                && versions.get(0).manifest().equals(next)
                && versions.size() == 1;
    }

    @Override
    public Path target() {
        return target;
    }

    @Override
    public FileSelection missing() {
        return missing;
    }

    @Override
    public long chosenBytes() {
        return next.totalBytes();
    }

    @Override
    public Path place(FileOperations operations, PartFiles files) throws IOException {
        Path part = files.root();
        files.complete(missing);
        files.open().forgetAll();
        int touched = files.touched(missing.files());
        if (touched >= 0) {
            throw new TouchedException(files.path(touched));
        }
        PartCleanup.deleteOthers(operations, next, part, missing);
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>(comparison.stampsOfSame());
        missing.files().stream().forEach(file -> stamps.put(file, files.stamps().of(file)));
        copies.put(target, next, stamps);
        if (exists(target) && next.isFolder()) {
            removeOthers(operations);
            forceFolders(operations); // a new folder may take the name of an old file
        }
        if (exists(target)) {
            Map<Integer, FileStamp> stayed = placeFiles(operations, part);
            if (!stayed.isEmpty()) {
                copies.put(target, next, stayed);
                stamps.putAll(stayed);
            }
            makeEmptyFolders(operations);
            forceFolders(operations);
            PartCleanup.delete(operations, next, part);
        } else {
            placed = missing.files().cardinality();
            PartPlacement.rename(operations, part, target);
        }
        copies.keepOnly(target, next.hash());
        stamps.forEach(files.stamps()::confirm);
        return target;
    }

    private void forceFolders(FileOperations operations) throws IOException {
        for (Path folder : aside.changedFolders()) {
            if (isFolder(folder)) {
                operations.forceFolder(folder);
            }
        }
    }

    /** Removes the files of earlier versions that this one lacks, and the folders that this leaves empty. */
    private void removeOthers(FileOperations operations) throws IOException {
        Set<Path> kept = new HashSet<>(LocalPaths.files(next, target));
        Map<String, Path> folded = new HashMap<>();
        kept.forEach(path -> folded.put(folded(path), path));
        Set<Path> folders = new TreeSet<>(
                Comparator.comparingInt(Path::getNameCount).reversed().thenComparing(path -> path));
        Set<Path> gone = new LinkedHashSet<>();
        for (CopyVersion version : versions) {
            for (Path path : LocalPaths.files(version.manifest(), target)) {
                if (!kept.contains(path)) {
                    gone.add(path);
                }
            }
            for (Path empty : LocalPaths.emptyFolders(version.manifest(), target)) {
                LocalPaths.addFolders(folders, empty, target);
            }
        }
        for (Path path : gone) {
            FileStamp now = Inside.isReached(target, path) ? FileStamp.ofRegular(path) : null;
            if (now != null && !isNameOf(path, folded.get(folded(path)))) {
                aside.remove(path, isOurs(path, now));
                removed++;
            }
            LocalPaths.addFolders(folders, LocalPaths.parent(path), target);
        }
        Set<Path> needed = new HashSet<>();
        for (Path empty : LocalPaths.emptyFolders(next, target)) {
            LocalPaths.addFolders(needed, empty, target);
        }
        kept.forEach(path -> LocalPaths.addFolders(needed, LocalPaths.parent(path), target));
        folders.removeAll(needed);
        for (Path folder : folders) {
            removeIfEmpty(operations, folder);
        }
    }

    /** Whether a file system that ignores case holds a file of the version under this name. */
    private static boolean isNameOf(Path path, @Nullable Path other) throws IOException {
        return other != null && PartPlacement.isSameFile(path, other);
    }

    private static String folded(Path path) {
        return path.toString().toLowerCase(Locale.ROOT);
    }

    private void removeIfEmpty(FileOperations operations, Path folder) throws IOException {
        if (!Inside.isReached(target, folder) || !isFolder(folder)) {
            return;
        }
        try {
            operations.delete(folder);
            aside.changedFolders().add(LocalPaths.parent(folder));
        } catch (DirectoryNotEmptyException holdsOthers) {
            return; // what the user added stays
        } catch (NoSuchFileException gone) {
            return;
        }
    }

    /** Returns the stamps of the files that were left in place, since they hold the bytes of the version already. */
    private Map<Integer, FileStamp> placeFiles(FileOperations operations, Path part) throws IOException {
        Map<Integer, FileStamp> stayed = new HashMap<>();
        List<Path> from = NamesOnDisk.present(next, part).files();
        for (int file : missing.files().stream().toArray()) {
            Path source = from.get(file);
            Path place = next.isFolder() ? target.resolve(part.relativize(source)) : target;
            makeFolders(operations, LocalPaths.parent(place));
            if (isFolder(place) || Files.isSymbolicLink(place)) {
                aside.move(place);
            }
            FileStamp now = FileStamp.ofRegular(place);
            if (now != null && holdsTheSame(file, source, place, now)) {
                stayed.put(file, now);
                operations.delete(source);
                continue;
            }
            if (now != null) {
                aside.save(place, isOurs(place, now));
            }
            operations.rename(source, place);
            aside.changedFolders().add(LocalPaths.parent(place));
            placed++;
        }
        return stayed;
    }

    /** A small file beside a changed one is fetched with it; it is left in place if it did not change. */
    private boolean holdsTheSame(int file, Path source, Path place, FileStamp now) throws IOException {
        FileEntry entry = next.files().get(file);
        return now.size() == entry.length()
                && !next.hasTimes()
                && Files.isExecutable(source) == Files.isExecutable(place)
                && Files.mismatch(source, place) < 0
                && now.equals(FileStamp.ofRegular(place));
    }

    private void makeEmptyFolders(FileOperations operations) throws IOException {
        for (Path folder : LocalPaths.emptyFolders(next, target)) {
            makeFolders(operations, folder);
        }
    }

    /** Makes the folders from the copy's own down to this one; a link among them is moved aside, or it would lead out of the copy. */
    private void makeFolders(FileOperations operations, Path folder) throws IOException {
        if (folder.startsWith(target) && !folder.equals(target)) {
            makeFolders(operations, LocalPaths.parent(folder));
        }
        if (isFolder(folder)) {
            return;
        }
        if (exists(folder)) {
            aside.move(folder);
        }
        operations.createFolder(folder);
        aside.changedFolders().add(LocalPaths.parent(folder));
    }

    /** Whether this node left the file so. Without a stamp it is taken for the user's. */
    private boolean isOurs(Path path, FileStamp now) {
        Set<FileStamp> stamps = left.get(path);
        return stamps != null && stamps.stream().anyMatch(now::agreesWith);
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFolder(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
