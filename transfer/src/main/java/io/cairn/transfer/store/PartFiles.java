package io.cairn.transfer.store;

import com.sun.nio.file.ExtendedOpenOption;
import io.cairn.transfer.content.FileEntry;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.Manifest;
import io.cairn.transfer.content.StreamLayout;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The files of a partial share: made when they are first written to, at their full length but without using space for what is not
 * written. A single file is made at once, so that its name is taken. A file that lies within one chunk is written in one go and not
 * kept open, since nobody writes to it again: five system calls a file.
 */
final class PartFiles implements Closeable {
    private final Manifest manifest;
    private final FileOperations operations;
    private final OpenFiles files = new OpenFiles(this::openFile);
    private final DirectWrites pastTheCache;
    private final BitSet withinOneChunk;
    private final BitSet made = new BitSet(); // touched only while a file is opened, one at a time
    private final Set<Path> knownFolders = ConcurrentHashMap.newKeySet();
    private final Set<Path> dirtyFolders = ConcurrentHashMap.newKeySet();
    private volatile Path root;
    private volatile List<Path> paths;
    private volatile boolean placed;

    PartFiles(Manifest manifest, Path part, FileOperations operations) throws IOException {
        this.manifest = manifest;
        this.operations = operations;
        this.root = part;
        this.paths = LocalPaths.files(manifest, part);
        this.withinOneChunk = withinOneChunk(manifest);
        this.pastTheCache = new DirectWrites(manifest, operations, this::openPastTheCache);
    }

