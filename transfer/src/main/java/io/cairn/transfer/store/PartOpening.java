package io.cairn.transfer.store;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Manifest;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/**
 * How a fetch to a target begins: anew, or where an earlier run stopped. The database names the part before it is made, so that no part is
 * ever on disk that nobody knows.
 */
final class PartOpening {
    private final FetchJournal fetches;
    private final FileOperations operations;
    private final Clock clock;
    private final Manifest manifest;
    private final Path target;
    private final boolean keepSharing;

    PartOpening(
            FetchJournal fetches,
            FileOperations operations,
            Clock clock,
            Manifest manifest,
            Path target,
            boolean keepSharing) {
        this.fetches = fetches;
        this.operations = operations;
        this.clock = clock;
        this.manifest = manifest;
        this.target = target;
        this.keepSharing = keepSharing;
    }

    PartialContent open() throws IOException {
        Path folder = target.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new NoSuchFileException(String.valueOf(folder), null, "no such folder");
        }
        Optional<StoredFetch> earlier = fetches.find(manifest.hash(), target);
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists
                && (earlier.isEmpty() || !PartPlacement.isSameFile(earlier.get().part(), target))) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (earlier.isPresent() && PartRecovery.isOurs(earlier.get())) {
            return resume(earlier.get(), folder);
        }
        return begin(folder);
    }

    private PartialContent resume(StoredFetch earlier, Path folder) throws IOException {
        PartRecovery.Recovered left = PartRecovery.recover(earlier);
        DiskSpace.require(folder, earlier.part(), PartialContent.missingBytes(manifest, left.chunks()));
        PartFiles files = new PartFiles(manifest, earlier.part(), operations);
        files.restoreLength();
        long modifiedNanos = Math.max(left.modifiedNanos(), files.forceAgain(left.unforcedFiles()));
        StoredFetch fetch = stored(earlier.part(), left.chunks(), modifiedNanos, earlier.createdMillis());
        fetches.put(fetch);
        return new PartialContent(fetch, files, fetches, operations, clock);
    }

    private PartialContent begin(Path folder) throws IOException {
        DiskSpace.require(folder, target, manifest.totalBytes());
        Iterator<Path> candidates =
                PartNames.candidates(target, manifest.hash()).iterator();
        while (candidates.hasNext()) {
            Path part = candidates.next();
            if (Files.exists(part, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            PartFiles files = new PartFiles(manifest, part, operations);
            StoredFetch fetch = stored(part, ChunkSet.none(manifest.chunkCount()), 0, clock.wallMillis());
            fetches.put(fetch);
            if (!create(files)) {
                continue;
            }
            return new PartialContent(fetch, files, fetches, operations, clock);
        }
        throw new FileAlreadyExistsException(target + ".part", null, "and 99 more names are taken by other files");
    }

    private boolean create(PartFiles files) throws IOException {
        try {
            files.create();
            return true;
        } catch (FileAlreadyExistsException appearedMeanwhile) {
            fetches.remove(manifest.hash(), target);
            return false;
        } catch (IOException failure) {
            if (!Files.exists(files.root(), LinkOption.NOFOLLOW_LINKS)) {
                fetches.remove(manifest.hash(), target);
            } // else the next try goes on with what was made
            throw failure;
        }
    }

    private StoredFetch stored(Path part, ChunkSet chunks, long partModifiedNanos, long createdMillis) {
        return new StoredFetch(
                manifest, target, part, chunks, partModifiedNanos, FetchState.ACTIVE, keepSharing, createdMillis);
    }
}
