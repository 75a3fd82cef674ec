package io.cairn.transfer.content.manifest;

import io.cairn.dht.id.Key;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/**
 * Describes the content of a share: the BitTorrent v1 {@code info} dictionary (BEP 3) with three more keys, {@code sha256},
 * {@code empty dirs} and {@code times}. Its hash is the SHA-1 of its bencoded bytes, an infohash. Immutable.
 *
 * <p>A folder's files form one stream in sorted order, which is split into chunks.
 */
public final class Manifest {
    static final int TIME_BYTES = Long.BYTES;

    private final String name;
    private final boolean folder;
    private final ChunkGrid grid;
    private final List<FileEntry> files;
    private final List<SharePath> emptyFolders;
    private final long totalBytes;
    private final byte[] encoded;
    private final int chunkCount;
    private final int sha1s;
    private final int sha256s;
    private final int times;
    private final Key hash;

    /**
     * Called by the parser, which has checked every field.
     *
     * @param grid how the files and the padding between them are cut into chunks
     * @param files in stream order; for a single file one entry whose path is the name
     * @param encoded the bytes whose SHA-1 is the hash
     * @param sha1s offset of the SHA-1 digests in these bytes, 20 bytes per chunk
     * @param sha256s offset of the SHA-256 digests, 32 bytes per chunk
     * @param times offset of the modification times, 8 bytes per file; -1 if there are none
     */
    Manifest(
            String name,
            boolean folder,
            ChunkGrid grid,
            List<FileEntry> files,
            List<SharePath> emptyFolders,
            byte[] encoded,
            int sha1s,
            int sha256s,
            int times) {
        this.name = name;
        this.folder = folder;
        this.grid = grid;
        this.files = Collections.unmodifiableList(files);
        this.emptyFolders = List.copyOf(emptyFolders);
        this.chunkCount = grid.count();
        this.sha1s = sha1s;
        this.sha256s = sha256s;
        this.times = times;
        this.encoded = encoded;
        this.hash = Key.ofContent(encoded);
        this.totalBytes = grid.streamBytes() - grid.padding().totalBytes();
    }

    /** The share's hash, by which it is looked up and fetched. */
    public Key hash() {
        return hash;
    }

    /** The name of the file or folder: a single path component. */
    public String name() {
        return name;
    }

    /** Whether the share is a folder rather than a single file. */
    public boolean isFolder() {
        return folder;
    }

    /** The files in stream order, paths relative to the folder; for a single file one entry whose path is the name. Padding is no file. */
    public List<FileEntry> files() {
        return files;
    }

    /** The empty folders, relative to the folder. */
    public List<SharePath> emptyFolders() {
        return emptyFolders;
    }

    /** The total length of all files in bytes. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Length of every chunk but the last, with its padding: a power of two, 256 KiB to 8 MiB. */
    public int chunkBytes() {
        return grid.chunkBytes();
    }

    /** The number of chunks; 0 for empty content. */
    public int chunkCount() {
        return chunkCount;
    }

    /** Length of one chunk in bytes, without the padding that may follow: what is stored and sent of it. */
    public int chunkLength(int chunk) {
        return grid.length(chunk);
    }

    /** The zeros that follow a chunk's bytes in its digests. */
    public int chunkZeros(int chunk) {
        return grid.zeros(chunk);
    }

    /** The offset of a chunk in the stream of files and padding. */
    public long chunkOffset(int chunk) {
        return grid.offset(chunk);
    }

    /** The padding between the files. */
    public Padding padding() {
        return grid.padding();
    }

    /** The key of a chunk: its SHA-1. */
    public Key chunkKey(int chunk) {
        Objects.checkIndex(chunk, chunkCount());
        return Key.of(sum(sha1s, chunk, 20));
    }

    /** Whether both digests match the chunk's. */
    public boolean matches(int chunk, byte[] sha1, byte[] sha256) {
        Objects.checkIndex(chunk, chunkCount);
        int first = sha1s + 20 * chunk;
        int second = sha256s + 32 * chunk;
        return Arrays.equals(encoded, first, first + 20, sha1, 0, 20)
                && Arrays.equals(encoded, second, second + 32, sha256, 0, 32);
    }

    /** Whether the manifest holds modification times. */
    public boolean hasTimes() {
        return times >= 0;
    }

    /**
     * The modification time of a file in nanoseconds since 1970.
     *
     * @throws IllegalStateException if the manifest holds no times
     */
    public long modifiedNanos(int file) {
        if (!hasTimes()) {
            throw new IllegalStateException("no times are kept");
        }
        return ByteBuffer.wrap(encoded).getLong(times + TIME_BYTES * Objects.checkIndex(file, files.size()));
    }

    /** The digests of a chunk. */
    public ChunkDigests.Pair digests(int chunk) {
        Objects.checkIndex(chunk, chunkCount);
        return new ChunkDigests.Pair(sum(sha1s, chunk, 20), sum(sha256s, chunk, 32));
    }

    private byte[] sum(int start, int chunk, int bytes) {
        return Arrays.copyOfRange(encoded, start + bytes * chunk, start + bytes * chunk + bytes);
    }

    /** A copy of the encoded dictionary. */
    public byte[] toBytes() {
        return encoded.clone();
    }

    /** The encoded dictionary's length in bytes. */
    public int encodedLength() {
        return encoded.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    @Override
    public String toString() {
        return name + " " + hash.toShortString();
    }
}