    /** @throws FileAlreadyExistsException if something has this name */
    void create() throws IOException {
        if (manifest.isFolder()) {
            operations.createFolder(root);
        } else {
            try (FileChannel channel = operations.open(
                    root, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
                operations.setLength(channel, manifest.totalBytes());
            }
        }
        operations.forceFolder(LocalPaths.parent(root));
    }

    /** Gives a single file its full length again, where a run ended before it had it, or something cut it. */
    void restoreLength() throws IOException {
        if (!manifest.isFolder() && Files.size(root) != manifest.totalBytes()) {
            files.use(0, channel -> operations.setLength(channel, manifest.totalBytes()));
        }
    }

    OpenFiles open() {
        return files;
    }

    Path root() {
        return root;
    }

    Path path(int file) {
        return paths.get(file);
    }

    /** Somebody reads what was written: if that goes on, what is written stays in the operating system's cache. */
    void wasRead(long bytes) {
        pastTheCache.wasRead(bytes);
    }

    /** Writes a part's share of the buffer. */
    void write(StreamLayout.Part part, ByteBuffer source) throws IOException {
        int start = source.position();
        if (withinOneChunk.get(part.file())) {
            writeWhole(part.file(), source.slice(start, part.length()));
        } else {
            int direct = pastTheCache.write(part, source);
            if (direct < part.length()) {
                files.use(
                        part.file(),
                        channel -> operations.write(
                                channel, part.offset() + direct, source.slice(start + direct, part.length() - direct)));
            }
        }
        source.position(start + part.length());
    }

    private void writeWhole(int file, ByteBuffer data) throws IOException {
        Path path = path(file);
        long length = data.remaining();
        try (FileChannel channel = openOrMake(path)) {
            operations.write(channel, 0, data);
            if (channel.size() > length) {
                operations.setLength(channel, length);
            }
        }
    }

    /** Forces files to disk, and the folders in which new ones were made; their latest time of modification, nanoseconds since 1970. */
    long force(BitSet which) throws IOException {
        long modifiedNanos = 0;
        List<Integer> dirty = which.stream().boxed().toList();
        for (int file : dirty) {
            modifiedNanos = Math.max(
                    modifiedNanos, Files.getLastModifiedTime(path(file)).to(TimeUnit.NANOSECONDS));
        }
        forceFiles(dirty);
        forceFolders();
        return modifiedNanos;
    }

    /** Forces what an earlier run wrote and may not have forced, and its place in the folders. */
    long forceAgain(BitSet which) throws IOException {
        if (manifest.isFolder()) {
            which.stream().forEach(file -> isIn(LocalPaths.parent(path(file))));
        }
        operations.forceFolder(LocalPaths.parent(root));
        return force(which);
    }

    /** Makes the chosen files what the manifest says beside the bytes, which must be there already, and forces that to disk. */
    void complete(FileSelection chosen) throws IOException {
        List<Integer> empty = filesThat(chosen, file -> manifest.isFolder() && file.length() == 0);
        for (int file : empty) {
            openOrMake(path(file)).close();
        }
        for (Path folder : LocalPaths.below(chosen.emptyFolders(), root)) {
            createFolders(folder);
        }
        List<Integer> executable = filesThat(chosen, FileEntry::executable);
        for (int file : executable) {
            operations.makeExecutable(path(file));
        }
        BitSet changed = new BitSet();
        empty.forEach(changed::set);
        executable.forEach(changed::set);
        forceFiles(changed.stream().boxed().toList());
        forceFolders();
    }

    private List<Integer> filesThat(FileSelection chosen, Predicate<FileEntry> are) {
        return chosen.files().stream()
                .filter(file -> are.test(manifest.files().get(file)))
                .boxed()
                .toList();
    }

    private void forceFiles(Collection<Integer> which) throws IOException {
        ParallelForce.each(which, this::forceFile);
    }

    private void forceFile(int file) throws IOException {
        if (manifest.isFolder() && !made(file)) {
            try (FileChannel channel =
                    operations.open(path(file), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                operations.force(channel);
            }
        } else {
            files.use(file, operations::force);
        }
    }

    private void forceFolders() throws IOException {
        List<Path> dirty = new ArrayList<>(dirtyFolders);
        dirty.forEach(dirtyFolders::remove); // before: a file made meanwhile makes its folder dirty again
        boolean forced = false;
        try {
            ParallelForce.each(dirty, operations::forceFolder);
            forced = true;
        } finally {
            if (!forced) {
                dirtyFolders.addAll(dirty);
            }
        }
    }

    /** Goes on at the place to which the share was moved. */
    void movedTo(Path target) throws IOException {
        files.forgetAll();
        pastTheCache.forgetAll();
        paths = LocalPaths.files(manifest, target);
        root = target;
        placed = true;
    }

    @Override
    public void close() throws IOException {
        try {
            pastTheCache.close();
        } finally {
            files.close();
        }
    }

    private FileChannel openFile(int file) throws IOException {
        Path path = path(file);
        if (placed || withinOneChunk.get(file)) {
            return operations.open(path, StandardOpenOption.READ);
        }
        if (!manifest.isFolder() || made(file)) {
            return operations.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
        FileChannel channel = openOrMake(path);
        try {
            operations.setLength(channel, manifest.files().get(file).length());
            setMade(file);
            return channel;
        } finally {
            if (!made(file)) {
                channel.close();
            }
        }
    }

    private FileChannel openPastTheCache(int file) throws IOException {
        files.use(file, channel -> {}); // makes it where it is not there yet
        return operations.open(
                path(file), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS, ExtendedOpenOption.DIRECT);
    }

    private boolean made(int file) {
        synchronized (made) {
            return made.get(file);
        }
    }

    private void setMade(int file) {
        synchronized (made) {
            made.set(file);
        }
    }

    private FileChannel openOrMake(Path path) throws IOException {
        try {
            return make(path);
        } catch (NoSuchFileException noFolder) {
            createFolders(LocalPaths.parent(path));
            return make(path);
        } catch (FileAlreadyExistsException fromAnEarlierRun) {
            return operations.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private FileChannel make(Path path) throws IOException {
        isIn(LocalPaths.parent(path));
        return operations.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /** Notes that a folder's list is to be forced; if this run has not seen it before, those above it too: an earlier one may not have got to it. */
    private void isIn(Path folder) {
        dirtyFolders.add(folder);
        for (Path above = folder; knownFolders.add(above) && !above.equals(root); ) {
            above = LocalPaths.parent(above);
            dirtyFolders.add(above);
        }
    }

    private void createFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path above = folder;
                !Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS);
                above = LocalPaths.parent(above)) {
            missing.push(above);
        }
        for (Path one : missing) {
            isIn(LocalPaths.parent(one));
            createUnlessThere(one);
        }
    }

    private void createUnlessThere(Path folder) throws IOException {
        try {
            operations.createFolder(folder);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw exists;
            } // else another chunk's writer made it meanwhile
        }
    }

    private static BitSet withinOneChunk(Manifest manifest) {
        BitSet within = new BitSet();
        long start = 0;
        for (int file = 0; manifest.isFolder() && file < manifest.files().size(); file++) {
            long length = manifest.files().get(file).length();
            long last = start + Math.max(0, length - 1);
            within.set(file, start / manifest.chunkBytes() == last / manifest.chunkBytes());
            start += length;
        }
        return within;
    }
}
