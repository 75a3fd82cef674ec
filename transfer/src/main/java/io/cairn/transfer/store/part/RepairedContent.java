package io.cairn.transfer.store.part;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.hashing.PlacedFilesVerifier;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.DiskFullException;
import io.cairn.transfer.store.file.DiskSpace;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.HeldNames;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.file.OpenFiles;
import io.cairn.transfer.store.file.ParallelForce;
import io.cairn.transfer.store.file.ShareIo;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A share in place with damaged chunks. A repair overwrites only these and keeps no journal: an interrupted repair has
 * touched only damaged chunks, and the next one finds the rest by reading. Files of the wrong length are truncated or
 * extended, missing ones are recreated, and none is ever deleted.
 */
public final class RepairedContent implements GrowingContent {
    private final Manifest manifest;
    private final Path place;
    private final NamesOnDisk names;
    private final List<Path> paths;
    private final FileOperations operations;
    private final OpenFiles files;
    private final ShareIo io;
    private final Lock lock = new ReentrantLock();
    private final ChunkSet repaired;
    private final BitSet have;
    private final BitSet changedFiles = new BitSet();
    private final Set<Path> changedFolders = new LinkedHashSet<>();

    private RepairedContent(Manifest manifest, Path place, BitSet bad, FileOperations operations) throws IOException {
        this.manifest = manifest;
        this.place = place;
        this.names = new NamesOnDisk(manifest, place, new HeldNames(place, operations));
        this.paths = names.files();
        this.operations = operations;
        this.files = new OpenFiles(this::openFile);
        this.io = new ShareIo(manifest, StreamLayout.of(manifest), files);
        this.repaired = ChunkSet.of(bad, manifest.chunkCount());
        this.have = new BitSet();
        have.set(0, manifest.chunkCount());
        have.andNot(bad);
    }

    /**
     * Starts a repair. When this returns, every file exists with its full length.
     *
     * @param place the file, or the folder that is the share
     * @param bad the chunks to write
     * @throws FileSystemException if the place of a file is taken by something else, or a file is not writable
     * @throws DiskFullException if the disk has no room for the missing data
     */
    public static RepairedContent open(Manifest manifest, Path place, BitSet bad) throws IOException {
        return open(manifest, place, bad, FileOperations.SYSTEM);
    }

    static RepairedContent open(Manifest manifest, Path place, BitSet bad, FileOperations operations)
            throws IOException {
        RepairedContent content =
                new RepairedContent(manifest, place.toAbsolutePath().normalize(), bad, operations);
        boolean prepared = false;
        try {
            content.prepare();
            prepared = true;
            return content;
        } finally {
            if (!prepared) {
                content.close();
            }
        }
    }

