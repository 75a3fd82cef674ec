package io.cairn.transfer.swarm.peer;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.content.manifest.Manifest;
import io.cairn.transfer.swarm.port.Block;
import io.cairn.transfer.swarm.port.ManifestPiece;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A share this node serves, whole or growing, with the chunks that are here. Confined to the loop. */
public final class ServedShare {
    private final Moving content;
    private final BitSet have;
    private @Nullable SoftReference<byte[]>
            encoded; // created when a peer asks, and again if memory ran short in between
    private @Nullable Spread spread;
    private long uploadedBytes;

    public ServedShare(Content content) {
        this.content = new Moving(content);
        this.have = content.have().toBitSet();
    }

    public Key hash() {
        return content.manifest().hash();
    }

    /** The content to read when sending; stays valid when the share moves to other content. */
    Content content() {
        return content;
    }

    /** The content currently read from. */
    public Content source() {
        return content.source;
    }

    /**
     * Switches to another content of the same share, including for uploads in progress.
     *
     * @return the chunks that were not here before
     */
    public ChunkSet movesTo(Content other) {
        BitSet gained = other.have().toBitSet();
        gained.andNot(have);
        content.source = other;
        have.clear();
        have.or(other.have().toBitSet());
        return ChunkSet.of(gained, chunkCount());
    }

    public int chunkCount() {
        return content.manifest().chunkCount();
    }

    public ChunkSet have() {
        return ChunkSet.of(have, chunkCount());
    }

    boolean has(int chunk) {
        return have.get(chunk);
    }

    boolean has(Block block) {
        int chunk = block.chunk();
        return have.get(chunk) && block.lengthIn(content.manifest().chunkLength(chunk)) > 0;
    }

    public void gained(int chunk) {
        have.set(chunk);
    }

    /** A peer has announced its chunks. */
    public void spreads(PeerLink link, ChunkSet chunks) {
        spread().has(link, chunks);
    }

    /** A peer has a chunk, or is being sent it. */
    public void spreads(PeerLink link, int chunk) {
        spread().has(link, chunk);
    }

    /** A peer left. */
    public void left(PeerLink link) {
        if (spread != null) {
            spread.left(link);
        }
    }

    /** How many peers have a chunk or are being sent it, as far as this node knows. */
    int copies(int chunk) {
        return spread().copies(chunk);
    }

    /** The part of the manifest from an offset; null beyond its end. */
    @Nullable
    public ManifestPiece manifestPiece(int offset) {
        byte[] manifest = encodedManifest();
        if (offset >= manifest.length) {
            return null;
        }
        int end = Math.min(manifest.length, offset + SwarmLimits.MANIFEST_PIECE_BYTES_MAX);
        return new ManifestPiece(hash(), offset, manifest.length, Arrays.copyOfRange(manifest, offset, end));
    }

    private byte[] encodedManifest() {
        byte[] known = encoded == null ? null : encoded.get();
        if (known == null) {
            known = content.manifest().toBytes();
            encoded = new SoftReference<>(known);
        }
        return known;
    }

    /** Whether this node knows of a peer that lacks a chunk. */
    public boolean isLacked(int chunk) {
        return spread().isLacked(chunk);
    }

    private Spread spread() {
        Spread known = spread;
        if (known == null) {
            known = new Spread(chunkCount());
            spread = known;
        }
        return known;
    }

    public void countUploaded(long bytes) {
        uploadedBytes += bytes;
    }

    public long uploadedBytes() {
        return uploadedBytes;
    }

    /** Reads from the share's current content. */
    private static final class Moving implements Content {
        private volatile Content source;

        Moving(Content source) {
            this.source = source;
        }

        @Override
        public Manifest manifest() {
            return source.manifest();
        }

        @Override
        public ChunkSet have() {
            return source.have();
        }

        /** Retries from the new content if the share has moved, since the former may have been closed during the read. */
        @Override
        public void read(int chunk, int offset, ByteBuffer target) throws IOException {
            int start = target.position();
            for (Content from = source; ; from = source) {
                try {
                    from.read(chunk, offset, target);
                    return;
                } catch (IOException failure) {
                    if (from == source) {
                        throw failure;
                    }
                    target.position(start);
                }
            }
        }

        @Override
        public void close() throws IOException {
            source.close();
        }
    }
}
