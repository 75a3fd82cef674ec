package io.cairn.transfer.store.part;

import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.FreeNames;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.PlacedFileTable;
import io.cairn.transfer.store.state.StoredFetch;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a fetch places its files, decided when it starts: at a new target, in place of an existing one, or in an existing folder, which
 * holds other files of the share from an earlier fetch or of which only some files are replaced.
 */
final class Placing implements PlacingWay {
    private static final int EARLIER_NAMES_MAX = 10;

    private final Manifest manifest;
    private final PartPlace place;
    private final @Nullable PlacedFileTable placedFiles;
    private final Path target;
    private final Way way;
    private final FileSelection missing;
    private final BitSet before;
    private Map<Integer, FileStamp> stampsThere = Map.of();

    private Placing(
            Manifest manifest,
            PartPlace place,
            @Nullable PlacedFileTable placedFiles,
            Path target,
            Way way,
            BitSet before) {
        this.manifest = manifest;
        this.place = place;
        this.placedFiles = placedFiles;
        this.target = target;
        this.way = way;
        this.missing = place.chosen().without(before);
        this.before = before;
    }

    private enum Way {
        NEW,
        REPLACE,
        ADD,
        /** All selected files are there already. */
        NONE
    }

    /**
     * Decides how to place the files.
     *
     * @param placedFiles null if fetches are always of the whole share
     * @param comparison follows the comparison with an existing target that must not be replaced; null to refuse it without one
     * @throws FileAlreadyExistsException if an existing file differs from the share and must not be replaced
     */
    static Placing decide(
            FetchJournal fetches,
            @Nullable PlacedFileTable placedFiles,
            Manifest manifest,
            PartPlace place,
            @Nullable TargetComparison comparison)
            throws IOException {
        if (place.onExisting() == OnExisting.OVERWRITE) {
            return at(place.target(), fetches, placedFiles, manifest, place);
        }
        if (place.onExisting() == OnExisting.REFUSE) {
            try {
                return at(place.target(), fetches, placedFiles, manifest, place);
            } catch (FileAlreadyExistsException inTheWay) {
                Map<Integer, FileStamp> stamps = comparison == null ? Map.of() : stampsOf(manifest, place);
                boolean isThere = comparison != null && isThere(manifest, place, comparison);
                boolean isStill = isThere && stamps.equals(stampsOf(manifest, place));
                if (isStill) {
                    Placing there = new Placing(manifest, place, placedFiles, place.target(), Way.NONE, new BitSet());
                    there.stampsThere = stamps;
                    return there;
                }
                String seen = isThere ? "and was changed while it was compared" : "and differs from this share";
                throw comparison == null || inTheWay.getReason() != null
                        ? inTheWay
                        : new FileAlreadyExistsException(inTheWay.getFile(), null, seen);
            }
        }
        List<Path> names = FreeNames.of(place.target(), manifest.isFolder()).toList();
        for (Path name : names.subList(0, EARLIER_NAMES_MAX)) {
            if (fetches.find(manifest.hash(), name).isPresent() && !exists(name)) {
                return at(name, fetches, placedFiles, manifest, place);
            }
        }
        FileAlreadyExistsException last =
                new FileAlreadyExistsException(place.target().toString());
        for (Path name : names) {
            try {
                return at(name, fetches, placedFiles, manifest, place);
            } catch (FileAlreadyExistsException taken) {
                last = taken;
            }
        }
        throw last;
    }

    /** Whether the target already holds the selected files intact, for example because an earlier run ended just after placing them. */
    private static boolean isThere(Manifest manifest, PartPlace place, TargetComparison comparison) throws IOException {
        Path target = place.target();
        try {
            return PlacedFilesVerifier.holds(
                    manifest,
                    place.chosen(),
                    target,
                    bytes -> comparison.compared(target, bytes),
                    comparison::isCancelled);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while reading " + target);
        }
    }

    private static Placing at(
            Path target,
            FetchJournal fetches,
            @Nullable PlacedFileTable placedFiles,
            Manifest manifest,
            PartPlace place)
            throws IOException {
        StoredFetch earlier = fetches.find(manifest.hash(), target).orElse(null);
        if (!exists(target) || earlier != null && PartPlacement.isSameFile(earlier.part(), target)) {
            return new Placing(manifest, place, placedFiles, target, Way.NEW, new BitSet());
        }
        boolean replaces = place.onExisting() == OnExisting.OVERWRITE;
        Path inTheWay = target;
        if (manifest.isFolder() && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            Map<Integer, FileStamp> placed = placedFiles == null ? Map.of() : placedFiles.find(manifest.hash(), target);
            BitSet before = unchanged(placed, manifest, target);
            boolean ours = !placed.isEmpty();
            inTheWay = ours ? firstInTheWay(manifest, target, place.chosen().without(before)) : target;
            boolean adds = ours && (replaces || inTheWay.equals(target));
            if (adds || replaces && !place.chosen().isAll()) {
                return new Placing(manifest, place, placedFiles, target, Way.ADD, before);
            }
        }
        if (replaces) {
            return new Placing(manifest, place, placedFiles, target, Way.REPLACE, new BitSet());
        }
        throw new FileAlreadyExistsException(
                inTheWay.toString(), null, inTheWay.equals(target) ? null : "and is not what was fetched before");
    }

