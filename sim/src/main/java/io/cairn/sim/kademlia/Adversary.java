package io.cairn.sim.kademlia;

import io.cairn.dht.crypto.PublicKey;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Network;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Id160;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.dht.wire.WireSizes;
import io.cairn.sim.network.SimulatedNetwork;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A malicious host that speaks the protocol. It sends nothing unprompted: nodes with it in their tables contact it. It respects what every
 * receiver checks, sizes above all, because a violation would only get its messages dropped.
 */
final class Adversary implements Network.Receiver {
    private static final int CONTACTS = 20;
    private static final int AMPLIFICATION = 3;
    private static final long LIFETIME_MILLIS = 3_600_000;

    private final PublicKey key;
    private final Contact contact;
    private final Environment environment;
    private final Envelopes envelopes;
    private final Behaviour behaviour;
    private final ContactIndex colluding;
    private final Map<Subject, SignedRecord> old = new HashMap<>();

    Adversary(
            PublicKey key,
            Endpoint endpoint,
            Environment environment,
            Envelopes envelopes,
            Behaviour behaviour,
            ContactIndex colluding) {
        this.key = key;
        this.contact = new Contact(key.nodeId(), endpoint);
        this.environment = environment;
        this.envelopes = envelopes;
        this.behaviour = behaviour;
        this.colluding = colluding;
        environment.network().listen(this);
    }

    Contact contact() {
        return contact;
    }

    @Override
    public void received(Endpoint from, Packet packet) {
        if (behaviour == Behaviour.SILENT) {
            return;
        }
        try {
            Datagram datagram = envelopes.open(packet).verify();
            if (datagram != null && datagram.message() instanceof Message.Request request) {
                answer(from, datagram.header(), request, packet.sizeBytes());
            }
        } catch (MalformedException strange) {
            // From another adversary; ignored.
        }
    }

    private void answer(Endpoint from, Header asked, Message.Request request, int requestBytes) {
        NodeId asker = asked.sender().nodeId();
        int bytes = Math.min(Datagram.BYTES_MAX, requestBytes * AMPLIFICATION) - WireSizes.ANSWER_OVERHEAD_BYTES;
        Message.Response response = request.matchRequest(new Answering(from, bytes));
        Header header = new Header(
                asked.network(),
                asked.requestId(),
                key,
                asker,
                environment.clock().wallMillis());
        byte[] token = new byte[Token.LENGTH_BYTES];
        environment.random().nextBytes(token);
        environment.network().send(from, envelopes.seal(new Datagram(header, Token.of(token), response)));
    }

    private List<Contact> contacts(Key target, int bytes) {
        int count = Math.min(CONTACTS, bytes / WireSizes.of(contact));
        if (count < 1) {
            return List.of();
        }
        return behaviour == Behaviour.POISONING ? invented(target, count) : colluding.closest(target, count);
    }

    /** Ids that share all but the last bytes with the target, at endpoints where no host ever was. */
    private List<Contact> invented(Key target, int count) {
        List<Contact> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] id = target.toBytes();
            for (int at = Id160.LENGTH_BYTES / 2; at < Id160.LENGTH_BYTES; at++) {
                id[at] = (byte) environment.random().nextInt();
            }
            int number = environment.random().nextInt(SimulatedNetwork.HOSTS_MAX / 2, SimulatedNetwork.HOSTS_MAX - 1);
            contacts.add(new Contact(NodeId.of(id), SimulatedNetwork.endpoint(number)));
        }
        return contacts;
    }

    private void keepFirst(SignedRecord record) {
        old.putIfAbsent(new Subject(record.statement().type(), record.key()), record);
    }

    private SignedRecord forged(Key about, RecordType type) {
        byte[] publisher = new byte[PublicKey.LENGTH_BYTES];
        environment.random().nextBytes(publisher);
        long wallMillis = environment.clock().wallMillis();
        Statement statement = new Statement(
                type,
                PublicKey.of(publisher),
                ProviderAddresses.encode(List.of(contact.endpoint())),
                wallMillis,
                wallMillis + LIFETIME_MILLIS);
        return new SignedRecord(about, statement, 0, 1, List.of(), Signature.of(new byte[Signature.LENGTH_BYTES]));
    }

    private record Subject(RecordType type, Key key) {}

    /** What one asker is answered. */
    private final class Answering implements Message.RequestCases<Message.Response> {
        private final Endpoint from;
        private final int bytes;

        Answering(Endpoint from, int bytes) {
            this.from = from;
            this.bytes = bytes;
        }

        @Override
        public Message.Response ping(Message.Ping ping) {
            return new Message.Pong(from);
        }

        @Override
        public Message.Response findNode(Message.FindNode find) {
            return new Message.Nodes(contacts(find.target(), bytes));
        }

        @Override
        public Message.Response findValue(Message.FindValue find) {
            SignedRecord shown = behaviour == Behaviour.POISONING
                    ? forged(find.key(), find.type())
                    : old.get(new Subject(find.type(), find.key()));
            int left = shown == null ? 0 : bytes - WireSizes.of(shown);
            return shown != null && left > 0
                    ? new Message.Values(List.of(shown), 1, contacts(find.key(), left))
                    : new Message.Values(List.of(), 0, contacts(find.key(), bytes));
        }

        @Override
        public Message.Response store(Message.Store store) {
            if (behaviour == Behaviour.STALE) {
                store.batch().records().forEach(Adversary.this::keepFirst);
            }
            return new Message.Stored(store.batch().keys().size(), Message.Refusal.NONE);
        }

        @Override
        public Message.Response cache(Message.Cache cache) {
            return new Message.Stored(cache.records().size(), Message.Refusal.NONE);
        }

        /** Claims to have knocked. */
        @Override
        public Message.Response dialBack(Message.DialBack dialBack) {
            return new Message.DialledBack(Message.Refusal.NONE, from);
        }
    }
}
