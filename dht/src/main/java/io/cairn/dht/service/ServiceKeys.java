package io.cairn.dht.service;

import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of one capability: a tree of shards. The shard of depth 0 is the root; below a full one are two. A publisher belongs to one shard
 * of each depth, which the bits of a digest name.
 */
final class ServiceKeys {
    /** The deepest level: a million full shards. */
    static final int DEPTH_MAX = 17;

    private static final byte[] SHARD = "cairn-service-shard-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PATH = "cairn-service-path-1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PAGE = "cairn-service-page-1".getBytes(StandardCharsets.US_ASCII);

    private final byte[] capability;

    /** @param capability normalised */
    ServiceKeys(String capability) {
        this.capability = capability.getBytes(StandardCharsets.UTF_8);
    }

    /** A shard: the leading {@code depth} bits of the paths that lead to it. */
    record Shard(int depth, int bits) {
        static final Shard ROOT = new Shard(0, 0);

        /** @param bit 0 or 1 */
        Shard child(int bit) {
            return new Shard(depth + 1, bits << 1 | bit);
        }
    }

    /** SHA-1 of the domain, the depth (1 byte), the bits (4 bytes, big-endian) and the capability. */
    Key of(Shard shard) {
        return digest(
                SHARD,
                ByteBuffer.allocate(5)
                        .put((byte) shard.depth())
                        .putInt(shard.bits())
                        .array());
    }

    /** The shard of a publisher at a depth: the leading bits of the SHA-1 of the domain, the publisher's id and the capability. */
    Shard shardOf(NodeId publisher, int depth) {
        long path = digest(PATH, publisher.toBytes()).prefix();
        return new Shard(depth, depth == 0 ? 0 : (int) (path >>> (Long.SIZE - depth)));
    }

    /** The key of a further page: SHA-1 of the domain, the publisher's id, the page (1 byte, from 1) and the capability. */
    Key ofPage(NodeId publisher, int page) {
        return digest(
                PAGE,
                ByteBuffer.allocate(Id160.LENGTH_BYTES + 1)
                        .put(publisher.toBytes())
                        .put((byte) page)
                        .array());
    }

    private Key digest(byte[] domain, byte[] which) {
        return Key.ofContent(ByteBuffer.allocate(domain.length + which.length + capability.length)
                .put(domain)
                .put(which)
                .put(capability)
                .array());
    }
}
