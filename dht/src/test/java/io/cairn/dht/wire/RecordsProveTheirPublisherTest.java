package io.cairn.dht.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cairn.dht.id.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordsProveTheirPublisherTest {
    private final Samples samples = new Samples(4);

    @Test
    void everyRecordOfEveryBatchSizeIsCompleteInItself() {
        for (int size = 1; size <= RecordBatch.KEYS_MAX; size++) {
            RecordBatch batch = samples.batch(size, 21);
            assertThat(batch.isSignedByPublisher()).isTrue();
            assertThat(batch.keys()).isSorted().doesNotHaveDuplicates().hasSize(size);
            List<SignedRecord> records = batch.records();
            assertThat(records.stream().map(SignedRecord::key)).isEqualTo(batch.keys());
            assertThat(records).allMatch(SignedRecord::isSignedByPublisher);
        }
    }

    @Test
    void nothingOfARecordCanBeExchanged() {
        SignedRecord record = samples.record(13, 21);
        Statement said = record.statement();
        List<Statement> others = List.of(
                new Statement(RecordType.SERVICE, said.publisher(), said.value(), said.sequence(), said.expiryMillis()),
                new Statement(said.type(), samples.bob.publicKey(), said.value(), said.sequence(), said.expiryMillis()),
                new Statement(said.type(), said.publisher(), new byte[21], said.sequence(), said.expiryMillis()),
                new Statement(said.type(), said.publisher(), said.value(), said.sequence() + 1, said.expiryMillis()),
                new Statement(said.type(), said.publisher(), said.value(), said.sequence(), said.expiryMillis() + 1));
        for (Statement other : others) {
            assertThat(with(record, other, record.index(), record.batchSize()).isSignedByPublisher())
                    .isFalse();
        }
        Key key = Key.random(samples.random);
        assertThat(new SignedRecord(key, said, record.index(), 13, record.proof(), record.signature())
                        .isSignedByPublisher())
                .isFalse();
        assertThat(with(record, said, (record.index() + 1) % 13, 13).isSignedByPublisher())
                .isFalse();
    }

    @Test
    void aBatchWithAKeyMoreOrLessIsNotSigned() {
        RecordBatch batch = samples.batch(8, 0);
        List<Key> fewer = batch.keys().subList(1, 8);
        List<Key> more = new ArrayList<>(batch.keys());
        more.add(Key.random(samples.random));
        Collections.sort(more);
        assertThat(new RecordBatch(batch.statement(), fewer, batch.signature()).isSignedByPublisher())
                .isFalse();
        assertThat(new RecordBatch(batch.statement(), more, batch.signature()).isSignedByPublisher())
                .isFalse();
    }

    @Test
    void mistakesAreRefused() {
        Statement statement = samples.statement(0);
        Key key = Key.random(samples.random);
        assertThatIllegalArgumentException().isThrownBy(() -> RecordBatch.sign(samples.alice, statement, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordBatch.sign(samples.alice, statement, List.of(key, key)));
        assertThatIllegalArgumentException().isThrownBy(() -> RecordBatch.sign(samples.bob, statement, List.of(key)));
        assertThatIllegalArgumentException().isThrownBy(() -> samples.batch(RecordBatch.KEYS_MAX + 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> samples.statement(Statement.VALUE_BYTES_MAX + 1));
    }

    private static SignedRecord with(SignedRecord record, Statement statement, int index, int batchSize) {
        return new SignedRecord(record.key(), statement, index, batchSize, record.proof(), record.signature());
    }
}