    /** The files that an earlier fetch placed and that are untouched since. */
    private static BitSet unchanged(Map<Integer, FileStamp> placed, Manifest manifest, Path target) throws IOException {
        BitSet unchanged = new BitSet();
        List<Path> paths = LocalPaths.files(manifest, target);
        for (Map.Entry<Integer, FileStamp> file : placed.entrySet()) {
            Path path = paths.get(file.getKey());
            unchanged.set(file.getKey(), file.getValue().equals(FileStamp.ofRegular(path)));
        }
        return unchanged;
    }

    /** The first existing path among the places of these files; the target itself if there is none. */
    private static Path firstInTheWay(Manifest manifest, Path target, FileSelection files) throws IOException {
        List<Path> paths = LocalPaths.files(manifest, target);
        return files.files().stream()
                .mapToObj(paths::get)
                .filter(Placing::exists)
                .findFirst()
                .orElse(target);
    }

    @Override
    public boolean isThere() {
        return way == Way.NONE;
    }

    @Override
    public Map<Integer, FileStamp> stampsThere() {
        return stampsThere;
    }

    private static Map<Integer, FileStamp> stampsOf(Manifest manifest, PartPlace place) throws IOException {
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>();
        if (Files.isDirectory(place.target()) != manifest.isFolder()) {
            return stamps;
        }
        List<Path> paths = LocalPaths.files(manifest, place.target());
        for (int file : place.chosen().files().stream().toArray()) {
            FileStamp now = FileStamp.ofRegular(paths.get(file));
            if (now != null) {
                stamps.put(file, now);
            }
        }
        return stamps;
    }

    @Override
    public boolean addsNothing() {
        return way == Way.ADD && missing.files().isEmpty();
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
        return place.chosen().bytes();
    }

    /** Places it at the target, or at the next free name if the target was taken and the fetch may rename. */
    @Override
    public Path place(FileOperations operations, PartFiles files) throws IOException {
        Path part = files.root();
        files.complete(missing);
        files.open().forgetAll();
        int touched = files.touched(missing.files());
        if (touched >= 0) {
            throw new TouchedException(files.path(touched));
        }
        requireUnchangedBefore();
        if (!missing.isAll()) {
            PartCleanup.deleteOthers(operations, manifest, part, missing);
        }
        boolean whole = isWholeAfterwards();
        if (placedFiles != null && !whole) {
            placedFiles.put(manifest.hash(), target, stamps(files));
        }
        Path placed = target;
        switch (way) {
            case NEW -> placed = rename(operations, part);
            case REPLACE -> Replacement.replace(operations, part, target, manifest.hash());
            case ADD -> add(operations, part);
            case NONE -> throw new IllegalStateException("nothing was to be placed at " + target);
        }
        if (placedFiles != null && whole) {
            placedFiles.remove(target);
        }
        return placed;
    }

    private boolean isWholeAfterwards() {
        BitSet there = missing.files();
        there.or(before);
        return there.cardinality() == manifest.files().size();
    }

    private Path rename(FileOperations operations, Path part) throws IOException {
        if (place.onExisting() != OnExisting.RENAME) {
            PartPlacement.rename(operations, part, target);
            return target;
        }
        FileAlreadyExistsException last = new FileAlreadyExistsException(target.toString());
        for (Path name : FreeNames.of(target, manifest.isFolder()).toList()) {
            try {
                PartPlacement.rename(operations, part, name);
                return name;
            } catch (FileAlreadyExistsException taken) {
                last = taken;
            }
        }
        throw last;
    }

    private void add(FileOperations operations, Path part) throws IOException {
        NamesOnDisk names = NamesOnDisk.present(manifest, part);
        List<Path> from = names.files();
        List<Path> to =
                from.stream().map(path -> target.resolve(part.relativize(path))).toList();
        for (int file : missing.files().stream().toArray()) {
            Inside.require(target, to.get(file));
        }
        for (int file : missing.files().stream().toArray()) {
            createFolders(operations, LocalPaths.parent(to.get(file)));
            if (place.onExisting() == OnExisting.OVERWRITE) {
                Replacement.replace(operations, from.get(file), to.get(file), manifest.hash());
            } else {
                PartPlacement.rename(operations, from.get(file), to.get(file));
            }
        }
        for (Path empty : names.folders(missing.emptyFolders())) {
            Path folder = target.resolve(part.relativize(empty));
            Inside.require(target, folder.resolve("."));
            createFolders(operations, folder);
        }
        PartCleanup.delete(operations, manifest, part);
        operations.forceFolder(LocalPaths.parent(target));
    }

    private static void createFolders(FileOperations operations, Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            createFolders(operations, LocalPaths.parent(folder));
            operations.createFolder(folder);
            operations.forceFolder(LocalPaths.parent(folder));
        }
    }

    private Map<Integer, FileStamp> stamps(PartFiles files) {
        Map<Integer, FileStamp> stamps = new LinkedHashMap<>();
        missing.files().stream().forEach(file -> stamps.put(file, files.stamps().of(file)));
        return stamps;
    }

    /** Checks that the files counted as present from an earlier fetch are still unchanged. */
    private void requireUnchangedBefore() throws IOException {
        if (before.isEmpty() || placedFiles == null) {
            return;
        }
        BitSet changed = (BitSet) before.clone();
        changed.andNot(unchanged(placedFiles.find(manifest.hash(), target), manifest, target));
        if (!changed.isEmpty()) {
            throw new FileAlreadyExistsException(
                    LocalPaths.files(manifest, target)
                            .get(changed.nextSetBit(0))
                            .toString(),
                    null,
                    "and is not what was fetched before");
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }
}
