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
import io.cairn.dht.wire.SignedRecord;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NobodyTakesAllPlacesOfAKeyTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final int PLACES = 512;
    private static final int FALSE_PUBLISHERS = 700;

    private final SplittableRandom random = new SplittableRandom(15);
    private final Identity own = Identity.generate(random);
    private final RecordStore store = new RecordStore(own.nodeId(), KademliaLimits.defaults(), random);
    private final Key key = Key.random(random);
    private final Identity attacker = Identity.generate(random);
    private final Identity honest = Identity.generate(random);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "[0:0:0:0:0:0:0:1]",
                "192.168.1.66",
                "169.254.7.7",
                "[fe80:0:0:0:0:0:0:66]",
                "203.0.113.9"
            })
    void theHonestNewcomerIsStoredAndAlwaysShownWhateverOneAddressPassesOn(String address) {
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, address);
        }
        assertThat(put(honest, honest, "127.0.0.1")).isEqualTo(Refusal.NONE);
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, address);
        }

        for (int i = 0; i < 50; i++) {
            assertThat(shown()).contains(honest.nodeId());
        }
        assertThat(count()).isLessThanOrEqualTo(PLACES);
    }

    @Test
    void aPublicAddressHasA32ndOfThePlacesAndItsBlockAnEighth() {
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "203.0.113.9");
        }
        assertThat(count()).isEqualTo(PLACES / 32);
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "203.0.113." + i % 256);
        }
        assertThat(count()).isEqualTo(PLACES / 8);
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "[2001:db8:0:1:0:0:0:" + Integer.toHexString(i + 1) + "]");
        }
        assertThat(count()).isEqualTo(PLACES / 4);
    }

    @Test
    void whereEachFalsePublisherStoresItselfOnLoopbackNewcomersGetInAndTheOldMostlyStay() {
        int old = 100;
        List<Identity> early = identities(old);
        early.forEach(who -> put(who, who, "127.0.0.1"));
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            Identity falseOne = Identity.generate(random);
            put(falseOne, falseOne, "127.0.0.1", NOW + 1);
        }
        assertThat(put(honest, honest, "127.0.0.1", NOW + 2)).isEqualTo(Refusal.NONE);

        List<NodeId> there = all();
        assertThat(there).hasSize(PLACES).contains(honest.nodeId());
        assertThat(early.stream().filter(who -> there.contains(who.nodeId())).count())
                .isGreaterThan(old * 3L / 4);
    }

    @Test
    void whatThePublisherStoresItselfIsNoLongerOfTheGroupThatPassedItOn() {
        put(honest, attacker, "127.0.0.1");
        put(honest, honest, "127.0.0.1");
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "127.0.0.1");
        }
        assertThat(put(Identity.generate(random), Identity.generate(random), "127.0.0.1"))
                .isEqualTo(Refusal.NONE);

        for (int i = 0; i < 50; i++) {
            assertThat(shown()).contains(honest.nodeId());
        }
    }

    @Test
    void passingOnALaterStatementDoesNotMakeItTheSendersOwn() {
        put(honest, honest, "127.0.0.1");
        store.store(batch(honest, 2), sender(attacker, "127.0.0.1"), NOW);
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "127.0.0.1");
        }

        for (int i = 0; i < 50; i++) {
            assertThat(shown()).contains(honest.nodeId());
        }
    }

    @Test
    void thePublisherItselfGetsThePlaceOfWhatItsOwnAddressPassedOn() {
        for (int i = 0; i < FALSE_PUBLISHERS; i++) {
            put(Identity.generate(random), attacker, "192.168.1.66");
        }

        assertThat(put(honest, honest, "192.168.1.66")).isEqualTo(Refusal.NONE);
        assertThat(all()).hasSize(PLACES).contains(honest.nodeId());
    }

    @Test
    void whatThisNodePublishesAlwaysHasAPlaceAndKeepsIt() {
        for (Identity who : identities(PLACES)) {
            put(who, who, "127.0.0.1");
        }
        assertThat(put(own, own, "127.0.0.1")).isEqualTo(Refusal.NONE);
        for (Identity who : identities(PLACES)) {
            put(who, who, "127.0.0.1");
        }

        assertThat(all()).hasSize(PLACES).contains(own.nodeId());
    }

    private List<Identity> identities(int count) {
        return random.splits(count).map(Identity::generate).toList();
    }

    private Refusal put(Identity publisher, Identity sender, String address) {
        return put(publisher, sender, address, NOW);
    }

    private Refusal put(Identity publisher, Identity sender, String address, long now) {
        return store.storeVerified(batch(publisher, 1), sender(sender, address), now)
                .refusal();
    }

    private static Contact sender(Identity who, String address) {
        return new Contact(who.nodeId(), Endpoint.parse(address + ":4747"));
    }

    private RecordBatch batch(Identity publisher, long sequence) {
        Statement statement =
                new Statement(RecordType.PROVIDER, publisher.publicKey(), new byte[7], sequence, NOW + HOUR);
        return RecordBatch.sign(publisher, statement, List.of(key));
    }

    private int count() {
        return store.count(key, RecordType.PROVIDER, NOW);
    }

    private List<NodeId> shown() {
        return found(8);
    }

    private List<NodeId> all() {
        return found(PLACES);
    }

    private List<NodeId> found(int max) {
        return store.find(key, RecordType.PROVIDER, max, NOW + 2, random).stream()
                .map(SignedRecord::statement)
                .map(statement -> statement.publisher().nodeId())
                .toList();
    }
}
