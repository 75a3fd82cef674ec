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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecordStoreKeepsWhatIsTrueTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final Contact LAN = sender("192.168.1.7:4747");

    private final SplittableRandom random = new SplittableRandom(21);
    private final Identity publisher = Identity.generate(random);
    private final RecordStore store = new RecordStore(NodeId.random(random), LIMITS, random);
    private final List<Key> keys = keys(5);

    @Test
    void aBatchIsFoundUnderEachOfItsKeys() {
        assertThat(store.store(batch(publisher, keys, 1, NOW + HOUR), LAN, NOW)).isEqualTo(new Stored(5, Refusal.NONE));
        for (Key key : keys) {
            List<SignedRecord> found = find(key, NOW);
            assertThat(found).hasSize(1);
            assertThat(found.get(0).isSignedByPublisher()).isTrue();
            assertThat(found.get(0).key()).isEqualTo(key);
        }
        assertThat(store.find(keys.get(0), RecordType.SERVICE, 8, NOW, random)).isEmpty();
    }

    @Test
    void whatIsExpiredTooLongOrForgedIsInvalid() {
        RecordBatch true1 = batch(publisher, keys, 1, NOW + HOUR);
        byte[] forged = true1.signature().toBytes();
        forged[5] ^= 1;

        assertThat(store.store(batch(publisher, keys, 1, NOW), LAN, NOW).refusal())
                .isEqualTo(Refusal.INVALID);
        assertThat(store.store(batch(publisher, keys, 1, NOW + 49 * HOUR), LAN, NOW)
                        .refusal())
                .isEqualTo(Refusal.INVALID);
        assertThat(store.store(new RecordBatch(true1.statement(), true1.keys(), Signature.of(forged)), LAN, NOW)
                        .refusal())
                .isEqualTo(Refusal.INVALID);
        assertThat(store.size()).isZero();
    }

    @Test
    void aLaterStatementReplacesAnEarlierOneAndNeverTheOtherWay() {
        RecordBatch early = batch(publisher, keys, 1, NOW + HOUR);
        RecordBatch late = batch(publisher, keys.subList(0, 3), 2, NOW + 2 * HOUR);
        store.store(early, LAN, NOW);

        assertThat(store.store(late, LAN, NOW)).isEqualTo(new Stored(3, Refusal.NONE));
        assertThat(store.store(early, LAN, NOW)).isEqualTo(new Stored(2, Refusal.OUTDATED));
        assertThat(find(keys.get(0), NOW).get(0).statement().sequence()).isEqualTo(2);
        assertThat(find(keys.get(4), NOW).get(0).statement().sequence()).isEqualTo(1);
        assertThat(store.size()).isEqualTo(5);
        assertThat(store.batches()).containsExactly(early, late);
    }

    @Test
    void aWithdrawnProviderIsNotFoundAndDoesNotComeBack() {
        RecordBatch given = batch(publisher, keys, 1, NOW + HOUR);
        Statement nothing = new Statement(RecordType.PROVIDER, publisher.publicKey(), new byte[0], 2, NOW + HOUR);
        store.store(given, LAN, NOW);
        store.store(RecordBatch.sign(publisher, nothing, keys), LAN, NOW);
        store.store(given, LAN, NOW);

        assertThat(find(keys.get(0), NOW)).isEmpty();
        assertThat(store.count(keys.get(0), RecordType.PROVIDER, NOW)).isZero();
        assertThat(store.batches()).hasSize(1);
    }

    @Test
    void whatHasExpiredIsNeitherFoundNorKept() {
        store.store(batch(publisher, keys, 1, NOW + HOUR), LAN, NOW);

        assertThat(find(keys.get(0), NOW + HOUR)).isEmpty();
        store.expire(NOW + HOUR);
        assertThat(store.size()).isZero();
        assertThat(store.batches()).isEmpty();
    }

    @Test
    void ofManyRecordsARandomPartIsFound() {
        for (int i = 0; i < 30; i++) {
            store.store(batch(Identity.generate(random), keys, 1, NOW + HOUR), LAN, NOW);
        }
        Map<String, Integer> seen = new LinkedHashMap<>();
        for (int i = 0; i < 100; i++) {
            List<SignedRecord> found = find(keys.get(0), NOW);
            assertThat(found).hasSize(8).doesNotHaveDuplicates();
            found.forEach(record -> seen.merge(record.statement().publisher().toString(), 1, Integer::sum));
        }
        assertThat(seen).hasSize(30);
        assertThat(store.count(keys.get(0), RecordType.PROVIDER, NOW)).isEqualTo(30);
    }

    @Test
    void eachQuotaRefusesWhatIsTooMuch() {
        RecordStore small = new RecordStore(
                NodeId.random(random),
                LIMITS.withRecords(
                        new KademliaLimits.Records(10, 1 << 20, 2, 6, 4, 48 * HOUR, HOUR, Set.of(RecordType.PROVIDER))),
                random);
        Contact internet = sender("203.0.113.9:1");

        assertThat(small.store(batch(publisher, keys, 1, NOW + HOUR), internet, NOW))
                .as("per block")
                .isEqualTo(new Stored(4, Refusal.FULL));
        assertThat(small.store(batch(publisher, keys(5), 2, NOW + HOUR), LAN, NOW))
                .as("per publisher")
                .isEqualTo(new Stored(2, Refusal.FULL));
        Key popular = keys(1).get(0);
        for (int i = 0; i < 3; i++) {
            Stored stored = small.store(batch(Identity.generate(random), List.of(popular), 1, NOW + HOUR), LAN, NOW);
            assertThat(stored.accepted()).as("per key").isEqualTo(i < 2 ? 1 : 0);
        }
        assertThat(small.store(batch(Identity.generate(random), keys(5), 1, NOW + HOUR), LAN, NOW))
                .as("in all")
                .isEqualTo(new Stored(2, Refusal.FULL));
        small.expire(NOW + HOUR);
        assertThat(small.store(batch(publisher, keys, 3, NOW + 2 * HOUR), internet, NOW + HOUR)
                        .accepted())
                .as("what expired makes room")
                .isEqualTo(4);
    }

    @Test
    void aBatchThatFoundNoRoomIsCompletedLater() {
        RecordStore small = new RecordStore(
                NodeId.random(random),
                LIMITS.withRecords(
                        new KademliaLimits.Records(7, 1 << 20, 9, 9, 9, 48 * HOUR, HOUR, Set.of(RecordType.PROVIDER))),
                random);
        RecordBatch shortLived = batch(Identity.generate(random), keys(5), 1, NOW + 10);
        RecordBatch batch = batch(publisher, keys, 1, NOW + HOUR);
        small.store(shortLived, LAN, NOW);

        assertThat(small.store(batch, LAN, NOW)).isEqualTo(new Stored(2, Refusal.FULL));
        small.expire(NOW + 10);
        assertThat(small.store(batch, LAN, NOW + 10)).isEqualTo(new Stored(5, Refusal.NONE));
        assertThat(small.batches()).containsExactly(batch);
    }

    @Test
    void aBatchIsDueAnHourAfterItWasHeardAndOnlyOnce() {
        RecordBatch batch = batch(publisher, keys, 1, NOW + 40 * HOUR);
        store.store(batch, LAN, NOW);

        assertThat(store.takeDueForRepublish(9, NOW + HOUR - 1)).isEmpty();
        store.store(batch, LAN, NOW + HOUR / 2);
        assertThat(store.takeDueForRepublish(9, NOW + HOUR + HOUR / 3))
                .as("heard meanwhile")
                .isEmpty();
        assertThat(store.takeDueForRepublish(9, NOW + 2 * HOUR)).containsExactly(batch);
        assertThat(store.takeDueForRepublish(9, NOW + 2 * HOUR)).isEmpty();
    }

    @Test
    void itAgreesWithANaiveModelWhateverIsStored() {
        long seed = 4_711;
        SplittableRandom choice = new SplittableRandom(seed);
        List<Identity> publishers =
                Stream.generate(() -> Identity.generate(choice)).limit(3).toList();
        List<Key> space = keys(12);
        record Slot(Key key, NodeId publisher) {}
        record Said(long sequence, long expiryMillis) {}
        Map<Slot, Said> model = new LinkedHashMap<>();
        for (int step = 0; step < 600; step++) {
            long now = NOW + step * 1_000L;
            Identity who = publishers.get(choice.nextInt(3));
            List<Key> some =
                    space.stream().filter(key -> choice.nextInt(3) == 0).toList();
            long sequence = choice.nextLong(step + 1L) + step / 2;
            long expiryMillis = now + 1 + choice.nextInt(60_000);
            if (!some.isEmpty()) {
                store.store(batch(who, some, sequence, expiryMillis), LAN, now);
            }
            store.expire(now);
            model.values().removeIf(said -> said.expiryMillis() <= now);
            for (Key key : some) {
                Slot slot = new Slot(key, who.nodeId());
                Said said = model.get(slot);
                if (said == null || said.sequence() < sequence) {
                    model.put(slot, new Said(sequence, expiryMillis));
                }
            }
            Map<Slot, Said> held = new LinkedHashMap<>();
            for (Key key : space) {
                for (SignedRecord record : store.find(key, RecordType.PROVIDER, 9, now, choice)) {
                    Statement statement = record.statement();
                    held.put(
                            new Slot(key, statement.publisher().nodeId()),
                            new Said(statement.sequence(), statement.expiryMillis()));
                }
            }
            assertThat(held).as("seed %d step %d", seed, step).containsExactlyInAnyOrderEntriesOf(model);
            assertThat(store.size()).isEqualTo(model.size());
        }
    }

    private static Contact sender(String endpoint) {
        return new Contact(NodeId.random(new SplittableRandom(1)), Endpoint.parse(endpoint));
    }

    private List<SignedRecord> find(Key key, long now) {
        return store.find(key, RecordType.PROVIDER, 8, now, random);
    }

    private List<Key> keys(int count) {
        List<Key> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(Key.random(random));
        }
        return some;
    }

    private static RecordBatch batch(Identity who, List<Key> keys, long sequence, long expiryMillis) {
        Statement statement =
                new Statement(RecordType.PROVIDER, who.publicKey(), new byte[] {1, 2}, sequence, expiryMillis);
        return RecordBatch.sign(who, statement, keys);
    }
}
