package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Random messages for tests, from a seed. */
final class Samples {
    static final NetworkId NETWORK = NetworkId.ofName("test");

    final Random random;
    final Identity alice;
    final Identity bob;

    Samples(long seed) {
        random = new Random(seed);
        alice = Identity.generate(random);
        bob = Identity.generate(random);
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    Token token() {
        return Token.of(bytes(Token.LENGTH_BYTES));
    }

    Endpoint ipv4() {
        return Endpoint.of(bytes(4), 1 + random.nextInt(65_535));
    }

    Endpoint ipv6() {
        byte[] address = bytes(16);
        address[0] = 0x20;
        return Endpoint.of(address, 1 + random.nextInt(65_535));
    }

    Contact contact() {
        return new Contact(NodeId.random(random), random.nextInt(4) == 0 ? ipv6() : ipv4());
    }

    List<Contact> contacts(int count) {
        return IntStream.range(0, count).mapToObj(i -> contact()).toList();
    }

    List<Contact> ipv4Contacts(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Contact(NodeId.random(random), ipv4()))
                .toList();
    }

    Statement statement(int valueBytes) {
        return new Statement(
                RecordType.PROVIDER, alice.publicKey(), bytes(valueBytes), random.nextLong(), random.nextLong());
    }

    RecordBatch batch(int keys, int valueBytes) {
        return RecordBatch.sign(
                alice,
                statement(valueBytes),
                IntStream.range(0, keys).mapToObj(i -> Key.random(random)).toList());
    }

    SignedRecord record(int batchSize, int valueBytes) {
        return batch(batchSize, valueBytes).records().get(random.nextInt(batchSize));
    }

    /** One of every kind of message, each of a typical size. */
    List<Message> everyMessage() {
        return List.of(
                new Message.Ping(),
                new Message.Pong(ipv4()),
                new Message.Pong(ipv6()),
                new Message.FindNode(Key.random(random)),
                new Message.Nodes(List.of()),
                new Message.Nodes(contacts(20)),
                new Message.FindValue(Key.random(random), RecordType.PROVIDER),
                new Message.FindValue(Key.random(random), RecordType.SERVICE),
                new Message.FindValue(Key.random(random), RecordType.SERVICE, NodeId.random(random)),
                new Message.Values(List.of(), 0, contacts(20)),
                new Message.Values(List.of(record(1, 0), record(32, 21), record(7, 100)), 1_000, contacts(3)),
                new Message.Store(batch(1, Statement.VALUE_BYTES_MAX)),
                new Message.Store(batch(RecordBatch.KEYS_MAX, 56)),
                new Message.Cache(List.of(record(1, Statement.VALUE_BYTES_MAX))),
                new Message.Cache(List.of(record(32, 7), record(20, 21), record(1, 38), record(2, 0))),
                new Message.Stored(0, Message.Refusal.TOKEN),
                new Message.Stored(0, Message.Refusal.INVALID, Endpoint.parse("[2001:db8::1]:4748")),
                new Message.Stored(32, Message.Refusal.NONE),
                new Message.DialBack(4747, random.nextLong()),
                new Message.DialBack(65_535, -1),
                new Message.DialledBack(Message.Refusal.NONE, ipv4()),
                new Message.DialledBack(Message.Refusal.FULL, ipv6()),
                new Message.Knock());
    }

    Datagram datagram(Message message) {
        return datagram(message, random.nextBoolean() ? token() : null);
    }

    Datagram datagram(Message message, @Nullable Token token) {
        return new Datagram(header(random.nextInt(4) == 0 ? null : bob.nodeId()), token, message);
    }

    Header header(@Nullable NodeId recipient) {
        return new Header(NETWORK, random.nextLong(), alice.publicKey(), recipient, random.nextLong());
    }

    /** Asserts that two datagrams are equal, whatever lazily decoded state their keys hold. */
    static void assertSame(@Nullable Datagram actual, Datagram expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .ignoringFieldsMatchingRegexes("header\\.sender\\.nodeId", ".*\\.publisher\\.nodeId")
                .isEqualTo(expected);
    }
}
