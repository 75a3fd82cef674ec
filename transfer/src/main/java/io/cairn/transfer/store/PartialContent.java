package io.cairn.transfer.store;

import io.cairn.dht.env.Clock;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.FileStamp;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.NamesOnDisk;
import io.cairn.transfer.content.OnExisting;
import io.cairn.transfer.content.StreamLayout;
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
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A share that is being fetched to {@code NAME.part} beside its target, with its journal in the state database. Chunks are read and written
 * by any number of threads at once; only the final rename holds them up. After {@link #finish()} it can still be read, from the target.
 */
public final class PartialContent implements GrowingContent {
    /** How often what is changed again and again is read again. */
    private static final int LOOKS_MAX = 3;

    private final Manifest manifest;
    private final Path target;
    private final Placing way;
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
            Placing way,
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
        this.io = new ShareIo(manifest, new StreamLayout(manifest.files()), files.open());
        this.journal = new PartJournal(clock, new Disk(), fetch.chunks(), operations::beside);
        this.placed = way.isThere();
    }

    /**
     * Begins to fetch a share, or files of it, or goes on where an earlier run stopped: what its journal vouches for is had at once. A file
     * with the part's name that is not ours is left alone, and the part gets another name. Where the target is what was asked for already,
     * every chunk right, all is had and {@link #finish()} has nothing to do.
     *
     * @param place not opened twice at a time
     * @param comparison of what is at the target, which takes as long as reading it; null to refuse whatever is there
     * @throws FileAlreadyExistsException if something else is at the target that is not to be replaced
     * @throws java.util.concurrent.CancellationException if the comparison was cancelled
     * @throws NoSuchFileException if the target's folder does not exist
     * @throws DiskFullException if the disk has no room for what is missing
     */
    public static PartialContent open(
            StateDatabase state, Clock clock, Manifest manifest, PartPlace place, @Nullable TargetComparison comparison)
            throws IOException {
        return new PartOpening(
                        state.fetches(), FileOperations.SYSTEM, clock, manifest, place, state.placedFiles(), comparison)
                .open();
    }

    /** The same for a whole share, to where nothing is. */
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

    /** The chunks that are needed: those with a byte of a file that was chosen and is not there already. */
    public ChunkSet wanted() {
        return wanted;
    }

    /** Whether all that was chosen was at the target before this fetch began. */
    public boolean wasThere() {
        return way.isThere() || way.addsNothing();
    }

    /** Where the share will be, or what was chosen of it. */
    public Path target() {
        return target;
    }

    /** Length of the chosen files, in bytes. */
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
            throw new ContentChangedException(files.path(part.file()), "was cut by another program");
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
     * Forces what was written to disk and journals it, if there is anything new. Writing does this by itself; a timer that calls it
     * once a second covers the time when nothing arrives.
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

    /** What was placed under another name, since the file system cannot hold its own: paths in the share, and names on disk. */
    public Map<String, String> substituted() {
        return substituted;
    }

    /** Looks whether all is as this run left it, reads again what is not, and places it if that is right. */
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
     * The stamps of all files in stream order as the fetch left them, once the whole share is placed: what differs from these was changed
     * since.
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
