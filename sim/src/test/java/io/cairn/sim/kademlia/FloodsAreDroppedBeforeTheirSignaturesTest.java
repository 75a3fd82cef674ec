package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.env.Environment;
import io.cairn.dht.env.Packet;
import io.cairn.dht.id.Key;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Envelopes;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.MalformedException;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.RecordType;
import io.cairn.dht.wire.Token;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FloodsAreDroppedBeforeTheirSignaturesTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final int ADDRESSES = 500;
    private static final int DATAGRAMS = 20_000;

    private final PlainEnvelopes envelopes = new PlainEnvelopes();
    private final Set<Packet> forged = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Simulation simulation = new Simulation(5, LinkModel.lan(), LIMITS, Counting::new);
    private final SplittableRandom random = new SplittableRandom(5);
    private final SimulatedNode node = simulation.addNode();
    private final List<Environment> sources = new ArrayList<>();
    private int verified;

    FloodsAreDroppedBeforeTheirSignaturesTest() {
        for (int i = 0; i < ADDRESSES; i++) {
            sources.add(simulation.network().attach(Simulation.endpoint(60_000 + i)));
        }
    }

    @Test
    void aReplayedRequestIsCheckedAsOftenAsItsSenderMayRepeatIt() {
        Stranger stranger = new Stranger(simulation, 1);
        Packet valid = sealed(stranger, 1, null, new Message.FindNode(simulation.randomKey()));

        flood(any -> valid);

        assertThat(verified).isEqualTo(LIMITS.guard().hearingsMax());
        assertThat(dropped("replay")).isEqualTo(DATAGRAMS - LIMITS.guard().hearingsMax());
    }

    @Test
    void anAnswerToNothingIsNotChecked() {
        Stranger stranger = new Stranger(simulation, 1);

        flood(i -> sealed(stranger, i, null, new Message.Pong(node.endpoint())));

        assertThat(verified).isZero();
        assertThat(dropped("unexpected")).isEqualTo(DATAGRAMS);
    }

    @Test
    void fewOfAnotherNetworksDatagramsAreCheckedSoThatItsNodesCanBeNamed() {
        Header header = new Stranger(simulation, 1).header(node.id(), 1);
        Header other =
                new Header(NetworkId.ofName("other"), 1, header.sender(), header.recipient(), header.timeMillis());
        Packet packet = envelopes.seal(new Datagram(other, null, new Message.Ping()));

        flood(any -> packet);

        assertThat(verified).isLessThanOrEqualTo(8);
        assertThat(dropped("other-network")).isEqualTo(DATAGRAMS);
    }

    @Test
    void strangersShareABudgetOverAllAddresses() {
        List<Stranger> strangers = strangers(200);

        flood(i -> sealed(
                strangers.get(i % 200), i, null, new Message.FindValue(simulation.randomKey(), RecordType.PROVIDER)));

        assertThat(verified)
                .isBetween(
                        LIMITS.guard().unprovenBurstMax() / 2,
                        LIMITS.guard().unprovenBurstMax() + LIMITS.guard().unprovenPerSecondMax());
        assertThat(dropped("unproven")).isEqualTo(DATAGRAMS - verified);
    }

    @Test
    void wrongSignaturesShareItToo() {
        List<Stranger> strangers = strangers(200);

        flood(i -> forged(strangers.get(i % 200), i));

        assertThat(verified)
                .isLessThanOrEqualTo(
                        LIMITS.guard().unprovenBurstMax() + LIMITS.guard().unprovenPerSecondMax());
        assertThat(dropped("bad-signature")).isEqualTo(verified);
    }

    @Test
    void whoIsKnownOrProvenOrNewIsHeardAllTheSame() {
        SimulatedNode known = simulation.addNode();
        simulation.await(known.dht().join(List.of(node.endpoint())));
        simulation.run(1_000);
        assertThat(node.dht().contacts()).contains(known.contact());
        Stranger proven = new Stranger(simulation, 1_000);
        proven.say(node.endpoint(), proven.header(node.id(), 1), null, new Message.Ping());
        simulation.run(100);
        Token token = Objects.requireNonNull(proven.responses().get(0).token());
        Stranger newcomer = new Stranger(simulation, 1_001);
        List<Stranger> strangers = strangers(200);
        flood(i -> forged(strangers.get(i % 200), i));

        long answered = known.dht().statistics().requestsAnswered();
        known.dht().findClosest(Key.at(node.id()));
        proven.say(node.endpoint(), proven.header(node.id(), 2), token, new Message.Ping());
        newcomer.say(node.endpoint(), newcomer.header(node.id(), 1), null, new Message.Ping());
        for (int i = 0; i < 2_000; i++) {
            send(i, forged(strangers.get(i % 200), i));
        }
        simulation.run(100);

        assertThat(known.dht().statistics().requestsAnswered()).isGreaterThan(answered);
        assertThat(proven.responses()).hasSize(2);
        assertThat(newcomer.responses()).hasSize(1);
    }

    @Test
    void ofThoseWhoBorrowAKnownNamesTooOnlySoManyAreChecked() {
        SimulatedNode known = simulation.addNode();
        simulation.await(known.dht().join(List.of(node.endpoint())));
        simulation.run(1_000);
        verified = 0;

        for (int i = 0; i < DATAGRAMS; i++) {
            known.environment().network().send(node.endpoint(), forged(known.identity(), i));
        }
        simulation.run(1_000);

        assertThat(verified)
                .isLessThanOrEqualTo(
                        2 * (LIMITS.guard().unprovenBurstMax() + LIMITS.guard().unprovenPerSecondMax()));
    }

    @Test
    void falseAnswersOfTheOneAskedAreCheckedAFewTimes() {
        Stranger liar = new Stranger(simulation, 1);
        List<Long> asked = new ArrayList<>();
        Environment host = simulation.network().attach(Simulation.endpoint(59_999));
        host.network()
                .listen((from, packet) -> asked.add(((PlainEnvelopes.PlainPacket) packet)
                        .datagram()
                        .header()
                        .requestId()));
        node.dht().ping(Simulation.endpoint(59_999));
        simulation.run(50);
        verified = 0;

        Packet lie = sealed(liar, asked.get(0), null, new Message.Pong(node.endpoint()));
        forged.add(lie);
        for (int i = 0; i < 1_000; i++) {
            host.network().send(node.endpoint(), lie);
        }
        simulation.run(50);

        assertThat(verified).isBetween(1, 10);
    }

    private void flood(IntFunction<Packet> packets) {
        verified = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            send(i, packets.apply(i));
            if (i % 20 == 19) {
                simulation.run(1);
            }
        }
        simulation.run(10);
    }

    private void send(int number, Packet packet) {
        sources.get(number % ADDRESSES).network().send(node.endpoint(), packet);
    }

    private Packet sealed(Stranger sender, long requestId, @Nullable Token token, Message message) {
        return envelopes.seal(new Datagram(sender.header(node.id(), requestId), token, message));
    }

    private Packet forged(Stranger sender, long requestId) {
        return forged(sender.identity(), requestId);
    }

    private Packet forged(Identity sender, long requestId) {
        long nowMillis = node.environment().clock().wallMillis();
        Header header = new Header(simulation.networkId(), requestId, sender.publicKey(), node.id(), nowMillis);
        Packet packet = envelopes.seal(new Datagram(header, null, new Message.FindNode(Key.random(random))));
        forged.add(packet);
        return packet;
    }

    private List<Stranger> strangers(int count) {
        List<Stranger> strangers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            strangers.add(new Stranger(simulation, 100 + i));
        }
        return strangers;
    }

    private long dropped(String reason) {
        return node.dht().statistics().dropped().getOrDefault(reason, 0L);
    }

    /** Counts the signatures that the node under test has checked. */
    private final class Counting implements Envelopes {
        private final Identity owner;

        Counting(Identity owner) {
            this.owner = owner;
        }

        @Override
        public Packet seal(Datagram datagram) {
            return envelopes.seal(datagram);
        }

        @Override
        public Packet sealPadded(Datagram datagram, int bytesMin) {
            return envelopes.sealPadded(datagram, bytesMin);
        }

        @Override
        public Arrived open(Packet packet) {
            Arrived arrived = envelopes.open(packet);
            return new Arrived() {
                @Override
                public Header claimedHeader() {
                    return arrived.claimedHeader();
                }

                @Override
                public Claim claim() throws MalformedException {
                    return arrived.claim();
                }

                @Override
                public @Nullable Datagram verify() throws MalformedException {
                    verified += owner.equals(node.identity()) ? 1 : 0;
                    return forged.contains(packet) ? null : arrived.verify();
                }
            };
        }
    }
}
