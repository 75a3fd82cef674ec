package io.cairn.transfer.store.part;

import com.sun.nio.file.ExtendedOpenOption;
import io.cairn.transfer.content.FileSelection;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.NamesOnDisk;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.FileEntry;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.store.file.DirectWrites;
import io.cairn.transfer.store.file.FileOperations;
import io.cairn.transfer.store.file.HeldNames;
import io.cairn.transfer.store.file.Inside;
import io.cairn.transfer.store.file.LocalPaths;
import io.cairn.transfer.store.file.OpenFiles;
import io.cairn.transfer.store.file.ParallelForce;
import io.cairn.transfer.store.file.SparseWrites;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The files of a partial share, created at their first write with their full length, but sparse. A single file is created at
 * once to reserve its name. A file within one chunk is written in one go and not kept open, since it is never written to
 * again: five system calls per file.
 */
final class PartFiles implements Closeable {
    private final Manifest manifest;
    private final FileOperations operations;
    private final OpenFiles files = new OpenFiles(this::openFile);
    private final DirectWrites pastTheCache;
    private final LeftStamps stamps;
    private final NamesOnDisk names;
    private final BitSet withinOneChunk;
    private final BitSet made = new BitSet(); // changed only while a file is opened, one at a time
    private final Set<Path> knownFolders = ConcurrentHashMap.newKeySet();
    private final Set<Path> dirtyFolders = ConcurrentHashMap.newKeySet();
    private volatile Path root;
    private volatile List<Path> paths;
    private volatile boolean placed;

    PartFiles(Manifest manifest, Path part, FileOperations operations) throws IOException {
        this.manifest = manifest;
        this.operations = operations;
        this.stamps = new LeftStamps(manifest.hash(), operations);
        this.root = part;
        this.names = new NamesOnDisk(manifest, part, new HeldNames(part, operations));
        this.paths = names.files();
        this.withinOneChunk = withinOneChunk(manifest);
        this.pastTheCache = new DirectWrites(manifest, operations, this::openPastTheCache);
    }

    /** @throws FileAlreadyExistsException if something has this name */
    void create() throws IOException {
        if (manifest.isFolder()) {
            operations.createPrivateFolder(root);
        } else {
            try (FileChannel channel = operations.make(root)) {
                stamps.change(0, root, true, () -> operations.setLength(channel, manifest.totalBytes()));
            }
        }
        operations.forceFolder(LocalPaths.parent(root));
    }

    /** Recreates a single file that another program removed or replaced with a link; the link is not followed. */
    void makeAgainIfGone() throws IOException {
        if (manifest.isFolder() || FileStamp.ofRegular(root) != null) {
            return;
        }
        if (Files.isSymbolicLink(root)) {
            operations.delete(root);
        } else if (Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(root.toString(), null, "is no longer a file; move it away");
        }
        create();
        stamps.confirm(0, Objects.requireNonNull(FileStamp.ofRegular(root), "removed again"));
    }

    /** Restores the full length of a single file if an earlier run ended before setting it, or if it was truncated. */
    void restoreLength() throws IOException {
        if (!manifest.isFolder() && Files.size(root) != manifest.totalBytes()) {
            files.use(
                    0,
                    channel ->
                            stamps.change(0, root, true, () -> operations.setLength(channel, manifest.totalBytes())));
        }
    }

    /** The stamps of the files as this run left them. */
    LeftStamps stamps() {
        return stamps;
    }

