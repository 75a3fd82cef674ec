package io.cairn.transfer.store.part;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.copy.CopyAside;
import io.cairn.transfer.store.copy.CopyChanges;
import io.cairn.transfer.store.copy.CopyPlace;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.ShareIo;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.store.state.StoredFetch;
import io.cairn.transfer.store.state.StoredFetch.StoredFetchState;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A share being fetched to {@code NAME.part} beside its target, with its journal in the state database. Any number of threads may read
 * and write chunks concurrently; only the final rename blocks them. After {@link #finish()}, reads continue from the target.
 */
public final class PartialContent implements GrowingContent {
    /** Most attempts to place files that another program keeps changing. */
    private static final int LOOKS_MAX = 3;

    private final Manifest manifest;
    private final Path target;
    private final PlacingWay way;
    private final ChunkSet wanted;
    private final FetchJournal fetches;
    private final FileOperations operations;
    private final PartFiles files;
    private final ShareIo io;
    private final PartJournal journal;
    private final ReadWriteLock placing = new ReentrantReadWriteLock();
    private volatile Map<String, String> substituted = Map.of();
    private boolean placed;
    private boolean discarded;

    PartialContent(
            StoredFetch fetch,
            PlacingWay way,
            PartFiles files,
            FetchJournal fetches,
            FileOperations operations,
            Clock clock) {
        this.manifest = fetch.manifest();
        this.target = fetch.target();
        this.way = way;
        this.wanted = way.missing().chunks();
        this.fetches = fetches;
        this.operations = operations;
        this.files = files;
        this.io = new ShareIo(manifest, StreamLayout.of(manifest), files.open());
        this.journal = new PartJournal(clock, new Disk(), fetch.chunks(), operations::beside);
        this.placed = way.isThere();
    }

    /**
     * Starts a fetch of a share or some of its files, or resumes one from an earlier run, whose journalled chunks are present at once. A
     * foreign file with the part's name is left alone, and the part gets another name. If the target already holds the selected files
     * intact, all chunks are present and {@link #finish()} does nothing.
     *
     * @param place must not be open already
     * @param comparison follows the comparison with an existing target, which takes as long as reading it; null to refuse any target
     * @throws FileAlreadyExistsException if the target exists, differs from the share, and must not be replaced
     * @throws java.util.concurrent.CancellationException if the comparison was cancelled
     * @throws NoSuchFileException if the target's folder does not exist
     * @throws DiskFullException if the disk has no room for the missing data
     */
    public static PartialContent open(
            StateDatabase state, Clock clock, Manifest manifest, PartPlace place, @Nullable TargetComparison comparison)
            throws IOException {
        return new PartOpening(
                        state.fetches(), FileOperations.SYSTEM, clock, manifest, place, state.placedFiles(), comparison)
                .open();
    }

    /**
     * Starts or resumes an update of a copy: only new and changed files are fetched, and of these, only the chunks that the copy does not
     * hold in any of its files.
     *
     * @param progress follows what is read of the copy
     * @throws FileAlreadyExistsException if the copy is a folder and the version a file, or the other way round
     * @throws java.util.concurrent.CancellationException if the comparison was cancelled
     * @throws DiskFullException if the disk has no room for the missing data
     */
    public static PartialContent update(
            StateDatabase state, Clock clock, Manifest manifest, CopyPlace place, TargetComparison progress)
            throws IOException {
        return update(state, state.fetches(), FileOperations.SYSTEM, clock, manifest, place, progress);
    }

    static PartialContent update(
            StateDatabase state,
            FetchJournal fetches,
            FileOperations operations,
            Clock clock,
            Manifest manifest,
            CopyPlace place,
            TargetComparison progress)
            throws IOException {
        Path target = place.target();
        new UnfinishedFetches(state).discardOthers(manifest.hash(), target);
        CopyUpdate.adopt(state, place);
        CopyAside aside = new CopyAside(operations, target, place.keptIn(), clock.wallMillis());
        CopyUpdate update = CopyUpdate.decide(manifest, target, state.copies(), aside, progress);
        PartialContent content =
                new PartOpening(fetches, operations, clock, manifest, target, place.keepSharing()).open(update);
        boolean ready = false;
        try {
            update.reuse(content, progress);
            ready = true;
            return content;
        } finally {
            if (!ready) {
                content.close();
            }
        }
    }

    /** What an update changed in its copy; empty if this is no update. */
    public Optional<CopyChanges> changes() {
        return way instanceof CopyUpdate update ? Optional.of(update.changes()) : Optional.empty();
    }

    /** Opens a fetch of the whole share to a target that does not exist. */
    public static PartialContent open(
            StateDatabase state, Clock clock, Manifest manifest, Path target, boolean keepSharing) throws IOException {
        return open(
                state,
                clock,
                manifest,
                new PartPlace(target, FileSelection.all(manifest), OnExisting.REFUSE, keepSharing),
                null);
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    /** The chunks needed: those with a byte of a selected file that is not at the target already. */
    public ChunkSet wanted() {
        return wanted;
    }

    /** Whether all selected files were at the target before this fetch began. */
    public boolean wasThere() {
        return way.isThere() || way.addsNothing();
    }

    /** The target of the share or of the selected files. */
    public Path target() {
        return target;
    }

    /** Total length of the selected files in bytes. */
    public long chosenBytes() {
        return way.chosenBytes();
    }

    /** The partial file or folder; the target once it is placed. */
    public Path part() {
        return files.root();
    }

    @Override
    public ChunkSet have() {
        return journal.written();
    }

    @Override
    public void read(int chunk, int offset, ByteBuffer target) throws IOException {
        if (!journal.has(chunk)) {
            throw new IllegalArgumentException("chunk " + chunk + " is not here");
        }
        files.wasRead(target.remaining());
        placing.readLock().lock();
        try {
            for (StreamLayout.Part part : io.parts(chunk, offset, target.remaining())) {
                readPart(part, target);
            }
        } finally {
            placing.readLock().unlock();
        }
    }

    private void readPart(StreamLayout.Part part, ByteBuffer target) throws IOException {
        try {
            io.read(part, target);
        } catch (EOFException cut) {
            throw new ContentChangedException(files.path(part.file()), "was truncated by another program");
        } catch (NoSuchFileException removed) {
            throw new ContentChangedException(files.path(part.file()), "was removed by another program");
        }
    }

    @Override
    public void write(int chunk, ByteBuffer data) throws IOException {
        int length = manifest.chunkLength(chunk);
        if (data.remaining() != length) {
            throw new IllegalArgumentException("chunk " + chunk + " has " + length + " bytes, not " + data.remaining());
        }
        placing.readLock().lock();
        try {
            if (placed || discarded) {
                throw new IllegalStateException("the fetch of " + manifest + " has ended");
            }
            if (journal.has(chunk)) {
                data.position(data.limit());
                return;
            }
            List<StreamLayout.Part> parts = io.parts(chunk, 0, length);
            for (StreamLayout.Part part : parts) {
                files.write(part, data);
            }
            journal.add(chunk, length, parts);
        } catch (IOException failure) {
            throw DiskSpace.explain(failure, files.root(), missingBytes());
        } finally {
            placing.readLock().unlock();
        }
    }

    /**
     * Forces new data to disk and journals it. Writing does this by itself; a timer that calls it
     * once a second covers the times when no chunk arrives.
     */
    public void sync() throws IOException {
        placing.readLock().lock();
        try {
            if (!placed && !discarded) {
                journal.sync();
            }
        } catch (IOException failure) {
            throw DiskSpace.explain(failure, files.root(), missingBytes());
        } finally {
            placing.readLock().unlock();
        }
    }

    @Override
    public Path finish() throws IOException {
        sync();
        placing.writeLock().lock();
        try {
            if (discarded || missingBytes() > 0) {
                throw new IllegalStateException("not complete: " + have());
            }
            if (!placed) {
                files.movedTo(place());
                placed = true;
                fetches.remove(manifest.hash(), target);
            }
            substituted = NamesOnDisk.present(manifest, files.root()).substituted();
            return files.root();
        } finally {
            placing.writeLock().unlock();
        }
    }

    /** The files placed under a substitute name because the file system cannot hold theirs: from path in the share to name on disk. */
    public Map<String, String> substituted() {
        return substituted;
    }

    /** Verifies the files that were touched since this run left them, and places the share if they are intact. */
    private Path place() throws IOException {
        for (int look = 1; ; look++) {
            readTouched();
            try {
                return way.place(operations, files);
            } catch (TouchedException justNow) {
                if (look == LOOKS_MAX) {
                    throw justNow;
                }
            }
        }
    }

    private void readTouched() throws IOException {
        BitSet chosen = way.missing().files();
        chosen.stream()
                .filter(file -> manifest.files().get(file).length() == 0)
                .boxed()
                .toList()
                .forEach(chosen::clear);
        if (files.touched(chosen) < 0) {
            return;
        }
        files.forgetOpen();
        ChunkSet have = have();
        Map<Integer, FileStamp> stamps = stampsOf(chosen);
        StoredFetch now =
                new StoredFetch(manifest, target, files.root(), have, stamps, StoredFetchState.ACTIVE, false, 0);
        PartRecovery.Recovered left = PartRecovery.recover(now, operations);
        BitSet lost = have.toBitSet();
        lost.andNot(left.chunks().toBitSet());
        left.stamps().forEach(files.stamps()::confirm);
        journal.lose(lost, chosen);
        files.makeAgainIfGone();
        journal.sync();
        if (!lost.isEmpty()) {
            throw new PartDamagedException(files.root(), lost.cardinality());
        }
    }

    /**
     * The stamps of all files as the fetch left them, in stream order, once the whole share is placed. A file with another stamp was
     * changed since.
     */
    public List<FileStamp> stamps() {
        return IntStream.range(0, manifest.files().size())
                .mapToObj(files.stamps()::of)
                .toList();
    }

    private Map<Integer, FileStamp> stampsOf(BitSet which) {
        Map<Integer, FileStamp> stamps = new HashMap<>();
        which.stream().forEach(file -> stamps.put(file, files.stamps().of(file)));
        return stamps;
    }

    @Override
    public void discard() throws IOException {
        placing.writeLock().lock();
        try {
            if (!placed && !discarded) {
                discarded = true;
                files.close();
                PartCleanup.delete(operations, manifest, files.root());
                fetches.remove(manifest.hash(), target);
            }
        } finally {
            placing.writeLock().unlock();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            sync();
        } finally {
            files.close();
        }
    }

    private long missingBytes() {
        return missingBytes(manifest, wanted, have());
    }

    static long missingBytes(Manifest manifest, ChunkSet wanted, ChunkSet have) {
        BitSet chunks = wanted.toBitSet();
        chunks.andNot(have.toBitSet());
        return chunks.stream().mapToLong(manifest::chunkLength).sum();
    }

    private final class Disk implements PartJournal.Disk {
        @Override
        public void force(BitSet which) throws IOException {
            files.force(which);
        }

        @Override
        public void journal(ChunkSet chunks, BitSet which) throws IOException {
            fetches.journal(manifest.hash(), target, chunks, stampsOf(which));
        }
    }
}
