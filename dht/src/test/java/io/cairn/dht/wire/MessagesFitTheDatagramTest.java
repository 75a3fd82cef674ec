package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sizes that {@link WireSizes} promises, compared with the real encoder. */
class MessagesFitTheDatagramTest {
    private final Samples samples = new Samples(2);
    private final DatagramCodec codec = new DatagramCodec(samples.alice);

    @Test
    void twentyContactsFitWithEnvelopeAndToken() {
        assertThat(sealed(new Message.Nodes(samples.ipv4Contacts(20)))).isEqualTo(714);
        List<Contact> ipv6 = samples.ipv4Contacts(20).stream()
                .map(contact -> new Contact(contact.id(), samples.ipv6()))
                .toList();
        assertThat(sealed(new Message.Nodes(ipv6))).isEqualTo(954);
        assertThat(sealed(new Message.Nodes(samples.ipv4Contacts(WireSizes.CONTACTS_MAX))))
                .isLessThanOrEqualTo(Datagram.BYTES_MAX);
    }

    @Test
    void aFullBatchLeavesRoomForTheValueThatItsDocumentationPromises() {
        int valueBytes = 62; // RecordBatch
        assertThat(sealed(new Message.Store(samples.batch(RecordBatch.KEYS_MAX, valueBytes))))
                .isEqualTo(Datagram.BYTES_MAX);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sealed(new Message.Store(samples.batch(RecordBatch.KEYS_MAX, valueBytes + 1))));
        assertThat(valueBytes / 19).isEqualTo(3);
        assertThat(valueBytes / 7).isEqualTo(8);
    }

    @Test
    void asManyKeysFitBesideAValueAsItsDocumentationPromises() {
        for (int valueBytes = 0; valueBytes <= Statement.VALUE_BYTES_MAX; valueBytes++) {
            int keys = RecordBatch.keysBeside(valueBytes);
            assertThat(keys).isBetween(18, RecordBatch.KEYS_MAX);
            assertThat(sealed(new Message.Store(samples.batch(keys, valueBytes))))
                    .isLessThanOrEqualTo(Datagram.BYTES_MAX);
        }
    }

    @Test
    void theLongestValueFitsWithEighteenKeys() {
        assertThat(sealed(new Message.Store(samples.batch(18, Statement.VALUE_BYTES_MAX))))
                .isLessThanOrEqualTo(Datagram.BYTES_MAX);
    }

    @Test
    void theSizeOfAMessageIsWhatItsDatagramHas() {
        for (Message message : samples.everyMessage()) {
            hasTheSizeOfItsPacket(new Datagram(samples.header(samples.bob.nodeId()), null, message));
            hasTheSizeOfItsPacket(new Datagram(samples.header(samples.bob.nodeId()), samples.token(), message));
            hasTheSizeOfItsPacket(new Datagram(samples.header(null), null, message));
        }
    }

    @Test
    void whatIsZeroOrEmptyIsNotWritten() {
        Statement nothing = new Statement(RecordType.VALUE, samples.alice.publicKey(), new byte[0], 0, 0);
        RecordBatch batch = RecordBatch.sign(samples.alice, nothing, List.of(Key.random(samples.random)));
        Header header = new Header(Samples.NETWORK, 0, samples.alice.publicKey(), null, 0);
        hasTheSizeOfItsPacket(new Datagram(header, null, new Message.Store(batch)));
        hasTheSizeOfItsPacket(new Datagram(header, null, new Message.Values(batch.records(), 1, List.of())));
        hasTheSizeOfItsPacket(new Datagram(header, null, new Message.Values(List.of(), 0, List.of())));
        hasTheSizeOfItsPacket(new Datagram(header, null, new Message.Stored(0, Message.Refusal.NONE)));
    }

    @Test
    void recordsAndContactsAddWhatTheySay() {
        for (int batchSize = 1; batchSize <= RecordBatch.KEYS_MAX; batchSize++) {
            for (int valueBytes : new int[] {0, 1, 21, 127, 128, 300}) {
                SignedRecord record = samples.record(batchSize, valueBytes);
                List<Contact> contacts = samples.contacts(samples.random.nextInt(10));
                int sizes = WireSizes.ANSWER_OVERHEAD_BYTES
                        + WireSizes.of(record)
                        + contacts.stream().mapToInt(WireSizes::of).sum();
                int real = sealed(new Message.Values(List.of(record), Integer.MAX_VALUE, contacts));
                assertThat(sizes - real).isBetween(0, 4);
            }
        }
        assertThat(WireSizes.of(samples.record(1, 0))).isEqualTo(149);
        assertThat(WireSizes.of(new Contact(NodeId.random(samples.random), samples.ipv4())))
                .isEqualTo(27);
        assertThat(WireSizes.of(new Contact(NodeId.random(samples.random), samples.ipv6())))
                .isEqualTo(39);
    }

    @Test
    void anAnswerCutToABudgetBySizesFitsAndWastesLittle() {
        for (int budget = 250; budget <= Datagram.BYTES_MAX; budget += 7) {
            List<SignedRecord> records = new ArrayList<>();
            List<Contact> contacts = new ArrayList<>();
            int left = budget - WireSizes.ANSWER_OVERHEAD_BYTES;
            SignedRecord record = samples.record(1 + samples.random.nextInt(32), samples.random.nextInt(100));
            while (records.size() < 3 && WireSizes.of(record) <= left) {
                left -= WireSizes.of(record);
                records.add(record);
            }
            Contact contact = samples.contact();
            while (contacts.size() < WireSizes.CONTACTS_MAX && WireSizes.of(contact) <= left) {
                left -= WireSizes.of(contact);
                contacts.add(contact);
            }
            int real = sealed(new Message.Values(records, 70_000, contacts));
            assertThat(real).isLessThanOrEqualTo(budget);
            assertThat(contacts.size() == WireSizes.CONTACTS_MAX || budget - real < 39 + 8)
                    .isTrue();
        }
    }

    @Test
    void aCacheOfRecordsCutToTheDatagramBySizesFits() {
        for (int valueBytes : new int[] {0, 7, 38, 100, 127, 128, Statement.VALUE_BYTES_MAX}) {
            SignedRecord record = samples.record(32, valueBytes);
            int room = Datagram.BYTES_MAX - WireSizes.CACHE_OVERHEAD_BYTES;
            int count = Math.min(WireSizes.CACHED_RECORDS_MAX, room / WireSizes.of(record));
            List<SignedRecord> records = Collections.nCopies(count, record);
            assertThat(count).isPositive();
            assertThat(sealed(new Message.Cache(records)))
                    .isBetween(WireSizes.CACHE_OVERHEAD_BYTES + count * WireSizes.of(record) - 2, Datagram.BYTES_MAX);
        }
    }

    @Test
    void aPingAndAPongFit() {
        assertThat(sealed(new Message.Ping())).isEqualTo(WireSizes.PING_BYTES_MAX);
        assertThat(sealed(new Message.Pong(samples.ipv6()))).isEqualTo(WireSizes.PONG_BYTES_MAX);
        assertThat(sealed(new Message.Pong(samples.ipv4()))).isLessThan(WireSizes.PONG_BYTES_MAX);
    }

    /** So a helper that is asked without padding never sends more than it received, each of its three datagrams by itself. */
    @Test
    void neitherAKnockNorTheAnswerIsLongerThanTheRequestByMoreThanAnAddress() {
        int request = sealed(new Message.DialBack(4747, -1));
        assertThat(sealed(new Message.Knock())).isLessThan(request);
        assertThat(sealed(new Message.DialledBack(Message.Refusal.FULL, samples.ipv6())))
                .isLessThanOrEqualTo(request + 19);
    }

    private void hasTheSizeOfItsPacket(Datagram datagram) {
        assertThat(WireSizes.of(datagram))
                .as("%s", datagram)
                .isEqualTo(codec.seal(datagram).sizeBytes());
    }

    private int sealed(Message message) {
        return codec.seal(new Datagram(samples.header(samples.bob.nodeId()), samples.token(), message))
                .sizeBytes();
    }
}
