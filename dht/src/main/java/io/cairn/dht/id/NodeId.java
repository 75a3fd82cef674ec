package io.cairn.dht.id;

import java.util.random.RandomGenerator;

/** Names a node: the SHA-1 of its public key. */
public final class NodeId extends Id160 {
    private NodeId(byte[] bytes) {
        super(bytes);
    }

    /**
     * @param bytes exactly 20, most significant first
     * @throws IllegalArgumentException if the length is not 20
     */
    public static NodeId of(byte[] bytes) {
        return new NodeId(bytes);
    }

    /**
     * @param hex 40 hexadecimal digits, either case
     * @throws IllegalArgumentException if it is anything else
     */
    public static NodeId fromHex(String hex) {
        return new NodeId(decodeHex(hex));
    }

    /** A uniformly distributed id. */
    public static NodeId random(RandomGenerator random) {
        byte[] bytes = new byte[LENGTH_BYTES];
        random.nextBytes(bytes);
        return new NodeId(bytes);
    }
}
