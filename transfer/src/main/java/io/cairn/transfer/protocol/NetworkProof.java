package io.cairn.transfer.protocol;

import io.cairn.dht.crypto.NetworkKey;
import io.cairn.dht.crypto.NetworkKeys;
import io.cairn.dht.id.FixedBytes;
import io.cairn.dht.id.NodeId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Proves in a HELLO that its sender has the key of the private network: an HMAC-SHA-256 over both certificates and both node ids, the
 * sender's first. A connection that somebody took over after its greeting ends here.
 */
public final class NetworkProof extends FixedBytes {
    /** Length in bytes. */
    public static final int LENGTH_BYTES = NetworkKey.CODE_BYTES;

    private static final byte[] DOMAIN = "cairn-hello-1".getBytes(StandardCharsets.US_ASCII);

    private NetworkProof(byte[] bytes) {
        super(bytes, LENGTH_BYTES, "a network proof");
    }

    /**
     * @param bytes exactly 32
     * @throws IllegalArgumentException if the length is not 32
     */
    public static NetworkProof of(byte[] bytes) {
        return new NetworkProof(bytes);
    }

    /** One proof for each valid key. */
    static List<NetworkProof> of(
            NetworkKeys keys,
            Fingerprint sendersCertificate,
            Fingerprint recipientsCertificate,
            NodeId sender,
            NodeId recipient) {
        byte[] message = ByteBuffer.allocate(DOMAIN.length + 2 * Fingerprint.LENGTH_BYTES + 2 * NodeId.LENGTH_BYTES)
                .put(DOMAIN)
                .put(sendersCertificate.toBytes())
                .put(recipientsCertificate.toBytes())
                .put(sender.toBytes())
                .put(recipient.toBytes())
                .array();
        return keys.all().stream()
                .map(key -> new NetworkProof(key.helloCode(message)))
                .toList();
    }
}
