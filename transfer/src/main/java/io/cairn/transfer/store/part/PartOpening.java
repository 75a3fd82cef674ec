package io.cairn.transfer.store.part;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.PlacedFileTable;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts a fetch to a target, or resumes one from an earlier run. The part is stored in the database before it is created, so that no
 * unknown part is ever on disk.
 */
final class PartOpening {
    private final FetchJournal fetches;
    private final FileOperations operations;
    private final Clock clock;
    private final Manifest manifest;
    private final PartPlace place;
    private final @Nullable PlacedFileTable placedFiles;
    private final @Nullable TargetComparison comparison;

    /** @param placedFiles null if fetches are always of the whole share */
    PartOpening(
            FetchJournal fetches,
            FileOperations operations,
            Clock clock,
            Manifest manifest,
            PartPlace place,
            @Nullable PlacedFileTable placedFiles,
            @Nullable TargetComparison comparison) {
        this.fetches = fetches;
        this.operations = operations;
        this.clock = clock;
        this.manifest = manifest;
        this.place = place;
        this.placedFiles = placedFiles;
        this.comparison = comparison;
    }

    /** For a fetch of the whole share to a target that does not exist. */
    PartOpening(
            FetchJournal fetches,
            FileOperations operations,
            Clock clock,
            Manifest manifest,
            Path target,
            boolean keepSharing) {
        this(
                fetches,
                operations,
                clock,
                manifest,
                new PartPlace(target, FileSelection.all(manifest), OnExisting.REFUSE, keepSharing),
                null,
                null);
    }

    PartialContent open() throws IOException {
        Path folder = place.target().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "no such folder");
        }
        return open(Placing.decide(fetches, placedFiles, manifest, place, comparison), folder);
    }

    /** Opens a fetch that places its files in a way that was decided elsewhere. */
    PartialContent open(PlacingWay placing) throws IOException {
        return open(placing, LocalPaths.parent(place.target()));
    }

    private PartialContent open(PlacingWay placing, Path folder) throws IOException {
        Optional<StoredFetch> earlier = fetches.find(manifest.hash(), placing.target());
        if (placing.isThere()) {
            return there(placing, earlier.orElse(null));
        }
        if (earlier.isPresent() && PartRecovery.isOurs(earlier.get())) {
            return resume(earlier.get(), placing, folder);
        }
        return begin(placing, folder);
    }

    /** Opens a target that is complete already; creates nothing and deletes the part of an earlier run. */
    private PartialContent there(PlacingWay placing, @Nullable StoredFetch earlier) throws IOException {
        Path target = placing.target();
        if (earlier != null) {
            operations.forceFolder(LocalPaths.parent(target)); // the run that placed it may have ended before this step
            if (PartRecovery.isOurs(earlier)) {
                PartCleanup.delete(operations, manifest, earlier.part());
            }
            fetches.remove(manifest.hash(), target);
        }
        PartFiles files = new PartFiles(manifest, target, operations);
        placing.stampsThere().forEach(files.stamps()::confirm);
        files.movedTo(target);
        StoredFetch fetch = stored(placing, target, placing.missing().chunks(), Map.of(), clock.wallMillis());
        return new PartialContent(fetch, placing, files, fetches, operations, clock);
    }

    private PartialContent resume(StoredFetch earlier, PlacingWay placing, Path folder) throws IOException {
        PartRecovery.Recovered left = PartRecovery.recover(earlier, operations);
        DiskSpace.require(
                folder,
                earlier.part(),
                PartialContent.missingBytes(manifest, placing.missing().chunks(), left.chunks()));
        PartFiles files = new PartFiles(manifest, earlier.part(), operations);
        left.stamps().forEach(files.stamps()::confirm);
        files.restoreLength();
        files.forceAgain(left.unforcedFiles());
        Map<Integer, FileStamp> stamps = new HashMap<>();
        left.stamps().keySet().forEach(file -> stamps.put(file, files.stamps().of(file)));
        StoredFetch fetch = stored(placing, earlier.part(), left.chunks(), stamps, earlier.createdMillis());
        fetches.put(fetch);
        return new PartialContent(fetch, placing, files, fetches, operations, clock);
    }

    private PartialContent begin(PlacingWay placing, Path folder) throws IOException {
        Path target = placing.target();
        DiskSpace.require(folder, target, placing.missing().bytes());
        Iterator<Path> candidates =
                PartNames.candidates(target, manifest.hash()).iterator();
        while (candidates.hasNext()) {
            Path part = candidates.next();
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            PartFiles files = new PartFiles(manifest, part, operations);
            StoredFetch fetch =
                    stored(placing, part, ChunkSet.none(manifest.chunkCount()), Map.of(), clock.wallMillis());
            fetches.put(fetch);
            if (!create(placing, files)) {
                continue;
            }
            return new PartialContent(fetch, placing, files, fetches, operations, clock);
        }
        throw new FileAlreadyExistsException(target + ".part", null, "and 99 more names are taken by other files");
    }

    private boolean create(PlacingWay placing, PartFiles files) throws IOException {
        try {
            files.create();
            return true;
        } catch (FileAlreadyExistsException appearedMeanwhile) {
            fetches.remove(manifest.hash(), placing.target());
            return false;
        } catch (IOException failure) {
            if (!Files.exists(files.root(), LinkOption.NOFOLLOW_LINKS)) {
                fetches.remove(manifest.hash(), placing.target());
            } // else the next attempt resumes with this part
            throw failure;
        }
    }

    private StoredFetch stored(
            PlacingWay placing, Path part, ChunkSet chunks, Map<Integer, FileStamp> stamps, long createdMillis) {
        return new StoredFetch(
                manifest,
                placing.target(),
                part,
                chunks,
                stamps,
                StoredFetchState.ACTIVE,
                place.keepSharing(),
                createdMillis);
    }
}
