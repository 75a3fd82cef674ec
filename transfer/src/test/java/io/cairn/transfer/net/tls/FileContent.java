package io.cairn.transfer.net.tls;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/** Content in one file, without a journal. Thread-safe. */
final class FileContent implements GrowingContent {
    private final Manifest manifest;
    private final Path path;
    private final FileChannel file;
    private final BitSet have = new BitSet();

    FileContent(Manifest manifest, Path path, boolean whole) throws IOException {
        this.manifest = manifest;
        this.path = path;
        this.file = whole
                ? FileChannel.open(path, StandardOpenOption.READ)
                : FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        if (whole) {
            have.set(0, manifest.chunkCount());
        }
    }

    @Override
    public Manifest manifest() {
        return manifest;
    }

    @Override
    public synchronized ChunkSet have() {
        return ChunkSet.of(have, manifest.chunkCount());
    }

    @Override
    public void read(int chunk, int offset, ByteBuffer target) throws IOException {
        long at = manifest.chunkOffset(chunk) + offset;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                throw new EOFException(path + " is too short");
            }
            at += count;
        }
    }

    @Override
    public void write(int chunk, ByteBuffer data) throws IOException {
        long at = manifest.chunkOffset(chunk);
        while (data.hasRemaining()) {
            at += file.write(data, at);
        }
        synchronized (this) {
            have.set(chunk);
        }
    }

    @Override
    public Path finish() {
        return path;
    }

    @Override
    public void discard() {}

    @Override
    public void close() throws IOException {
        file.close();
    }
}
