package io.cairn.dht.wire;

import com.google.protobuf.ByteString;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.TraceContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.jspecify.annotations.Nullable;

/** The vectors that the code computes from the inputs in {@code docs/PROTOCOL.md}, as the document should show them. */
final class ProtocolVectors {
    static final Identity ALICE = Identity.fromSeed(count(0x00, Identity.SEED_BYTES));
    static final Identity BOB = Identity.fromSeed(count(0x20, Identity.SEED_BYTES));

    private static final String NETWORK_NAME = "public";
    private static final long REQUEST_ID = 0x0102_0304_0506_0708L;
    private static final long NONCE = 0x1112_1314_1516_1718L;
    private static final long TIME_MILLIS = 1_800_000_000_000L;
    private static final Token TOKEN = Token.of(count(0xa0, Token.LENGTH_BYTES));
    private static final TraceContext TRACE = TraceContext.of(count(0xb0, TraceContext.LENGTH_BYTES));
    private static final Endpoint IPV4 = Endpoint.parse("192.0.2.1:4747");
    private static final Endpoint IPV6 = Endpoint.parse("[2001:db8::1]:4748");
    private static final String VALUE_NAME = "notes";
    private static final String VALUE_CONTENT = "chapter 3";
    private static final int CHUNKS = 5;
    private static final int PADDED_BYTES = 300;

    private final Map<String, Map<String, String>> vectors = new LinkedHashMap<>();

    private ProtocolVectors() {}

    static Map<String, Map<String, String>> computed() {
        ProtocolVectors all = new ProtocolVectors();
        all.identifiers();
        all.records();
        all.values();
        all.services();
        all.datagrams();
        all.limits();
        return all.vectors;
    }

    /** The datagrams of the document, by the name of their vector. */
    static Map<String, Datagram> datagramsByName() {
        Map<String, Datagram> datagrams = new LinkedHashMap<>();
        datagrams.put("first-ping", datagram(null, null, new Message.Ping()));
        datagrams.put("pong", datagram(BOB.nodeId(), TOKEN, new Message.Pong(IPV4)));
        datagrams.put("find-node", datagram(BOB.nodeId(), null, new Message.FindNode(Key.at(ALICE.nodeId()))));
        datagrams.put("nodes", datagram(BOB.nodeId(), TOKEN, new Message.Nodes(contacts())));
        Datagram findValue = datagram(
                BOB.nodeId(), TOKEN, new Message.FindValue(batch().keys().get(3), RecordType.PROVIDER));
        datagrams.put("find-value", findValue);
        datagrams.put(
                "find-value-after",
                datagram(BOB.nodeId(), TOKEN, new Message.FindValue(chunk(0), RecordType.SERVICE, ALICE.nodeId())));
        datagrams.put(
                "traced-find-value",
                new Datagram(findValue.header().tracedBy(TRACE), findValue.token(), findValue.message()));
        datagrams.put(
                "values",
                datagram(
                        BOB.nodeId(),
                        TOKEN,
                        new Message.Values(List.of(batch().records().get(3)), 7, contacts())));
        datagrams.put("store", datagram(BOB.nodeId(), TOKEN, new Message.Store(batch())));
        datagrams.put(
                "cache",
                datagram(
                        BOB.nodeId(),
                        TOKEN,
                        new Message.Cache(List.of(batch().records().get(3)))));
        datagrams.put("stored", datagram(BOB.nodeId(), TOKEN, new Message.Stored(3, Message.Refusal.FULL)));
        datagrams.put(
                "stored-not-named",
                datagram(BOB.nodeId(), TOKEN, new Message.Stored(0, Message.Refusal.INVALID, IPV4)));
        datagrams.put("stored-unread", datagram(BOB.nodeId(), TOKEN, new Message.Stored(0, Message.Refusal.TYPE)));
        datagrams.put("dial-back", datagram(BOB.nodeId(), TOKEN, new Message.DialBack(IPV4.port(), NONCE)));
        datagrams.put(
                "dialled-back", datagram(BOB.nodeId(), TOKEN, new Message.DialledBack(Message.Refusal.NONE, IPV4)));
        datagrams.put("knock", new Datagram(header(NONCE, BOB.nodeId()), null, new Message.Knock()));
        return datagrams;
    }

    private void identifiers() {
        identity("identity-alice", ALICE);
        identity("identity-bob", BOB);
        put("network", "name", NETWORK_NAME);
        put("network", "id", network().toString());
        put("key", "content", "chunk 0");
        put("key", "key", chunk(0).toHex());
        put("contact", "node id", BOB.nodeId().toHex());
        put("contact", "endpoint", IPV4.toString());
        put("contact", "packed", hex(PackedContacts.pack(List.of(contacts().get(0)))));
    }

    private void identity(String name, Identity identity) {
        put(name, "seed", Hex.encodeHexString(identity.seed()));
        put(name, "public key", identity.publicKey().toString());
        put(name, "node id", identity.nodeId().toHex());
    }