    private void prepare() throws IOException {
        for (int file = 0; file < paths.size(); file++) {
            Path path = paths.get(file);
            long length = manifest.files().get(file).length();
            Inside.require(place, path);
            if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                make(path, file);
            } else if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && !path.equals(place)) {
                throw new FileSystemException(
                        path.toString(),
                        null,
                        Files.isSymbolicLink(path)
                                ? "is a link, and nothing is written through it; move it away to have the file recreated"
                                : "is not a file; move it away to have it recreated");
            }
            if (!Inside.isAlone(path) && !path.equals(place)) {
                throw new FileSystemException(
                        path.toString(), null, "has another name (a hard link), which would change too; copy the file");
            }
            if (Files.size(path) != length) {
                changedFiles.set(file);
                files.use(file, channel -> operations.setLength(channel, length));
            }
        }
        for (Path folder : names.folders(manifest.emptyFolders())) {
            Inside.require(place, folder.resolve("."));
            createFolders(folder);
        }
    }

    private FileChannel openFile(int file) throws IOException {
        Path path = paths.get(file);
        if (path.equals(place)) {
            return operations.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        Inside.require(place, path);
        return operations.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private void make(Path path, int file) throws IOException {
        Path folder = LocalPaths.parent(path);
        createFolders(folder);
        operations
                .open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)
                .close();
        changedFolders.add(folder);
        changedFiles.set(file);
        if (manifest.files().get(file).executable()) {
            operations.makeExecutable(path);
        }
    }

    private void createFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path above = folder; !Files.isDirectory(above); above = LocalPaths.parent(above)) {
            missing.push(above);
        }
        for (Path one : missing) {
            operations.createFolder(one);
            changedFolders.add(LocalPaths.parent(one));
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public ChunkSet have() {
        lock.lock();
        try {
            return ChunkSet.of(have, manifest.chunkCount());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void read(int chunk, int offset, ByteBuffer target) throws IOException {
        if (!has(chunk)) {
            throw new IllegalArgumentException("chunk " + chunk + " is not here");
        }
        for (StreamLayout.Part part : io.parts(chunk, offset, target.remaining())) {
            io.read(part, target);
        }
    }

    @Override
    public void write(int chunk, ByteBuffer data) throws IOException {
        int length = manifest.chunkLength(chunk);
        if (data.remaining() != length) {
            throw new IllegalArgumentException("chunk " + chunk + " has " + length + " bytes, not " + data.remaining());
        }
        if (has(chunk)) {
            data.position(data.limit());
            return;
        }
        List<StreamLayout.Part> parts = io.parts(chunk, 0, length);
        try {
            for (StreamLayout.Part part : parts) {
                ByteBuffer slice = data.slice(data.position(), part.length());
                files.use(part.file(), channel -> operations.write(channel, part.offset(), slice.duplicate()));
                data.position(data.position() + part.length());
            }
        } catch (IOException failure) {
            throw DiskSpace.explain(failure, place, missingBytes());
        }
        lock.lock();
        try {
            have.set(chunk);
            parts.forEach(part -> changedFiles.set(part.file()));
        } finally {
            lock.unlock();
        }
    }

    /**
     * Forces the changes to disk and verifies the repaired chunks.
     *
     * @throws PartDamagedException if they differ from the data written, because another program writes there too
     */
    @Override
    public Path finish() throws IOException {
        if (!have().isComplete()) {
            throw new IllegalStateException("not complete: " + have());
        }
        List<Integer> changed;
        lock.lock();
        try {
            changed = changedFiles.stream().boxed().toList();
        } finally {
            lock.unlock();
        }
        try {
            if (manifest.hasTimes()) {
                for (int file : changed) {
                    operations.setModified(paths.get(file), manifest.modifiedNanos(file));
                }
            }
            ParallelForce.each(changed, file -> files.use(file, operations::force));
            ParallelForce.each(new ArrayList<>(changedFolders), operations::forceFolder);
        } catch (IOException failure) {
            throw DiskSpace.explain(failure, place, 0);
        }
        readAgain();
        return place;
    }

    private void readAgain() throws IOException {
        try {
            int good =
                    PlacedFilesVerifier.verifyChunks(manifest, place, repaired).size();
            if (good < repaired.size()) {
                throw new PartDamagedException(place, repaired.size() - good);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw (IOException)
                    new InterruptedIOException("interrupted while reading what was repaired").initCause(stopped);
        }
        for (int file = 0; file < paths.size(); file++) {
            if (Files.size(paths.get(file)) != manifest.files().get(file).length()) {
                throw new FileSystemException(
                        paths.get(file).toString(), null, "was resized by another program during the repair");
            }
        }
    }

    /** Ends the repair as it stands. The user's files are never deleted. */
    @Override
    public void discard() throws IOException {
        close();
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private boolean has(int chunk) {
        lock.lock();
        try {
            return have.get(chunk);
        } finally {
            lock.unlock();
        }
    }

    private long missingBytes() {
        return PartialContent.missingBytes(manifest, ChunkSet.all(manifest.chunkCount()), have());
    }
}
