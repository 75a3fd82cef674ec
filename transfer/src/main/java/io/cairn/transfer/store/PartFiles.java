package io.cairn.transfer.store;

import io.cairn.transfer.content.Manifest;
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
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * The files of a partial share: made when they are first written to, at their full length but without using space for what is not
 * written. A single file is made at once, so that its name is taken.
 */
final class PartFiles implements Closeable {
    private final Manifest manifest;
    private final OpenFiles files = new OpenFiles(this::openFile);
    private final BitSet made = new BitSet(); // touched only while a file is opened, one at a time
    private volatile Path root;
    private volatile List<Path> paths;
    private volatile boolean placed;

    PartFiles(Manifest manifest, Path part) throws IOException {
        this.manifest = manifest;
        this.root = part;
        this.paths = LocalPaths.files(manifest, part);
    }

    /** @throws FileAlreadyExistsException if something has this name */
    void create() throws IOException {
        if (manifest.isFolder()) {
            Files.createDirectory(root);
        } else {
            try (FileChannel channel = FileChannel.open(
                    root, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
                setLength(channel, manifest.totalBytes());
            }
        }
        FolderSync.force(LocalPaths.parent(root));
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

    /** Forces files to disk; their latest time of modification, nanoseconds since 1970. */
    long force(BitSet which) throws IOException {
        long modifiedNanos = 0;
        List<Integer> dirty = which.stream().boxed().toList();
        for (int file : dirty) {
            modifiedNanos = Math.max(
                    modifiedNanos, Files.getLastModifiedTime(path(file)).to(TimeUnit.NANOSECONDS));
        }
        forceAll(dirty);
        return modifiedNanos;
    }

    /** Makes the files that hold nothing, which no write has made. */
    void createEmptyOnes() throws IOException {
        forceAll(IntStream.range(0, manifest.files().size())
                .filter(file -> manifest.files().get(file).length() == 0)
                .boxed()
                .toList());
    }

    private void forceAll(List<Integer> which) throws IOException {
        ParallelForce.each(which, file -> files.use(file, channel -> channel.force(true)));
    }

    /** Goes on at the place to which the share was moved. */
    void movedTo(Path target) throws IOException {
        files.forgetAll();
        paths = LocalPaths.files(manifest, target);
        root = target;
        placed = true;
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    private FileChannel openFile(int file) throws IOException {
        Path path = path(file);
        if (placed) {
            return FileChannel.open(path, StandardOpenOption.READ);
        }
        if (!manifest.isFolder() || made.get(file)) {
            return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
        FileChannel channel = make(path);
        try {
            setLength(channel, manifest.files().get(file).length());
            made.set(file);
            return channel;
        } finally {
            if (!made.get(file)) {
                channel.close();
            }
        }
    }

    private static FileChannel make(Path path) throws IOException {
        try {
            return FileChannel.open(
                    path,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException noFolder) {
            Files.createDirectories(LocalPaths.parent(path));
            return FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
    }

    /** Writes the last byte of a file, which leaves a hole before it. */
    private static void setLength(FileChannel channel, long length) throws IOException {
        channel.truncate(length);
        if (channel.size() < length) {
            channel.write(ByteBuffer.allocate(1), length - 1);
        }
    }
}
