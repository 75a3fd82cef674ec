package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
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
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BytesBoundWhatIsHeldTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final long MEGABYTE = 1 << 20;
    private static final Contact LAN =
            new Contact(NodeId.random(new SplittableRandom(1)), Endpoint.parse("10.0.0.1:1"));

    private final SplittableRandom random = new SplittableRandom(78);
    private final NodeId self = NodeId.random(random);
    private final List<Identity> publishers =
            Stream.generate(() -> Identity.generate(random)).limit(8).toList();

    @Test
    void batchesOfOneWithTheLongestValueTakeNoMoreHeapThanTheLimitSays() {
        KademliaLimits limits = KademliaLimits.defaults();
        RecordStore store = new RecordStore(self, limits, random);
        long before = usedBytes();
        for (int i = 0; i < limits.records().totalMax(); i++) {
            store.storeVerified(single(publishers.get(i % 8), 512), LAN, NOW);
        }

        assertThat(store.bytes()).isLessThanOrEqualTo(limits.records().bytesMax());
        assertThat(usedBytes() - before).isLessThan(limits.records().bytesMax() * 5 / 4);
        assertThat(store.size()).isBetween(60_000, 80_000);
    }

    @Test
    void fullBatchesReachTheLimitOfRecordsFirst() {
        KademliaLimits.Records limits = KademliaLimits.defaults().records();
        RecordStore store = new RecordStore(self, KademliaLimits.defaults(), random);
        for (int i = 0; i < 1_000; i++) {
            store.storeVerified(batch(publishers.get(i % 8), 42, 62, 1), LAN, NOW);
        }

        assertThat(store.size()).isEqualTo(42_000);
        assertThat(store.bytes() * limits.totalMax() / store.size()).isLessThan(limits.bytesMax());
    }

    @Test
    void aPublisherHasThePartOfTheBytesThatItHasOfTheRecords() {
        RecordStore store = store(MEGABYTE);
        for (int i = 0; i < 2_000; i++) {
            store.storeVerified(single(publishers.get(0), 512), LAN, NOW);
        }
        long ofOne = store.bytes();
        assertThat(ofOne).isBetween(MEGABYTE * 7 / 16, MEGABYTE / 2);

        assertThat(store.storeVerified(single(publishers.get(1), 512), LAN, NOW).refusal())
                .isEqualTo(Refusal.NONE);
    }

    @Test
    void aLargeRecordDisplacesAsManyAsItsRoomTakesOrNone() {
        RecordStore store = store(MEGABYTE);
        while (store.displaced() == 0) {
            store.storeVerified(batch(Identity.generate(random), 10, 0, 1), LAN, NOW);
        }
        Key near = Key.at(self);
        Stored stored = store.storeVerified(batchOf(publishers.get(0), List.of(near), 512, 1), LAN, NOW);

        assertThat(stored.refusal()).isEqualTo(Refusal.NONE);
        assertThat(store.displaced()).isGreaterThan(3);
        assertThat(store.bytes()).isLessThanOrEqualTo(MEGABYTE);
    }

    @Test
    void laterStatementsDoNotGrowBeyondTheReserve() {
        RecordStore store = store(MEGABYTE);
        List<RecordBatch> small = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            RecordBatch batch = batch(publishers.get(i % 8), 42, 0, 1);
            store.storeVerified(batch, LAN, NOW);
            small.add(batch);
        }
        for (int i = 0; i < small.size(); i++) {
            for (Key key : small.get(i).keys()) {
                store.storeVerified(batchOf(publishers.get(i % 8), List.of(key), 512, 2), LAN, NOW);
            }
        }

        assertThat(store.bytes()).isLessThanOrEqualTo(MEGABYTE * 9 / 8);
    }

    @Test
    void aFullStoreTakesAWithdrawal() {
        RecordStore store = store(MEGABYTE);
        RecordBatch given = batch(publishers.get(0), 42, 62, 1);
        store.storeVerified(given, LAN, NOW);
        for (int i = 0; i < 2_000; i++) {
            store.storeVerified(single(publishers.get(1 + i % 7), 512), LAN, NOW);
        }
        Stored withdrawn = store.storeVerified(batchOf(publishers.get(0), given.keys(), 0, 2), LAN, NOW);

        assertThat(withdrawn.accepted()).isGreaterThan(0);
        assertThat(withdrawn.refusal()).isEqualTo(Refusal.NONE);
    }

    @Test
    void whatIsForgottenIsFreeAgain() {
        RecordStore store = store(MEGABYTE);
        for (int i = 0; i < 300; i++) {
            store.storeVerified(batch(publishers.get(i % 8), 1 + i % 42, i, 1), LAN, NOW);
        }
        assertThat(store.bytes()).isPositive();
        store.expire(NOW + 49 * HOUR);

        assertThat(store.size()).isZero();
        assertThat(store.bytes()).isZero();
    }

    private RecordStore store(long bytesMax) {
        KademliaLimits.Records quotas = new KademliaLimits.Records(
                10_000, bytesMax, 100, 5_000, 2_000, 48 * HOUR, HOUR, Set.of(RecordType.PROVIDER));
        return new RecordStore(self, KademliaLimits.defaults().withRecords(quotas), random);
    }

    private RecordBatch single(Identity publisher, int valueBytes) {
        return batch(publisher, 1, valueBytes, 1);
    }

    private RecordBatch batch(Identity publisher, int keys, int valueBytes, long sequence) {
        List<Key> some = new ArrayList<>(keys);
        for (int i = 0; i < keys; i++) {
            some.add(Key.random(random));
        }
        Collections.sort(some);
        return batchOf(publisher, some, valueBytes, sequence);
    }

    /** Like a decoder, creates separate objects for each; the signature is invalid, and the store does not check it. */
    private RecordBatch batchOf(Identity publisher, List<Key> keys, int valueBytes, long sequence) {
        byte[] signature = new byte[Signature.LENGTH_BYTES];
        random.nextBytes(signature);
        Statement statement = new Statement(
                RecordType.PROVIDER,
                PublicKey.of(publisher.publicKey().toBytes()),
                new byte[valueBytes],
                sequence,
                NOW + 48 * HOUR);
        return new RecordBatch(statement, keys, Signature.of(signature));
    }

    private static long usedBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
