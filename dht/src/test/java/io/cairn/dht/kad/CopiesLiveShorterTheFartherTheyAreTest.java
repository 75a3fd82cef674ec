package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.Signature;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.wire.Message.Refusal;
import io.cairn.dht.wire.Message.Stored;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CopiesLiveShorterTheFartherTheyAreTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final Contact LAN =
            new Contact(NodeId.random(new SplittableRandom(1)), Endpoint.parse("192.168.1.7:4747"));

    private final SplittableRandom random = new SplittableRandom(5);
    private final Identity publisher = Identity.generate(random);
    private final RecordStore store = new RecordStore(NodeId.random(random), KademliaLimits.defaults(), random);
    private final List<Key> keys = List.of(Key.random(random), Key.random(random), Key.random(random));

    @Test
    void theLifeHalvesForEveryKNodesThatAreCloser() {
        RecordBatch batch = batch(1, 7, 40 * HOUR);
        int k = KademliaLimits.defaults().k();
        int[] closer = {0, k - 1, k, 2 * k - 1, 2 * k, 3 * k, 5 * k};
        long[] lifeMinutes = {40 * 60, 40 * 60, 30, 30, 15, 7, 1};
        for (int i = 0; i < closer.length; i++) {
            RecordStore one = new RecordStore(NodeId.random(random), KademliaLimits.defaults(), random);
            SignedRecord copy = batch.record(0);
            int nodes = closer[i];
            assertThat(one.keepCopies(List.of(copy), LAN, key -> nodes, NOW)).isEqualTo(new Stored(1, Refusal.NONE));
            assertThat(count(one, copy, NOW + lifeMinutes[i] * MINUTE - 1)).isEqualTo(1);
            assertThat(count(one, copy, NOW + (lifeMinutes[i] + 1) * MINUTE)).isZero();
            one.expire(NOW + (lifeMinutes[i] + 1) * MINUTE);
            assertThat(one.size()).isZero();
            assertThat(one.copies()).isZero();
        }
    }

    @Test
    void whatWouldLiveShorterThanAMinuteIsNotKept() {
        assertThat(keep(batch(1, 7, 40 * HOUR).record(0), 120)).isEqualTo(new Stored(0, Refusal.FULL));
        assertThat(keep(batch(1, 7, MINUTE - 1).record(0), 0)).isEqualTo(new Stored(0, Refusal.FULL));
        assertThat(store.size()).isZero();
    }

    @Test
    void copiesAreShownButNotPassedOn() {
        SignedRecord copy = batch(1, 7, 40 * HOUR).record(1);
        keep(copy, 25);

        assertThat(store.find(copy.key(), RecordType.PROVIDER, 8, NOW, random)).containsExactly(copy);
        assertThat(store.batches()).isEmpty();
        assertThat(store.batchesSharing(0)).isEmpty();
        assertThat(store.takeDueForRepublish(9, NOW + 10 * HOUR)).isEmpty();
    }

    @Test
    void theBatchTakesThePlaceOfTheCopyAndTheCopyNeverThatOfTheBatch() {
        RecordBatch batch = batch(1, 7, 40 * HOUR);
        keep(batch.record(1), 25);

        assertThat(store.store(batch, LAN, NOW)).isEqualTo(new Stored(3, Refusal.NONE));
        assertThat(store.copies()).isZero();
        assertThat(keep(batch.record(1), 25)).isEqualTo(new Stored(1, Refusal.NONE));
        assertThat(store.copies()).isZero();
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void noCopyBringsBackWhatIsWithdrawnAndAWithdrawalEndsCopies() {
        RecordBatch given = batch(1, 7, 40 * HOUR);
        keep(given.record(0), 25);
        store.store(batch(2, 0, 40 * HOUR), LAN, NOW);

        assertThat(count(store, given.record(0), NOW)).isZero();
        assertThat(keep(given.record(0), 0)).isEqualTo(new Stored(0, Refusal.OUTDATED));
        assertThat(keep(given.record(1), 0)).isEqualTo(new Stored(0, Refusal.OUTDATED));
        assertThat(count(store, given.record(0), NOW)).isZero();
    }

    @Test
    void whatIsForgedEndsTheRequest() {
        SignedRecord real = batch(1, 7, 40 * HOUR).record(0);
        byte[] signature = real.signature().toBytes();
        signature[7] ^= 1;
        SignedRecord forged = new SignedRecord(
                real.key(), real.statement(), real.index(), real.batchSize(), real.proof(), Signature.of(signature));
        SignedRecord tooLong = batch(2, 7, 49 * HOUR).record(0);

        assertThat(store.keepCopies(List.of(forged, real), LAN, key -> 0, NOW))
                .isEqualTo(new Stored(0, Refusal.INVALID));
        assertThat(keep(tooLong, 0)).isEqualTo(new Stored(0, Refusal.INVALID));
        assertThat(store.size()).isZero();
    }

    private Stored keep(SignedRecord copy, int nodesCloser) {
        return store.keepCopies(List.of(copy), LAN, key -> nodesCloser, NOW);
    }

    private static int count(RecordStore where, SignedRecord record, long now) {
        return where.count(record.key(), RecordType.PROVIDER, now);
    }

    private RecordBatch batch(long sequence, int valueBytes, long lifeMillis) {
        Statement statement = new Statement(
                RecordType.PROVIDER, publisher.publicKey(), new byte[valueBytes], sequence, NOW + lifeMillis);
        return RecordBatch.sign(publisher, statement, keys);
    }
}
