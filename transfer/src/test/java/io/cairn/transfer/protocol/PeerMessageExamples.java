package io.cairn.transfer.protocol;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ChunkSet;
import io.cairn.transfer.content.ShareSecret;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of each kind, as in the specification. */
public final class PeerMessageExamples {
    private static final Key SHARE = Key.ofContent("cairn".getBytes(StandardCharsets.US_ASCII));

    private PeerMessageExamples() {}

    /** The messages by their names in the specification, in its order. */
    public static Map<String, PeerMessage> byName() {
        BitSet have = new BitSet();
        have.set(0);
        have.set(9);
        Map<String, PeerMessage> examples = new LinkedHashMap<>();
        examples.put(
                "HELLO",
                new PeerMessage.Hello(
                        Fingerprint.ofCertificate("own".getBytes(StandardCharsets.US_ASCII)),
                        Fingerprint.ofCertificate("seen".getBytes(StandardCharsets.US_ASCII)),
                        4747,
                        "cairn/0.1.0"));
        examples.put("MANIFEST_REQUEST", new PeerMessage.ManifestRequest(SHARE, 262_144));
        examples.put("MANIFEST_PART", new PeerMessage.ManifestPart(SHARE, 2, 6, new byte[] {1, 2, 3, 4}));
        examples.put("HAVE", new PeerMessage.Have(SHARE, ChunkSet.of(have, 10)));
        examples.put("HAVE_MORE", new PeerMessage.HaveMore(SHARE, List.of(3, 300)));
        examples.put("WANT", new PeerMessage.Want(SHARE, List.of(7, 1, 5)));
        examples.put("CHUNKS", new PeerMessage.Chunks(SHARE, List.of(7, 1)));
        examples.put("REJECT", new PeerMessage.Reject(SHARE, List.of(5), PeerMessage.Reason.CHANGED));
        examples.put("CANCEL", new PeerMessage.Cancel(SHARE, List.of(5)));
        Contact peer = new Contact(NodeId.of(SHARE.toBytes()), Endpoint.parse("192.0.2.7:4747"));
        examples.put("PEERS", new PeerMessage.Peers(SHARE, List.of(peer)));
        examples.put("LOCATE", new PeerMessage.Locate(List.of(SHARE)));
        examples.put("LOCATED", new PeerMessage.Located(List.of(new PeerMessage.Place(SHARE, SHARE, 3, 262_144))));
        examples.put("DIAL_BACK", new PeerMessage.DialBack());
        examples.put("DIALLED_BACK", new PeerMessage.DialledBack(PeerMessage.DialEnd.TIMED_OUT));
        byte[] body = "who has it?".getBytes(StandardCharsets.US_ASCII);
        examples.put("ASK", new PeerMessage.Ask(7, PeerMessage.Topic.CATALOGUE, body));
        examples.put("ANSWER", new PeerMessage.Answer(7, "I do".getBytes(StandardCharsets.US_ASCII)));
        ShareSecret secret = ShareSecret.fromText("000102030405060708090a0b0c0d0e0f");
        NodeId prover = NodeId.of(SHARE.toBytes());
        NodeId verifier = NodeId.of(Key.ofContent(new byte[0]).toBytes());
        examples.put("PROVE", new PeerMessage.Prove(SHARE, secret.proof(SHARE, prover, verifier)));
        return examples;
    }
}
