package io.cairn.transfer.store.file;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.store.state.FetchJournal;
import io.cairn.transfer.store.state.FetchTable;
import io.cairn.transfer.store.state.StoredFetch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The file system and the state database with a fault at one operation, counted from 1: it fails, or the program dies in it with half a
 * write done. Records how to undo unforced changes, so that a power cut can be simulated on real files: bytes and lengths are durable
 * once their file is forced, names once their folder is forced, and the database after every call.
 */
public final class FaultyDisk implements FileOperations, FetchJournal {
    private final FetchTable table;
    private final Path trash;
    private final int faultAt;
    private final boolean dies;
    private final List<Unforced> unforced = new ArrayList<>();
    private final IdentityHashMap<FileChannel, Path> opened = new IdentityHashMap<>();
    private int operations;
    private boolean dead;
    private ChunkSet vouched = ChunkSet.none(0);

    /**
     * @param trash an empty folder on the same disk
     * @param faultAt the number of the faulty operation; 0 for none
     * @param dies whether all later operations fail as well
     */
    public FaultyDisk(FetchTable table, Path trash, int faultAt, boolean dies) {
        this.table = table;
        this.trash = trash;
        this.faultAt = faultAt;
        this.dies = dies;
    }

    private interface Undo {
        void run() throws IOException;
    }

    /**
     * @param key the file or folder that must be forced to make the change durable
     * @param isName whether it changes the entries of a folder
     */
    private record Unforced(Object key, boolean isName, Undo undo) {}

    /** The number of operations so far. */
    public synchronized int operations() {
        return operations;
    }

    /** The chunks journalled last; none before the first journal entry. */
    public synchronized ChunkSet vouched() {
        return vouched;
    }

    /** Whether the program died. */
    public synchronized boolean isDead() {
        return dead;
    }

    /** Loses all unforced changes. */
    public synchronized void cutPower() throws IOException {
        for (int i = unforced.size() - 1; i >= 0; i--) {
            unforced.get(i).undo.run();
        }
    }

    /** Loses some unforced changes, in any order: POSIX guarantees none. */
    public synchronized void cutPower(Random random) throws IOException {
        for (int i = unforced.size() - 1; i >= 0; i--) {
            if (random.nextBoolean()) {
                unforced.get(i).undo.run();
            }
        }
    }

    @Override
    public synchronized FileChannel open(Path file, OpenOption... options) throws IOException {
        next();
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = SYSTEM.open(file, options);
        opened.put(channel, file);
        if (isNew) {
            names(file, () -> Files.deleteIfExists(file));
        }
        return channel;
    }

    @Override
    public synchronized FileChannel make(Path file) throws IOException {
        next();
        FileChannel channel = SYSTEM.make(file);
        opened.put(channel, file);
        names(file, () -> Files.deleteIfExists(file));
        return channel;
    }

    @Override
    public synchronized void createPrivateFolder(Path folder) throws IOException {
        next();
        SYSTEM.createPrivateFolder(folder);
        names(folder, () -> deleteTree(folder));
    }

    @Override
    public synchronized void makeUsual(Path path) throws IOException {
        next();
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(path);
        unforced.add(new Unforced(key(path), false, () -> {
            if (Files.exists(path)) { // else a later rename was durable
                Files.setPosixFilePermissions(path, before);
            }
        }));
        SYSTEM.makeUsual(path);
    }

    @Override
    public synchronized void setModified(Path file, long nanos) throws IOException {
        next();
        SYSTEM.setModified(file, nanos);
    }

    @Override
    public synchronized void write(FileChannel file, long position, ByteBuffer data) throws IOException {
        Path path = path(file);
        byte[] before = new byte[data.remaining()];
        long length = Files.size(path);
        try (FileChannel reading = FileChannel.open(path, StandardOpenOption.READ)) {
            reading.read(ByteBuffer.wrap(before), position);
        }
        unforced.add(new Unforced(key(path), false, () -> {
            try (FileChannel restoring = FileChannel.open(path, StandardOpenOption.WRITE)) {
                restoring.write(ByteBuffer.wrap(before), position);
                restoring.truncate(length);
            }
        }));
        if (isFaultNext()) {
            SYSTEM.write(file, position, data.slice(data.position(), data.remaining() / 2));
        }
        next();
        SYSTEM.write(file, position, data);
    }

