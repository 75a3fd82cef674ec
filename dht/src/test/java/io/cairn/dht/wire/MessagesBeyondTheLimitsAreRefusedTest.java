package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.cairn.dht.wire.proto.DhtMessage;
import java.util.Arrays;
import java.util.Collections;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Every limit of the schema, exceeded by one: well-formed Protocol Buffers that are not messages of this protocol. */
class MessagesBeyondTheLimitsAreRefusedTest {
    private static final ByteString CONTACT = ByteString.copyFrom(new byte[20])
            .concat(ByteString.copyFrom(new byte[] {4, 127, 0, 0, 1, 0x12, (byte) 0x8b}));

    private final Samples samples = new Samples(3);

    @Test
    void tokensHaveEightBytes() {
        refused(m -> m.setToken(zeros(7)).setPing(DhtMessage.Ping.getDefaultInstance()));
        refused(m -> m.setToken(zeros(9)).setPing(DhtMessage.Ping.getDefaultInstance()));
    }

    @Test
    void aMessageIsOfAKnownKind() {
        refused(m -> {});
        refused(m -> m.setToken(zeros(8)));
    }

    @Test
    void keysHaveTwentyBytes() {
        for (int length : new int[] {0, 19, 21}) {
            refused(m -> m.getFindNodeBuilder().setTarget(zeros(length)));
            refused(m -> m.getFindValueBuilder().setKey(zeros(length)).setType(1));
        }
    }

    @Test
    void typesAndRefusalsAreKnown() {
        for (int number : new int[] {0, RecordType.values().length + 1, -1, Integer.MAX_VALUE}) {
            refused(m -> m.getFindValueBuilder().setKey(zeros(20)).setType(number));
        }
        refused(m -> m.getStoredBuilder().setRefusal(Message.Refusal.values().length));
        refused(m -> m.getStoredBuilder().setRefusal(-1));
        refused(m -> m.getStoredBuilder().setAccepted(43));
        refused(m -> m.getStoredBuilder().setAccepted(-1));
    }

    @Test
    void contactsAreWholeAndFew() {
        accepted(m -> m.getNodesBuilder().setContacts(repeat(CONTACT, 32)));
        refused(m -> m.getNodesBuilder().setContacts(repeat(CONTACT, 33)));
        for (int length = 1; length < CONTACT.size(); length++) {
            int cut = length;
            refused(m -> m.getNodesBuilder().setContacts(CONTACT.substring(0, cut)));
            refused(m -> m.getNodesBuilder().setContacts(CONTACT.concat(CONTACT.substring(0, cut))));
        }
    }

    @Test
    void endpointsHaveAPortAndAnAddressInItsOwnForm() {
        accepted(m -> m.getPongBuilder().setObserved(bytes(4, 127, 0, 0, 1, 0, 1)));
        refused(m -> m.getPongBuilder().setObserved(bytes(4, 127, 0, 0, 1, 0, 0)));
        refused(m -> m.getPongBuilder().setObserved(bytes(4, 127, 0, 0, 1, 0, 1, 0)));
        refused(m -> m.getPongBuilder().setObserved(bytes(5, 127, 0, 0, 1, 1, 0, 1)));
        refused(m -> m.getPongBuilder().setObserved(bytes(0, 0, 1)));
        refused(m -> m.getPongBuilder().setObserved(bytes(0x84, 127, 0, 0, 1, 0, 1)));
        refused(m -> m.getPongBuilder().setObserved(ByteString.EMPTY));
        refused(m -> m.getPongBuilder()
                .setObserved(bytes(16, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127, 0, 0, 1, 0, 1)));
    }

    @Test
    void recordsAreWithinTheirLimits() {
        accepted(m -> m.getValuesBuilder().addRecords(record()).setRecordsHeld(1));
        refused(m -> m.getValuesBuilder().addRecords(record()));
        refused(m -> m.getValuesBuilder().addRecords(record()).setRecordsHeld(-1));
        refusedRecord(r -> r.setKey(zeros(19)));
        refusedRecord(r -> r.setBatchSize(43));
        refusedRecord(r -> r.setBatchSize(0));
        refusedRecord(r -> r.setBatchSize(-1));
        refusedRecord(r -> r.setIndex(42));
        refusedRecord(r -> r.setIndex(-1));
        refusedRecord(r -> r.setProof(zeros(19)));
        refusedRecord(r -> r.setProof(zeros(121)));
        refusedRecord(r -> r.setProof(zeros(140)));
        refusedRecord(r -> r.setSignature(zeros(63)));
        refusedRecord(DhtMessage.Record.Builder::clearStatement);
        accepted(m -> m.getValuesBuilder().addRecords(ofValue(532)).setRecordsHeld(1));
        refused(m -> m.getValuesBuilder().addRecords(ofValue(533)).setRecordsHeld(1));
        refusedRecord(r -> r.getStatementBuilder().setPublisher(zeros(31)));
        refusedRecord(r -> r.getStatementBuilder().setType(RecordType.values().length + 1));
        accepted(m -> m.getValuesBuilder()
                .addAllRecords(Collections.nCopies(8, small()))
                .setRecordsHeld(8));
        refused(m -> m.getValuesBuilder()
                .addAllRecords(Collections.nCopies(9, small()))
                .setRecordsHeld(9));
    }

