package io.cairn.dht.node.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Clock;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.trace.FinishedSpan;
import io.cairn.dht.trace.ForeignTraces;
import io.cairn.dht.trace.Span;
import io.cairn.dht.trace.Tracer;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordType;
import io.cairn.testing.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Alice looks up a key and asks Bob. */
class RequestsOfTracedLookupsAreFollowedTest {
    private static final NetworkId NETWORK = NetworkId.ofName("test");

    private final FakeClock clock = new FakeClock();
    private final SplittableRandom random = new SplittableRandom(1);
    private final Identity alice = Identity.fromSeed(new byte[Identity.SEED_BYTES]);
    private final Identity bob = Identity.fromSeed(filled());
    private final Key key = Key.random(random);
    private final Side asking = new Side(alice, List.of());

    /** One node's envelopes and the spans that ended there. */
    private final class Side {
        final Identity self;
        final List<FinishedSpan> spans = new ArrayList<>();
        final Tracer tracer = new Tracer(clock, random, spans::add);
        final TracedEnvelopes envelopes;

        Side(Identity self, List<NodeId> named) {
            this.self = self;
            this.envelopes = new TracedEnvelopes(new DatagramCodec(self), tracer, new ForeignTraces(named), clock);
        }

        Packet say(long requestId, Identity to, Message message) {
            return envelopes.seal(datagram(requestId, to, message));
        }

        Datagram datagram(long requestId, Identity to, Message message) {
            Header header = new Header(NETWORK, requestId, self.publicKey(), to.nodeId(), clock.wallMillis());
            return new Datagram(header, null, message);
        }
    }

    private static final class FakeClock extends ManualClock implements Clock {}

    @Test
    void theAnswerIsAStepOfTheQuestion() throws Exception {
        Side answering = new Side(bob, List.of(alice.nodeId()));
        Span lookup = begin();
        exchange(answering, 1);
        assertThat(asking.spans).hasSize(1);
        FinishedSpan question = asking.spans.get(0);
        FinishedSpan answer = answering.spans.get(0);
        assertThat(question.parentHex()).isEqualTo(lookup.context().spanHex());
        assertThat(answer.parentHex()).isEqualTo(question.context().spanHex());
        assertThat(answer.context().traceHex()).isEqualTo(lookup.context().traceHex());
        assertThat(question.kind()).isEqualTo(Span.Kind.CLIENT);
        assertThat(answer.kind()).isEqualTo(Span.Kind.SERVER);
        assertThat(answer.endMillis() - answer.startMillis()).isEqualTo(5);
        assertThat(question.endMillis() - question.startMillis()).isEqualTo(5);
        assertThat(question.error()).isNull();
        assertThat(question.attributes())
                .containsEntry("cairn.peer.id", bob.nodeId().toHex());
        assertThat(answer.attributes())
                .containsEntry("cairn.peer.id", alice.nodeId().toHex());
    }

    @Test
    void aNodeThatDoesNotNameTheAskerFollowsNothing() throws Exception {
        Side answering = new Side(bob, List.of(NodeId.random(random)));
        begin();
        exchange(answering, 1);
        assertThat(asking.spans).hasSize(1);
        assertThat(answering.spans).isEmpty();
    }

    @Test
    void aNamedNodeGetsTenNewTracesASecond() throws Exception {
        Side answering = new Side(bob, List.of(alice.nodeId()));
        for (int i = 0; i < 30; i++) {
            Span lookup = begin();
            assertThat(answer(answering, question(i))).isNotNull();
            lookup.end();
            asking.envelopes.lookupEnded(key);
        }
        assertThat(answering.spans).hasSize(ForeignTraces.PER_SECOND_MAX);
        clock.advance(1_000);
        begin();
        exchange(answering, 100);
        assertThat(answering.spans).hasSize(ForeignTraces.PER_SECOND_MAX + 1);
    }

    @Test
    void aRepeatedRequestIsOneStep() throws Exception {
        Side answering = new Side(bob, List.of(alice.nodeId()));
        begin();
        Packet question = question(1);
        assertThat(answering.envelopes.open(question).verify()).isNotNull();
        assertThat(answer(answering, question)).isNotNull();
        assertThat(answering.spans).hasSize(1);
    }

    @Test
    void whatNobodyAnsweredHasFailedWhenTheLookupEnds() {
        begin();
        assertThat(question(1).sizeBytes()).isPositive();
        asking.envelopes.lookupEnded(key);
        assertThat(asking.spans).singleElement().matches(span -> "no answer".equals(span.error()));
    }

    @Test
    void whatIsNotPartOfATraceIsTheSameBytesAsWithoutTracing() {
        DatagramCodec plain = new DatagramCodec(alice);
        begin();
        for (Message message : List.of(
                new Message.Ping(),
                new Message.FindNode(key),
                new Message.FindValue(Key.random(random), RecordType.PROVIDER),
                new Message.Nodes(List.of()))) {
            Datagram datagram = asking.datagram(7, bob, message);
            assertThat(asking.envelopes.seal(datagram)).isEqualTo(plain.seal(datagram));
            assertThat(asking.envelopes.sealPadded(datagram, 300)).isEqualTo(plain.sealPadded(datagram, 300));
        }
        assertThat(asking.spans).isEmpty();
    }

    @Test
    void questionsThatNobodyAnswersTakeBoundedMemory() {
        begin();
        for (int i = 0; i < 3_000; i++) {
            assertThat(question(i).sizeBytes()).isPositive();
        }
        assertThat(asking.spans).hasSize(3_000 - 1_024).allMatch(span -> "no answer".equals(span.error()));
    }

    private Span begin() {
        Span lookup = asking.tracer.begin("lookup");
        asking.envelopes.lookups().begin(key, lookup);
        return lookup;
    }

    private Packet question(long requestId) {
        return asking.say(requestId, bob, new Message.FindValue(key, RecordType.PROVIDER));
    }

    private void exchange(Side answering, long requestId) throws Exception {
        Packet answer = answer(answering, question(requestId));
        assertThat(asking.envelopes.open(answer).verify()).isNotNull();
    }

    private Packet answer(Side answering, Packet question) throws Exception {
        Datagram opened = answering.envelopes.open(question).verify();
        assertThat(opened).isNotNull();
        clock.advance(5);
        return answering.say(opened.header().requestId(), alice, new Message.Values(List.of(), 0, List.of()));
    }

    private static byte[] filled() {
        byte[] seed = new byte[Identity.SEED_BYTES];
        seed[0] = 1;
        return seed;
    }
}
