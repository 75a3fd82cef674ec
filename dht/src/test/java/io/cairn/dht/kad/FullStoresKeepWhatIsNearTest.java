package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.wire.Message.Refusal;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FullStoresKeepWhatIsNearTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final Contact LAN = sender("192.168.1.7:4747");
    private static final Contact INTERNET = sender("203.0.113.9:4747");

    private final SplittableRandom random = new SplittableRandom(77);
    private final Identity own = Identity.generate(random);
    private final NodeId self = own.nodeId();

    @Test
    void theFarthestRecordMakesWayForANearerOneAndForNoFartherOne() {
        RecordStore store = store(50, 50, 50);
        List<Key> keys = keys(50);
        keys.forEach(key -> put(store, Identity.generate(random), key, LAN));
        keys.sort(Comparator.comparing(self::distanceTo));
        Key farthest = keys.get(49);
        Key farther = farther(farthest);

        assertThat(put(store, Identity.generate(random), farther, LAN)).isEqualTo(Refusal.FULL);
        assertThat(put(store, Identity.generate(random), near(20), LAN)).isEqualTo(Refusal.NONE);
        assertThat(isFound(store, farthest)).isFalse();
        assertThat(keys.subList(0, 49)).allMatch(key -> isFound(store, key));
        assertThat(store.size()).isEqualTo(50);
        assertThat(store.displaced()).isEqualTo(1);
    }

    @Test
    void whatThisNodePublishedIsNeverDisplacedAndAlwaysHasRoom() {
        RecordStore store = store(40, 400, 400);
        List<Key> ownKeys = keys(20);
        keys(40).forEach(key -> put(store, Identity.generate(random), key, LAN));
        ownKeys.forEach(key -> assertThat(put(store, own, key, LAN)).isEqualTo(Refusal.NONE));
        for (int i = 0; i < 60; i++) {
            put(store, Identity.generate(random), near(8 + i), LAN);
        }
        assertThat(ownKeys).allMatch(key -> isFound(store, key));
        assertThat(store.size()).isEqualTo(40);
    }

    @Test
    void whoMakesUpKeysNextToThisNodeDisplacesNoMoreThanAPartOfItsQuota() {
        RecordStore store = store(400, 200, 80);
        List<Key> keys = keys(400);
        keys.forEach(key -> put(store, Identity.generate(random), key, LAN));
        for (int i = 0; i < 150; i++) {
            put(store, Identity.generate(random), near(30 + i % 100), INTERNET);
        }
        assertThat(store.displaced()).as("one block, many names").isEqualTo(80 / 8 + 1);
        Identity one = Identity.generate(random);
        for (int i = 0; i < 150; i++) {
            put(store, one, near(30 + i % 100), LAN);
        }
        assertThat(store.displaced()).as("one name, private addresses").isEqualTo(80 / 8 + 1 + 200 / 8 + 1);
    }

    @Test
    void theLastEighthOfAQuotaFillsSlowlyAndAskingAgainDoesNotHelp() {
        RecordStore store = store(10_000, 800, 800);
        Identity greedy = Identity.generate(random);
        List<Key> refused = new ArrayList<>();
        for (Key key : keys(1_000)) {
            if (put(store, greedy, key, LAN) == Refusal.FULL) {
                assertThat(store.size()).isGreaterThanOrEqualTo(700);
                refused.add(key);
            }
        }
        assertThat(store.size()).isBetween(760, 799);
        assertThat(store.refusedEarly()).isEqualTo(refused.size());
        assertThat(refused).allMatch(key -> put(store, greedy, key, LAN) == Refusal.FULL);
        assertThat(put(store, Identity.generate(random), keys(1).get(0), LAN)).isEqualTo(Refusal.NONE);
    }

    @Test
    void aLaterStatementTakesThePlaceOfTheEarlierAlsoWhereEverythingIsFull() {
        RecordStore store = store(3, 3, 3);
        Identity publisher = Identity.generate(random);
        List<Key> keys = keys(3);
        assertThat(store.store(batch(publisher, keys, 1, 7), INTERNET, NOW).accepted())
                .isEqualTo(3);

        assertThat(store.store(batch(publisher, keys, 2, 0), INTERNET, NOW).accepted())
                .isEqualTo(3);
        assertThat(keys).noneMatch(key -> isFound(store, key));
    }

    @Test
    void whatIsStoredAndReplacedAllDayLeavesNothingBehind() {
        RecordStore store = store(1_000, 1_000, 1_000);
        Identity publisher = Identity.generate(random);
        List<Key> keys = keys(1);
        for (int sequence = 1; sequence <= 2_000; sequence++) {
            store.store(batch(publisher, keys, sequence, 7), LAN, NOW);
        }
        assertThat(store.batches()).hasSize(1);
        assertThat(store.takeDueForRepublish(10, NOW + 2 * HOUR)).hasSize(1);
        store.expire(NOW + 48 * HOUR);
        assertThat(store.nextDueMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void theBatchesNextToThisNodeAreFoundWithoutTheOthers() {
        RecordStore store = store(1_000, 1_000, 1_000);
        Identity publisher = Identity.generate(random);
        RecordBatch near = batch(publisher, List.of(near(12), near(13)), 1, 7);
        store.store(batch(publisher, List.of(near(3)), 1, 7), LAN, NOW);
        store.store(near, LAN, NOW);

        assertThat(store.batchesSharing(12)).containsExactly(near);
        assertThat(store.batchesSharing(14)).isEmpty();
        assertThat(store.batchesSharing(0)).hasSize(2);
    }

    private RecordStore store(int totalMax, int perPublisherMax, int perBlockMax) {
        KademliaLimits.Records quotas = new KademliaLimits.Records(
                totalMax, 10 << 20, 100, perPublisherMax, perBlockMax, 48 * HOUR, HOUR, Set.of(RecordType.PROVIDER));
        return new RecordStore(self, KademliaLimits.defaults().withRecords(quotas), random);
    }

    private Refusal put(RecordStore store, Identity who, Key key, Contact from) {
        return store.store(batch(who, List.of(key), 1, 7), from, NOW).refusal();
    }

    private static Contact sender(String endpoint) {
        return new Contact(NodeId.random(new SplittableRandom(1)), Endpoint.parse(endpoint));
    }

    private static RecordBatch batch(Identity who, List<Key> keys, long sequence, int valueBytes) {
        Statement statement =
                new Statement(RecordType.PROVIDER, who.publicKey(), new byte[valueBytes], sequence, NOW + 48 * HOUR);
        return RecordBatch.sign(who, statement, keys);
    }

    private boolean isFound(RecordStore store, Key key) {
        return store.count(key, RecordType.PROVIDER, NOW) > 0;
    }

    private List<Key> keys(int count) {
        List<Key> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add(Key.random(random));
        }
        return keys;
    }

    /** A key that shares exactly this many leading bits with this node. */
    private Key near(int bits) {
        byte[] bytes = self.toBytes();
        bytes[bits / 8] ^= (byte) (0x80 >>> bits % 8);
        for (int i = bits / 8 + 1; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return Key.of(bytes);
    }

    private Key farther(Key than) {
        Key key;
        do {
            key = Key.random(random);
        } while (self.distanceTo(key).compareTo(self.distanceTo(than)) < 0);
        return key;
    }
}
