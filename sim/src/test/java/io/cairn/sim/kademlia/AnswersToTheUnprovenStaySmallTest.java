package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.ProviderAddresses;
import io.cairn.dht.wire.RecordBatch;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Statement;
import io.cairn.dht.wire.Token;
import io.cairn.dht.wire.WireSizes;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnswersToTheUnprovenStaySmallTest {
    private final Simulation simulation = new Simulation(2, LinkModel.lan());
    private final SplittableRandom random = new SplittableRandom(2);
    private final Key key = Key.random(random);
    private SimulatedNode node = simulation.addNode();

    @BeforeEach
    void fill() {
        simulation.addNodes(40);
        for (int i = 1; i < 20; i++) {
            simulation.provide(simulation.node(i), List.of(key));
        }
        node = simulation.living().stream()
                .filter(each ->
                        each.id().equals(simulation.closestLiving(key, 1).get(0)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void noAnswerIsMoreThanThriceTheRequestTheVerificationIncluded() {
        List<Message.Request> requests = List.of(
                new Message.Ping(),
                new Message.FindNode(key),
                new Message.FindValue(key, RecordType.PROVIDER),
                new Message.Store(batch(3)));
        int number = 0;
        for (Message.Request request : requests) {
            for (int padding : new int[] {0, 200, 300, 400, 1_200}) {
                Stranger stranger = new Stranger(simulation, number++);
                Header header = stranger.header(node.id(), 1);
                int sent = Math.max(padding, WireSizes.of(new Datagram(header, null, request)));
                stranger.sayPadded(node.endpoint(), header, request, sent);
                simulation.run(20_000);

                assertThat(stranger.responses()).hasSize(1);
                assertThat(stranger.bytesHeard())
                        .as("%s of %d bytes", request.getClass().getSimpleName(), sent)
                        .isLessThanOrEqualTo(
                                sent * KademliaLimits.defaults().guard().amplificationMax());
            }
        }
    }

    @Test
    void whoShowsATokenGetsAFullDatagram() {
        Stranger stranger = new Stranger(simulation, 100);
        Message.Request request = new Message.FindValue(key, RecordType.PROVIDER);
        stranger.say(node.endpoint(), stranger.header(node.id(), 1), null, request);
        simulation.run(100);
        Datagram first = stranger.responses().get(0);
        stranger.say(node.endpoint(), stranger.header(node.id(), 2), first.token(), request);
        simulation.run(100);
        Message.Values short1 = (Message.Values) first.message();
        Message.Values full = (Message.Values) stranger.responses().get(1).message();

        assertThat(short1.recordsHeld()).isEqualTo(19);
        assertThat(full.recordsHeld()).isEqualTo(19);
        assertThat(full.records().size()).isGreaterThan(short1.records().size());
        assertThat(full.closest().size()).isGreaterThan(short1.closest().size());
    }

    @Test
    void aStoreWithoutTokenIsRefusedAndTheFreshTokenIsTaken() {
        Stranger stranger = new Stranger(simulation, 101);
        Message.Store store = new Message.Store(batch(5));
        stranger.say(node.endpoint(), stranger.header(node.id(), 1), null, store);
        stranger.say(node.endpoint(), stranger.header(node.id(), 2), Token.of(new byte[8]), store);
        simulation.run(100);

        assertThat(stranger.responses())
                .extracting(Datagram::message)
                .containsOnly(new Message.Stored(0, Message.Refusal.TOKEN));
        assertThat(node.dht().heldBatches()).doesNotContain(store.batch());
        Token token = Objects.requireNonNull(stranger.responses().get(0).token());
        stranger.say(node.endpoint(), stranger.header(node.id(), 3), token, store);
        simulation.run(100);
        assertThat(stranger.responses().get(2).message()).isEqualTo(new Message.Stored(5, Message.Refusal.NONE));
        assertThat(node.dht().heldBatches()).contains(store.batch());
    }

    @Test
    void aTokenOfOneAddressIsWorthNothingAtAnother() {
        Stranger owner = new Stranger(simulation, 102);
        Stranger thief = new Stranger(simulation, 103);
        owner.say(node.endpoint(), owner.header(node.id(), 1), null, new Message.Ping());
        simulation.run(100);
        Token token = owner.responses().get(0).token();
        thief.say(node.endpoint(), thief.header(node.id(), 2), token, new Message.Store(batch(1)));
        simulation.run(100);

        assertThat(thief.responses().get(0).message()).isEqualTo(new Message.Stored(0, Message.Refusal.TOKEN));
    }

    private RecordBatch batch(int keys) {
        Identity publisher = Identity.generate(random);
        long expiryMillis = node.environment().clock().wallMillis() + 3_600_000;
        byte[] value = ProviderAddresses.encode(List.of(node.endpoint()));
        Statement statement = new Statement(RecordType.PROVIDER, publisher.publicKey(), value, 1, expiryMillis);
        List<Key> some = Stream.generate(() -> Key.random(random)).limit(keys).toList();
        return RecordBatch.sign(publisher, statement, some);
    }
}