    /** The first of these files that was touched since this run left it or has the wrong length; -1 if none. One system call each. */
    int touched(BitSet which) throws IOException {
        BitSet differing = stamps.differing(which, this::path);
        for (int file : which.stream().toArray()) {
            if (differing.get(file)
                    || stamps.of(file).size() != manifest.files().get(file).length()) {
                return file;
            }
        }
        return -1;
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

    /** Counts bytes read by peers: after many reads, later writes go through the operating system's cache. */
    void wasRead(long bytes) {
        pastTheCache.wasRead(bytes);
    }

    /** Writes a part from the buffer's next bytes. */
    void write(StreamLayout.Part part, ByteBuffer source) throws IOException {
        int start = source.position();
        boolean whole = withinOneChunk.get(part.file());
        ByteBuffer data = source.slice(start, part.length());
        stamps.change(part.file(), path(part.file()), !whole, () -> {
            if (whole) {
                writeWhole(part, data);
            } else {
                SparseWrites.each(part, data, this::writeRun, this::writeZeros);
            }
        });
        source.position(start + part.length());
    }

    private void writeRun(StreamLayout.Part run, ByteBuffer data) throws IOException {
        int direct = pastTheCache.write(run, data);
        if (direct < run.length()) {
            files.use(
                    run.file(),
                    channel -> operations.write(
                            channel, run.offset() + direct, data.slice(direct, run.length() - direct)));
        }
    }

    private void writeZeros(StreamLayout.Part run, ByteBuffer zeros) throws IOException {
        files.use(run.file(), channel -> {
            if (!SparseWrites.isZero(channel, run.offset(), run.length())) {
                operations.write(channel, run.offset(), zeros.duplicate());
            }
        });
    }

    private void writeWhole(StreamLayout.Part part, ByteBuffer data) throws IOException {
        long length = data.remaining();
        try (FileChannel channel = openOrMake(path(part.file()))) {
            SparseWrites.each(
                    part, data, (run, content) -> operations.write(channel, run.offset(), content), (run, zeros) -> {
                        if (!SparseWrites.isZero(channel, run.offset(), run.length())) {
                            operations.write(channel, run.offset(), zeros);
                        }
                    });
            if (channel.size() != length) {
                operations.setLength(channel, length);
            }
        }
    }

    /** Forces files to disk, and the folders in which files were created. */
    void force(BitSet which) throws IOException {
        forceFiles(which.stream().boxed().toList());
        forceFolders();
    }

    /** Forces files that an earlier run may have left unforced, and their folders. */
    void forceAgain(BitSet which) throws IOException {
        if (manifest.isFolder()) {
            which.stream().forEach(file -> isIn(LocalPaths.parent(path(file))));
        }
        operations.forceFolder(LocalPaths.parent(root));
        force(which);
    }

    /** Creates empty files and folders, sets the permissions and times of the manifest, and forces them. All bytes must be present. */
    void complete(FileSelection chosen) throws IOException {
        List<Integer> empty = filesThat(chosen, file -> manifest.isFolder() && file.length() == 0);
        for (int file : empty) {
            openOrMake(path(file)).close();
        }
        for (Path folder : names.folders(chosen.emptyFolders())) {
            createFolders(folder);
        }
        for (int file : chosen.files().stream().toArray()) {
            operations.makeUsual(path(file));
        }
        operations.makeUsual(root);
        List<Integer> executable = filesThat(chosen, FileEntry::executable);
        for (int file : executable) {
            operations.makeExecutable(path(file));
        }
        for (int file : empty) {
            stamps.change(file, path(file), false, () -> {});
        }
        BitSet changed = new BitSet();
        empty.forEach(changed::set);
        executable.forEach(changed::set);
        if (manifest.hasTimes()) {
            setTimes(chosen.files());
            changed.or(chosen.files());
        }
        forceFiles(changed.stream().boxed().toList());
        forceFolders();
    }

    private void setTimes(BitSet which) throws IOException {
        for (int file : which.stream().toArray()) {
            if (Inside.isAlone(path(file))) { // a replaced file is found before placing
                stamps.change(
                        file,
                        path(file),
                        false,
                        () -> operations.setModified(path(file), manifest.modifiedNanos(file)));
            }
        }
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
        if (manifest.isFolder() ? !Inside.isAlone(path(file)) : FileStamp.ofRegular(path(file)) == null) {
            return; // removed or replaced by another program; found before placing
        }
        if (manifest.isFolder() && !made(file)) {
            Inside.require(root, path(file));
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
        dirty.forEach(dirtyFolders::remove); // before forcing: a new file marks its folder dirty again
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

    /** Reopens all files at their next use, since any may have been replaced. */
    void forgetOpen() throws IOException {
        files.forgetAll();
        pastTheCache.forgetAll();
    }

    /** Continues at the place to which the share was moved. */
    void movedTo(Path target) throws IOException {
        forgetOpen();
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
        if (!placed) {
            Inside.require(root, path);
        }
        if (placed || withinOneChunk.get(file)) {
            return placed
                    ? operations.open(path, StandardOpenOption.READ)
                    : operations.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
        if (!manifest.isFolder() || made(file)) {
            if (manifest.isFolder() && !Inside.isAlone(path)) {
                throw new NoSuchFileException(path.toString(), null, "was removed or replaced by another program");
            }
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
        files.use(file, channel -> {}); // creates the file if it is missing
        Inside.require(root, path(file));
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
            if (Inside.isAlone(path)) {
                return operations.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            }
            operations.delete(path); // a link from another program; its target stays as it is
            return make(path);
        }
    }

    private FileChannel make(Path path) throws IOException {
        Inside.require(root, path);
        FileChannel channel = operations.make(path);
        isIn(LocalPaths.parent(path));
        return channel;
    }

    /** Marks a folder to be forced and, at its first use in this run, those above it: an earlier run may not have forced them. */
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
            } // else the writer of another chunk created it
        }
    }

    private static BitSet withinOneChunk(Manifest manifest) {
        BitSet within = new BitSet();
        long start = 0;
        for (int file = 0; manifest.isFolder() && file < manifest.files().size(); file++) {
            long length = manifest.files().get(file).length();
            start += manifest.padding().directlyBefore(file);
            long last = start + Math.max(0, length - 1);
            within.set(file, start / manifest.chunkBytes() == last / manifest.chunkBytes());
            start += length;
        }
        return within;
    }
}
