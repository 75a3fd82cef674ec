package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NamedValue;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.sim.network.LinkModel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a stranger can do to a value that a node holds. */
class ValuesBelongToTheirPublisherTest {
    private static final long HOUR = 3_600_000;
    private static final Key NAME = NamedValue.digestOf("notes");
    private static final Message.Stored ACCEPTED = new Message.Stored(1, Message.Refusal.NONE);
    private static final Message.Stored INVALID = new Message.Stored(0, Message.Refusal.INVALID);
    private static final Message.Stored OUTDATED = new Message.Stored(0, Message.Refusal.OUTDATED);

    private final Simulation simulation = new Simulation(61, LinkModel.lan());
    private final Identity victim = Identity.generate(new SplittableRandom(62));
    private final Key key = NamedValue.keyOf(victim.nodeId(), NAME);
    private final SimulatedNode holder = simulation.addNode();
    private final Stranger stranger = new Stranger(simulation, 1);
    private Token token = Token.of(new byte[Token.LENGTH_BYTES]);
    private int requests;

    @BeforeEach
    void greet() {
        simulation.addNodes(2);
        token = Objects.requireNonNull(asked(new Message.Ping()).token());
    }

    @Test
    void aStrangerCannotTakeItsKey() {
        Identity self = stranger.identity();
        assertThat(stored(batch(self, value("mine"), 9, HOUR))).isEqualTo(INVALID);
        assertThat(cached(batch(self, value("mine"), 9, HOUR))).isEqualTo(INVALID);
        byte[] otherName = new NamedValue(NamedValue.digestOf("other"), new byte[1]).encode();
        assertThat(stored(batch(victim, otherName, 9, HOUR))).isEqualTo(INVALID);
        assertThat(holder.dht().heldBatches()).isEmpty();

        assertThat(stored(batch(victim, value("right"), 1, HOUR))).isEqualTo(ACCEPTED);
        assertThat(stored(batch(self, value("mine"), 9, HOUR))).isEqualTo(INVALID);
        assertThat(shown()).isEqualTo("right");
    }

    @Test
    void anOlderVersionNeverReturns() {
        RecordBatch older = batch(victim, value("old"), 1, 2 * HOUR);
        assertThat(stored(older)).isEqualTo(ACCEPTED);
        assertThat(stored(batch(victim, value("new"), 2, HOUR))).isEqualTo(ACCEPTED);
        assertThat(stored(older)).isEqualTo(OUTDATED);
        assertThat(cached(older)).isEqualTo(OUTDATED);
        assertThat(shown()).isEqualTo("new");
    }

    @Test
    void ofEqualSequencesTheLargerDigestStaysInAnyOrder() {
        boolean isOneLarger = Key.ofContent(value("one")).compareTo(Key.ofContent(value("two"))) > 0;
        String larger = isOneLarger ? "one" : "two";
        String smaller = isOneLarger ? "two" : "one";
        assertThat(stored(batch(victim, value(smaller), 1, 2 * HOUR))).isEqualTo(ACCEPTED);
        assertThat(stored(batch(victim, value(larger), 1, HOUR))).isEqualTo(ACCEPTED);
        assertThat(stored(batch(victim, value(smaller), 1, 2 * HOUR))).isEqualTo(OUTDATED);
        assertThat(shown()).isEqualTo(larger);
    }

    @Test
    void itIsRenewedWithTheSameSequenceAndAReplayDoesNotShortenIt() {
        RecordBatch first = batch(victim, value("same"), 1, HOUR);
        RecordBatch renewed = batch(victim, value("same"), 1, 2 * HOUR);
        assertThat(stored(first)).isEqualTo(ACCEPTED);
        assertThat(stored(renewed)).isEqualTo(ACCEPTED);
        assertThat(stored(first)).isEqualTo(OUTDATED);
        simulation.run(HOUR + HOUR / 2);
        assertThat(holder.dht().heldBatches())
                .extracting(batch -> batch.statement().expiryMillis())
                .containsExactly(renewed.statement().expiryMillis());
    }

    /** An empty statement does not say which value it is about, so a holder cannot know that it is about this one. */
    @Test
    void anEmptyRecordDoesNotWithdrawIt() {
        assertThat(stored(batch(victim, value("stays"), 1, HOUR))).isEqualTo(ACCEPTED);
        assertThat(stored(batch(victim, new byte[0], 2, HOUR))).isEqualTo(INVALID);
        assertThat(stored(batch(stranger.identity(), new byte[0], 2, HOUR))).isEqualTo(INVALID);
        assertThat(shown()).isEqualTo("stays");
    }

    private static byte[] value(String content) {
        return new NamedValue(NAME, content.getBytes(StandardCharsets.US_ASCII)).encode();
    }

    private RecordBatch batch(Identity by, byte[] value, long sequence, long lifeMillis) {
        long expiryMillis = holder.environment().clock().wallMillis() + lifeMillis;
        Statement statement = new Statement(RecordType.VALUE, by.publicKey(), value, sequence, expiryMillis);
        return RecordBatch.sign(by, statement, List.of(key));
    }

    private Message stored(RecordBatch batch) {
        return asked(new Message.Store(batch)).message();
    }

    private Message cached(RecordBatch batch) {
        return asked(new Message.Cache(batch.records())).message();
    }

    private String shown() {
        Message.Values values = (Message.Values)
                asked(new Message.FindValue(key, RecordType.VALUE)).message();
        assertThat(values.recordsHeld()).isOne();
        byte[] value = values.records().get(0).statement().value();
        return new String(value, 20, value.length - 20, StandardCharsets.US_ASCII);
    }

    private Datagram asked(Message.Request request) {
        requests++;
        stranger.say(holder.endpoint(), stranger.header(holder.id(), requests), token, request);
        simulation.run(100);
        assertThat(stranger.responses()).hasSize(requests);
        return stranger.responses().get(requests - 1);
    }
}
