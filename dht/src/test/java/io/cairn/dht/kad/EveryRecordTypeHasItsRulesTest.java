package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.record.RecordStore;
import io.cairn.dht.wire.Message.Refusal;
import io.cairn.dht.wire.Message.Stored;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordPolicy;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EveryRecordTypeHasItsRulesTest {
    private static final long NOW = 1_800_000_000_000L;
    private static final long HOUR = 3_600_000;
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final byte[] SOME = {1};
    private static final byte[] OTHER = {2};

    private final SplittableRandom random = new SplittableRandom(22);
    private final Identity publisher = Identity.generate(random);
    private final Key key = Key.random(random);
    private final Contact sender = new Contact(publisher.nodeId(), Endpoint.parse("192.168.1.7:4747"));

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void valuesFitAStatementAndAnEmptyOneWithdraws(RecordType type) {
        RecordPolicy policy = RecordPolicy.of(type);
        assertThat(policy.valueBytesMax()).isBetween(1, Statement.VALUE_BYTES_MAX);
        assertThat(policy.perKeyMax()).isPositive();
        assertThat(policy.accepts(statement(type, new byte[0], 1))).isTrue();
        assertThat(policy.accepts(statement(type, new byte[Statement.VALUE_BYTES_MAX], 1)))
                .isEqualTo(policy.valueBytesMax() == Statement.VALUE_BYTES_MAX);

        RecordStore store = keeping(Set.of(type));
        store.store(batch(type, SOME, 1), sender, NOW);
        assertThat(store.count(key, type, NOW)).isOne();
        store.store(batch(type, new byte[0], 2), sender, NOW);
        assertThat(store.count(key, type, NOW)).isZero();
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void aTypeThatNobodyReadsIsRefused(RecordType type) {
        RecordBatch batch = batch(type, SOME, 1);
        RecordStore store = keeping(Set.of());

        Stored refused = new Stored(0, Refusal.TYPE);
        assertThat(store.store(batch, sender, NOW)).isEqualTo(refused);
        assertThat(store.storeVerified(batch, sender, NOW)).isEqualTo(refused);
        assertThat(store.keepCopies(batch.records(), sender, any -> 0, NOW)).isEqualTo(refused);
        assertThat(store.size()).isZero();
        assertThat(keeping(Set.of(type)).store(batch, sender, NOW)).isEqualTo(new Stored(1, Refusal.NONE));
    }

    @Test
    void allTypesAreKeptUnlessLessIsAskedFor() {
        assertThat(LIMITS.records().types()).containsExactlyInAnyOrder(RecordType.values());
    }

    @Test
    void aProviderNamesEndpoints() {
        RecordPolicy policy = RecordPolicy.of(RecordType.PROVIDER);
        assertThat(policy.accepts(statement(RecordType.PROVIDER, SOME, 1))).isFalse();
        assertThat(policy.accepts(statement(RecordType.PROVIDER, new byte[] {4, 10, 0, 0, 1, 18, -117}, 1)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void ofEqualSequencesTheTieDecides(RecordType type) {
        boolean isOtherLarger = Key.ofContent(OTHER).compareTo(Key.ofContent(SOME)) > 0;
        byte[] smaller = isOtherLarger ? SOME : OTHER;
        byte[] larger = isOtherLarger ? OTHER : SOME;
        boolean isByDigest = RecordPolicy.of(type).tie() == RecordPolicy.Tie.LARGER_DIGEST;

        assertThat(kept(type, larger, smaller)).isEqualTo(larger);
        assertThat(kept(type, smaller, larger)).isEqualTo(isByDigest ? larger : smaller);
    }

    @Test
    void typesUnderOneKeyDoNotCompete() {
        RecordStore store = keeping(Set.of(RecordType.PROVIDER, RecordType.VALUE));
        int max = RecordPolicy.of(RecordType.VALUE).perKeyMax();
        for (int i = 0; i < 2 * max; i++) {
            Identity other = Identity.generate(random);
            Endpoint endpoint = Endpoint.parse("192.168.2." + (i + 1) + ":4747");
            RecordBatch value = RecordBatch.sign(
                    other, new Statement(RecordType.VALUE, other.publicKey(), SOME, 1, NOW + HOUR), List.of(key));
            store.store(value, new Contact(other.nodeId(), endpoint), NOW);
        }

        assertThat(store.count(key, RecordType.VALUE, NOW)).isEqualTo(max);
        assertThat(store.store(batch(RecordType.PROVIDER, SOME, 1), sender, NOW).accepted())
                .isOne();
        assertThat(store.count(key, RecordType.VALUE, NOW)).isEqualTo(max);
    }

    private byte[] kept(RecordType type, byte[] first, byte[] second) {
        RecordStore store = keeping(Set.of(type));
        store.store(batch(type, first, 1), sender, NOW);
        store.store(batch(type, second, 1), sender, NOW);
        return store.find(key, type, 1, NOW, random).get(0).statement().value();
    }

    private RecordStore keeping(Set<RecordType> types) {
        return new RecordStore(
                NodeId.random(random), LIMITS.withRecords(LIMITS.records().withTypes(types)), random);
    }

    private RecordBatch batch(RecordType type, byte[] value, long sequence) {
        return RecordBatch.sign(publisher, statement(type, value, sequence), List.of(key));
    }

    private Statement statement(RecordType type, byte[] value, long sequence) {
        return new Statement(type, publisher.publicKey(), value, sequence, NOW + HOUR);
    }
}