    private void records() {
        put("provider-value", "endpoints", IPV4 + " " + IPV6);
        put("provider-value", "value", Hex.encodeHexString(providerValue()));
        RecordBatch batch = batch();
        put("batch", "publisher", batch.statement().publisher().toString());
        put("batch", "type", String.valueOf(batch.statement().type().number()));
        put("batch", "value", Hex.encodeHexString(batch.statement().value()));
        put("batch", "sequence", String.valueOf(batch.statement().sequence()));
        put("batch", "expiry millis", String.valueOf(batch.statement().expiryMillis()));
        MerkleTree tree = MerkleTree.over(batch.keys());
        for (int i = 0; i < CHUNKS; i++) {
            put("batch", "key " + i, batch.keys().get(i).toHex());
        }
        put("batch", "root", Hex.encodeHexString(tree.root()));
        put("batch", "signed bytes", Hex.encodeHexString(SignedRecord.signedBytes(batch.statement(), tree.root())));
        put("batch", "signature", batch.signature().toString());
        for (SignedRecord signed : batch.records()) {
            List<String> proof =
                    signed.proof().stream().map(Hex::encodeHexString).toList();
            put("batch", "proof " + signed.index(), String.join("", proof));
        }
    }

    private void values() {
        Key name = NamedValue.digestOf(VALUE_NAME);
        put("named-value", "publisher", ALICE.nodeId().toHex());
        put("named-value", "name", VALUE_NAME);
        put("named-value", "content", VALUE_CONTENT);
        put("named-value", "digest", name.toHex());
        put("named-value", "key", NamedValue.keyOf(ALICE.nodeId(), name).toHex());
        put(
                "named-value",
                "value",
                Hex.encodeHexString(new NamedValue(name, VALUE_CONTENT.getBytes(StandardCharsets.UTF_8)).encode()));
    }

    private void services() {
        Service printer = new Service(
                "printer",
                List.of("  Print\u00a0\u00a0A4 ", "scan"),
                "ipp://192.0.2.1/ipp",
                Map.of("colour", "no", "floor", "2"));
        put("service-value", "id", printer.id());
        put("service-value", "capabilities", String.join(", ", printer.capabilities()));
        put("service-value", "endpoint", printer.endpoint());
        put("service-value", "metadata", printer.metadata().toString());
        put("service-value", "pages", "2");
        put("service-value", "value", Hex.encodeHexString(new ServiceList(List.of(printer), 2).encode()));
    }

    private void datagrams() {
        DatagramCodec codec = new DatagramCodec(ALICE);
        datagramsByName().forEach((name, datagram) -> {
            put(
                    name,
                    "payload",
                    hex(MessageCodec.encode(datagram.token(), datagram.message())
                            .toByteString()));
            put(name, "datagram", codec.seal(datagram).toString());
        });
        Datagram padded = datagram(BOB.nodeId(), null, new Message.FindNode(Key.at(ALICE.nodeId())));
        put("padded-find-node", "bytes", String.valueOf(PADDED_BYTES));
        put(
                "padded-find-node",
                "datagram",
                codec.sealPadded(padded, PADDED_BYTES).toString());
    }

    private void limits() {
        put("limits", "datagram bytes", String.valueOf(Datagram.BYTES_MAX));
        put("limits", "value bytes", String.valueOf(Statement.VALUE_BYTES_MAX));
        put("limits", "service value bytes", String.valueOf(ServiceList.BYTES_MAX));
        put("limits", "service pages", String.valueOf(ServiceList.PAGES_MAX));
        put("limits", "keys of a batch", String.valueOf(RecordBatch.KEYS_MAX));
        put("limits", "contacts of a message", String.valueOf(WireSizes.CONTACTS_MAX));
        put("limits", "records of a message", String.valueOf(WireSizes.RECORDS_MAX));
        put("limits", "records of a cache", String.valueOf(WireSizes.CACHED_RECORDS_MAX));
        put("limits", "public key bytes", String.valueOf(PublicKey.LENGTH_BYTES));
        put("limits", "signature bytes", String.valueOf(Signature.LENGTH_BYTES));
        put("limits", "token bytes", String.valueOf(Token.LENGTH_BYTES));
        put("limits", "trace bytes", String.valueOf(TraceContext.LENGTH_BYTES));
        put("limits", "envelope bytes", String.valueOf(WireSizes.ENVELOPE_BYTES));
        put("limits", "envelope version", String.valueOf(SignedEnvelope.VERSION));
    }

    private void put(String vector, String field, String value) {
        vectors.computeIfAbsent(vector, name -> new LinkedHashMap<>()).put(field, value);
    }

    private static Datagram datagram(@Nullable NodeId recipient, @Nullable Token token, Message message) {
        return new Datagram(header(REQUEST_ID, recipient), token, message);
    }

    private static Header header(long requestId, @Nullable NodeId recipient) {
        return new Header(network(), requestId, ALICE.publicKey(), recipient, TIME_MILLIS);
    }

    private static RecordBatch batch() {
        Statement statement = new Statement(
                RecordType.PROVIDER, ALICE.publicKey(), providerValue(), 42, TIME_MILLIS + 48 * 3_600_000L);
        return RecordBatch.sign(
                ALICE,
                statement,
                IntStream.range(0, CHUNKS).mapToObj(ProtocolVectors::chunk).toList());
    }

    private static byte[] providerValue() {
        return PackedContacts.pack(IPV4).concat(PackedContacts.pack(IPV6)).toByteArray();
    }

    private static List<Contact> contacts() {
        return Stream.of(new Contact(BOB.nodeId(), IPV4), new Contact(ALICE.nodeId(), IPV6))
                .toList();
    }

    private static Key chunk(int number) {
        return Key.ofContent(("chunk " + number).getBytes(StandardCharsets.US_ASCII));
    }

    private static NetworkId network() {
        return NetworkId.ofName(NETWORK_NAME);
    }

    private static String hex(ByteString bytes) {
        return Hex.encodeHexString(bytes.toByteArray());
    }

    private static byte[] count(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }
}