    @Override
    public synchronized void setLength(FileChannel file, long length) throws IOException {
        next();
        Path path = path(file);
        long before = Files.size(path);
        unforced.add(new Unforced(key(path), false, () -> {
            try (FileChannel restoring = FileChannel.open(path, StandardOpenOption.WRITE)) {
                SYSTEM.setLength(restoring, before);
            }
        }));
        SYSTEM.setLength(file, length);
    }

    @Override
    public synchronized void force(FileChannel file) throws IOException {
        next();
        Object key = key(path(file));
        unforced.removeIf(one -> !one.isName && one.key.equals(key));
    }

    @Override
    public synchronized void forceFolder(Path folder) throws IOException {
        next();
        Object key = key(folder);
        unforced.removeIf(one -> one.isName && one.key.equals(key));
    }

    @Override
    public synchronized void createFolder(Path folder) throws IOException {
        next();
        SYSTEM.createFolder(folder);
        names(folder, () -> deleteTree(folder));
    }

    @Override
    public synchronized void link(Path name, Path file) throws IOException {
        next();
        SYSTEM.link(name, file);
        names(name, () -> Files.delete(name));
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        next();
        Path replaced = trash.resolve(String.valueOf(operations));
        if (Files.isRegularFile(to, LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(replaced, to);
        }
        SYSTEM.rename(from, to);
        names(to, () -> {
            Files.move(to, from);
            if (Files.exists(replaced)) {
                Files.move(replaced, to);
            }
        });
    }

    @Override
    public synchronized void delete(Path path) throws IOException {
        next();
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            SYSTEM.delete(path);
            names(path, () -> unlessFolderIsGone(path, () -> Files.createDirectory(path)));
        } else {
            Path kept = trash.resolve(String.valueOf(operations));
            Files.createLink(kept, path);
            SYSTEM.delete(path);
            names(path, () -> unlessFolderIsGone(path, () -> Files.move(kept, path)));
        }
    }

    /** Runs the undo unless the folder was durably removed, with its content. */
    private static void unlessFolderIsGone(Path path, Undo undo) throws IOException {
        if (Files.isDirectory(LocalPaths.parent(path))) {
            undo.run();
        }
    }

    @Override
    public void beside(Runnable task) {
        task.run();
    }

    @Override
    public synchronized void makeExecutable(Path file) throws IOException {
        next();
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(file);
        unforced.add(new Unforced(key(file), false, () -> Files.setPosixFilePermissions(file, before)));
        SYSTEM.makeExecutable(file);
    }

    @Override
    public Optional<StoredFetch> find(Key hash, Path target) throws IOException {
        return table.find(hash, target);
    }

    @Override
    public synchronized void put(StoredFetch fetch) throws IOException {
        next();
        table.put(fetch);
        vouched = fetch.chunks();
    }

    @Override
    public synchronized void journal(Key hash, Path target, ChunkSet chunks, Map<Integer, FileStamp> stamps)
            throws IOException {
        next();
        table.journal(hash, target, chunks, stamps);
        vouched = chunks;
    }

    @Override
    public synchronized void remove(Key hash, Path target) throws IOException {
        next();
        table.remove(hash, target);
    }

    /** Deletes a folder whose name was never forced, with its forced content. */
    private static void deleteTree(Path folder) throws IOException {
        List<Path> tree;
        try (Stream<Path> found = Files.walk(folder)) {
            tree = found.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException goneWithOneAbove) {
            return;
        }
        for (Path path : tree) {
            Files.delete(path);
        }
    }

    private boolean isFaultNext() {
        return operations + 1 == faultAt;
    }

    private void next() throws IOException {
        operations++;
        boolean fault = operations == faultAt;
        dead |= fault && dies;
        if (fault || dead) {
            throw new IOException("fault at operation " + faultAt);
        }
    }

    private void names(Path path, Undo undo) throws IOException {
        unforced.add(new Unforced(key(LocalPaths.parent(path)), true, undo));
    }

    private Path path(FileChannel channel) {
        return Objects.requireNonNull(opened.get(channel), "not opened here");
    }

    private static Object key(Path path) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey(), "a file system without file keys");
    }
}
