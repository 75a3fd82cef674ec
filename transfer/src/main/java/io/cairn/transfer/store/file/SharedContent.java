package io.cairn.transfer.store.file;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.hashing.FileStamp;
import io.cairn.transfer.content.hashing.StreamLayout;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A share served in place from the user's own file or folder. Each read first compares the file's size and modification time with
 * those at share time: one system call per file. A change that keeps both goes unnoticed here, but the receiver detects it by the
 * digests.
 */
public final class SharedContent implements Content {
    private final Manifest manifest;
    private final List<Path> paths;
    private final List<FileStamp> stamps;
    private final AtomicReferenceArray<String> openedKeys;
    private final OpenFiles files;
    private final ShareIo io;

    private SharedContent(Manifest manifest, List<Path> paths, List<FileStamp> stamps) {
        this.manifest = manifest;
        this.paths = paths;
        this.stamps = List.copyOf(stamps);
        this.openedKeys = new AtomicReferenceArray<>(paths.size());
        this.files = new OpenFiles(this::openFile);
        this.io = new ShareIo(manifest, StreamLayout.of(manifest), files);
    }

    /**
     * Opens the share at a path.
     *
     * @param stamps the stamps of the files when they were hashed, in stream order
     * @throws ContentChangedException if a file has changed since then
     */
    public static SharedContent open(Manifest manifest, Path place, List<FileStamp> stamps) throws IOException {
        List<Path> paths = LocalPaths.files(manifest, place);
        if (paths.size() != stamps.size()) {
            throw new IllegalArgumentException(stamps.size() + " stamps for " + paths.size() + " files");
        }
        SharedContent content = new SharedContent(manifest, paths, stamps);
        content.checkUnchanged();
        return content;
    }

    /** The current stamps of the files of a newly placed share, in stream order. */
    public static List<FileStamp> stamps(Manifest manifest, Path place) throws IOException {
        List<FileStamp> stamps = new ArrayList<>();
        for (Path path : LocalPaths.files(manifest, place)) {
            stamps.add(FileStamp.of(path));
        }
        return stamps;
    }

    /**
     * Checks every file.
     *
     * @throws ContentChangedException naming the first file that has changed
     */
    public void checkUnchanged() throws IOException {
        for (int file = 0; file < paths.size(); file++) {
            checkUnchanged(file);
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public ChunkSet have() {
        return ChunkSet.all(manifest.chunkCount());
    }

    @Override
    public void read(int chunk, int offset, ByteBuffer target) throws IOException {
        for (StreamLayout.Part part : io.parts(chunk, offset, target.remaining())) {
            FileStamp now = checkUnchanged(part.file());
            String key = openedKeys.getAndSet(part.file(), now.fileKey());
            if (key != null && !key.equals(now.fileKey())) {
                files.forget(part.file()); // another file with the same size and time was moved here
            }
            try {
                io.read(part, target);
            } catch (EOFException cut) {
                throw new ContentChangedException(paths.get(part.file()), "was truncated since it was shared");
            } catch (NoSuchFileException removed) {
                throw ContentChangedException.removed(paths.get(part.file()));
            }
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }

    /** The folders that contain the files. */
    public Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        paths.forEach(path -> folders.add(LocalPaths.parent(path)));
        return folders;
    }

    /** The file in which a chunk starts. */
    public Path file(int chunk) {
        return paths.get(io.parts(chunk, 0, 1).get(0).file());
    }

    int openFileCount() {
        return files.openCount();
    }

    private FileChannel openFile(int file) throws IOException {
        return FileChannel.open(paths.get(file), StandardOpenOption.READ);
    }

    private FileStamp checkUnchanged(int file) throws IOException {
        FileStamp now;
        try {
            now = FileStamp.of(paths.get(file));
        } catch (NoSuchFileException removed) {
            throw ContentChangedException.removed(paths.get(file));
        }
        if (!now.agreesWith(stamps.get(file))) {
            throw new ContentChangedException(paths.get(file), "was changed since it was shared");
        }
        return now;
    }
}
