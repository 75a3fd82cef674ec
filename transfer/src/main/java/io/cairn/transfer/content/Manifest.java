package io.cairn.transfer.content;

import io.cairn.dht.id.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a share consists of: the BitTorrent v1 {@code info} dictionary (BEP 3) with two more keys, {@code sha256} and
 * {@code empty dirs}. Its hash is the SHA-1 of its bencoded bytes: an infohash. Immutable.
 *
 * <p>A folder is one stream of its files in sorted order, cut into chunks.
 */
public final class Manifest {
    private final String name;
    private final boolean folder;
    private final int chunkBytes;
    private final List<FileEntry> files;
    private final List<SharePath> emptyFolders;
    private final byte[] sha1s;
    private final byte[] sha256s;
    private final long totalBytes;
    private final byte[] encoded;
    private final Key hash;

    /**
     * Called by the codec, which has checked every field.
     *
     * @param files in stream order; for a single file one entry whose path is the name
     * @param sha1s 20 bytes a chunk
     * @param sha256s 32 bytes a chunk, empty if the manifest carries none
     * @param encoded the bytes whose SHA-1 is the hash
     */
    Manifest(
            String name,
            boolean folder,
            int chunkBytes,
            List<FileEntry> files,
            List<SharePath> emptyFolders,
            byte[] sha1s,
            byte[] sha256s,
            byte[] encoded) {
        this.name = name;
        this.folder = folder;
        this.chunkBytes = chunkBytes;
        this.files = List.copyOf(files);
        this.emptyFolders = List.copyOf(emptyFolders);
        this.sha1s = sha1s;
        this.sha256s = sha256s;
        this.totalBytes = files.stream().mapToLong(FileEntry::length).sum();
        this.encoded = encoded;
        this.hash = Key.ofContent(encoded);
    }

    /** The hash of the share: what is shared, looked up and fetched. */
    public Key hash() {
        return hash;
    }

    /** The name of the file or folder: a single path component. */
    public String name() {
        return name;
    }

    /** Whether this is a folder; else it is one file. */
    public boolean isFolder() {
        return folder;
    }

    /** The files in stream order, paths relative to the folder; for a single file one entry whose path is the name. */
    public List<FileEntry> files() {
        return files;
    }

    /** The folders that hold nothing, relative to the folder. */
    public List<SharePath> emptyFolders() {
        return emptyFolders;
    }

    /** The length of all files together in bytes. */
    public long totalBytes() {
        return totalBytes;
    }

    /** Length of every chunk but the last: a power of two, 256 KiB to 8 MiB. */
    public int chunkBytes() {
        return chunkBytes;
    }

    /** How many chunks: 0 for content without a byte. */
    public int chunkCount() {
        return sha1s.length / 20;
    }

    /** Length of one chunk in bytes. */
    public int chunkLength(int chunk) {
        return (int) Math.min(chunkBytes, totalBytes - chunkOffset(chunk));
    }

    /** Where a chunk starts in the stream of the files. */
    public long chunkOffset(int chunk) {
        return (long) Objects.checkIndex(chunk, chunkCount()) * chunkBytes;
    }

    /** The key of a chunk: its SHA-1. */
    public Key chunkKey(int chunk) {
        Objects.checkIndex(chunk, chunkCount());
        return Key.of(Arrays.copyOfRange(sha1s, 20 * chunk, 20 * chunk + 20));
    }

    /** Whether the manifest carries SHA-256 sums; one made from a foreign torrent has none. */
    public boolean hasSha256() {
        return sha256s.length > 0 || chunkCount() == 0;
    }

    /** Whether these are the digests of a chunk. */
    public boolean matches(int chunk, byte[] sha1, byte[] sha256) {
        Objects.checkIndex(chunk, chunkCount());
        return Arrays.equals(sha1s, 20 * chunk, 20 * chunk + 20, sha1, 0, 20)
                && (sha256s.length == 0 || Arrays.equals(sha256s, 32 * chunk, 32 * chunk + 32, sha256, 0, 32));
    }

    /** The digests of a chunk; only if {@link #hasSha256()}. */
    ChunkDigests.Pair digests(int chunk) {
        Objects.checkIndex(chunk, chunkCount());
        return new ChunkDigests.Pair(
                Arrays.copyOfRange(sha1s, 20 * chunk, 20 * chunk + 20),
                Arrays.copyOfRange(sha256s, 32 * chunk, 32 * chunk + 32));
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
