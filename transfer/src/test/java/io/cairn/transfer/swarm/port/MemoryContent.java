package io.cairn.transfer.swarm.port;

import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ContentChangedException;
import io.cairn.transfer.content.GrowingContent;
import io.cairn.transfer.content.manifest.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Content in memory, whole or growing, which can be told to lie, to have changed or to be full. Thread-safe. */
public final class MemoryContent implements GrowingContent {
    private final Manifest manifest;
    private final byte[] bytes;
    private final BitSet have;
    private volatile IntPredicate lies = chunk -> false;
    private volatile boolean changed;
    private volatile boolean full;
    private volatile @Nullable IOException unreadable;

    private MemoryContent(Manifest manifest, byte[] bytes, BitSet have) {
        this.manifest = manifest;
        this.bytes = bytes;
        this.have = have;
    }

    /** Content that is all here. */
    public static MemoryContent whole(Manifest manifest, byte[] bytes) {
        return new MemoryContent(
                manifest, bytes, ChunkSet.all(manifest.chunkCount()).toBitSet());
    }

    /** Content with some chunks of the whole. */
    public static MemoryContent part(Manifest manifest, byte[] bytes, BitSet have) {
        return new MemoryContent(manifest, bytes, (BitSet) have.clone());
    }

    /** Content with nothing yet. */
    public static MemoryContent empty(Manifest manifest) {
        return new MemoryContent(manifest, new byte[(int) manifest.totalBytes()], new BitSet());
    }

    /** From now on these chunks are read with a wrong first byte. */
    public void lieAbout(IntPredicate chunks) {
        lies = chunks;
    }

    /** From now on reading finds the file changed. */
    public void change() {
        changed = true;
    }

    /** From now on reading fails like this, or no longer. */
    public void failReading(@Nullable IOException failure) {
        unreadable = failure;
    }

    /** From now on there is no room to write. */
    public void fill() {
        full = true;
    }

    public byte[] bytes() {
        return bytes;
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
    public synchronized void read(int chunk, int offset, ByteBuffer target) throws IOException {
        IOException failure = unreadable;
        if (failure != null) {
            throw failure;
        }
        if (changed) {
            throw new ContentChangedException(Path.of(manifest.name()), "has another size");
        }
        int at = (int) manifest.chunkOffset(chunk) + offset;
        if (lies.test(chunk) && offset == 0) {
            target.put((byte) ~bytes[at++]);
        }
        target.put(bytes, at, target.remaining());
    }

    @Override
    public synchronized void write(int chunk, ByteBuffer data) throws IOException {
        if (full) {
            throw new IOException("No space left on device");
        }
        data.get(bytes, (int) manifest.chunkOffset(chunk), data.remaining());
        have.set(chunk);
    }

    @Override
    public Path finish() {
        return Path.of(manifest.name());
    }

    @Override
    public void discard() {}

    @Override
    public void close() {}
}
