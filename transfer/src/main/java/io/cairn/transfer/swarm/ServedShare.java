package io.cairn.transfer.swarm;

import io.cairn.dht.id.Key;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.Content;
import io.cairn.transfer.protocol.PeerMessage;
import io.cairn.transfer.protocol.ProtocolLimits;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A share this node serves, whole or growing, with what of it is here and its encoded manifest. Confined to the loop. */
final class ServedShare {
    private final Content content;
    private final BitSet have;
    private final byte[] manifest;
    private @Nullable Spread spread;
    private long uploadedBytes;

    ServedShare(Content content) {
        this.content = content;
        this.have = content.have().toBitSet();
        this.manifest = content.manifest().toBytes();
    }

    Key hash() {
        return content.manifest().hash();
    }

    Content content() {
        return content;
    }

    int chunkCount() {
        return content.manifest().chunkCount();
    }

    ChunkSet have() {
        return ChunkSet.of(have, chunkCount());
    }

    boolean has(int chunk) {
        return have.get(chunk);
    }

    void gained(int chunk) {
        have.set(chunk);
    }

    /** A peer has told what it has. */
    void spreads(PeerLink link, ChunkSet chunks) {
        spread().has(link, chunks);
    }

    /** A peer has a chunk, or is being sent it. */
    void spreads(PeerLink link, int chunk) {
        spread().has(link, chunk);
    }

    /** A peer is gone. */
    void left(PeerLink link) {
        if (spread != null) {
            spread.left(link);
        }
    }

    /** How many peers have a chunk or are being sent it, as far as this node knows. */
    int copies(int chunk) {
        return spread().copies(chunk);
    }

    /** The part of the manifest from an offset; null beyond its end. */
    PeerMessage.@Nullable ManifestPart manifestPart(int offset) {
        if (offset >= manifest.length) {
            return null;
        }
        int end = Math.min(manifest.length, offset + ProtocolLimits.MANIFEST_PART_BYTES_MAX);
        return new PeerMessage.ManifestPart(hash(), offset, manifest.length, Arrays.copyOfRange(manifest, offset, end));
    }

    /** Whether some peer does not have a chunk, as far as this node knows. */
    boolean isLacked(int chunk) {
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

    void countUploaded(long bytes) {
        uploadedBytes += bytes;
    }

    long uploadedBytes() {
        return uploadedBytes;
    }
}