    @Test
    void aPageFollowsAnIdOrIsTheFirst() {
        accepted(m -> m.getFindValueBuilder().setKey(zeros(20)).setType(2).setAfter(zeros(20)));
        accepted(m -> m.getFindValueBuilder().setKey(zeros(20)).setType(2));
        refused(m -> m.getFindValueBuilder().setKey(zeros(20)).setType(2).setAfter(zeros(19)));
        refused(m -> m.getFindValueBuilder().setKey(zeros(20)).setType(2).setAfter(zeros(21)));
    }

    @Test
    void whatIsToBeCachedIsSomethingAndLittle() {
        accepted(m -> m.getCacheBuilder().addRecords(record()));
        accepted(m -> m.getCacheBuilder().addAllRecords(Collections.nCopies(4, small())));
        refused(m -> m.getCacheBuilder());
        refused(m -> m.getCacheBuilder().addAllRecords(Collections.nCopies(5, small())));
        refused(m -> m.getCacheBuilder().addRecords(record().setKey(zeros(19))));
        refused(m -> m.getCacheBuilder().addRecords(record()).addRecords(record().setIndex(32)));
    }

    @Test
    void aDialBackNamesAPortAndANonce() {
        accepted(m -> m.getDialBackBuilder().setPort(1).setNonce(1));
        accepted(m -> m.getDialBackBuilder().setPort(65_535).setNonce(-1));
        refused(m -> m.getDialBackBuilder().setPort(0).setNonce(1));
        refused(m -> m.getDialBackBuilder().setPort(65_536).setNonce(1));
        refused(m -> m.getDialBackBuilder().setPort(-1).setNonce(1));
        refused(m -> m.getDialBackBuilder().setPort(4747));
        refused(m -> m.getDialledBackBuilder().setRefusal(0));
        refused(m -> m.getDialledBackBuilder()
                .setObserved(bytes(4, 127, 0, 0, 1, 0, 1))
                .setRefusal(Message.Refusal.values().length));
    }

    @Test
    void batchesAreSortedDistinctAndNotEmpty() {
        DhtMessage.Store store = RecordCodec.encode(samples.batch(2, 7));
        ByteString keys = store.getKeys();
        accepted(m -> m.setStore(store));
        refused(m -> m.setStore(store.toBuilder().clearKeys()));
        refused(m -> m.setStore(store.toBuilder().setKeys(keys.substring(20).concat(keys.substring(0, 20)))));
        refused(m -> m.setStore(store.toBuilder().setKeys(keys.substring(0, 20).concat(keys.substring(0, 20)))));
        refused(m -> m.setStore(store.toBuilder().setKeys(keys.substring(0, 39))));
        refused(m -> m.setStore(store.toBuilder().setKeys(zeros(33 * 20))));
        refused(m -> m.setStore(store.toBuilder().setSignature(zeros(65))));
        refused(m -> m.setStore(store.toBuilder().clearStatement()));
    }

    @Test
    void unknownFieldsArePassedOver() throws MalformedException {
        byte[] known = MessageCodec.encode(null, new Message.Ping()).toByteArray();
        byte[] longer = Arrays.copyOf(known, known.length + 3);
        longer[known.length] = (byte) (100 << 3 & 0x7f | 0x80);
        longer[known.length + 1] = (byte) (100 >> 4);
        longer[known.length + 2] = 7;
        assertThat(MessageCodec.decode(MessageCodec.parse(longer)).message()).isEqualTo(new Message.Ping());
    }

    private DhtMessage.Record small() {
        return record().clearProof().setBatchSize(1).setIndex(0).build();
    }

    private DhtMessage.Record.Builder record() {
        return RecordCodec.encode(samples.record(32, 21)).toBuilder();
    }

    private DhtMessage.Record.Builder ofValue(int bytes) {
        DhtMessage.Record.Builder record = record();
        record.getStatementBuilder().setValue(zeros(bytes));
        return record;
    }

    private void refusedRecord(Consumer<DhtMessage.Record.Builder> change) {
        DhtMessage.Record.Builder record = record();
        change.accept(record);
        refused(m -> m.getValuesBuilder().addRecords(record).setRecordsHeld(1));
    }

    private static void refused(Consumer<DhtMessage.Builder> change) {
        byte[] payload = built(change);
        assertThatThrownBy(() -> MessageCodec.decode(MessageCodec.parse(payload)))
                .isInstanceOf(MalformedException.class);
    }

    private static void accepted(Consumer<DhtMessage.Builder> change) {
        byte[] payload = built(change);
        assertThatCode(() -> MessageCodec.decode(MessageCodec.parse(payload))).doesNotThrowAnyException();
    }

    private static byte[] built(Consumer<DhtMessage.Builder> change) {
        DhtMessage.Builder message = DhtMessage.newBuilder();
        change.accept(message);
        return message.build().toByteArray();
    }

    private static ByteString zeros(int count) {
        return ByteString.copyFrom(new byte[count]);
    }

    private static ByteString repeat(ByteString part, int times) {
        return ByteString.copyFrom(Collections.nCopies(times, part));
    }

    private static ByteString bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteString.copyFrom(bytes);
    }
}
