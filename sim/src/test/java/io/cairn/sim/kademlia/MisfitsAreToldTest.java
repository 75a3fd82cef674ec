package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.Dht;
import io.cairn.dht.Misfit;
import io.cairn.dht.env.Environment;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.DatagramCodec;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.dht.wire.SealedPacket;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MisfitsAreToldTest {
    private static final long TEN_MINUTES = 600_000;

    /** Behind the tag and length of the body, and the tag of the version. */
    private static final int VERSION_AT = 3;

    private final Simulation simulation = new Simulation(3, LinkModel.lan());
    private final SimulatedNode node = simulation.addNode();
    private final List<Misfit> told = new ArrayList<>();

    @Test
    void aClockThatDiffersIsToldOnceAndTheOtherHearsThisOne() {
        node.dht().observe(new Told());
        Stranger stranger = new Stranger(simulation, 1);
        for (int i = 0; i < 5; i++) {
            say(stranger, i, stranger.header(node.id(), i), TEN_MINUTES);
        }
        assertThat(told).hasSize(1);
        assertThat(told.get(0).isClock()).isTrue();
        assertThat(told.get(0).aheadMillis()).isBetween(TEN_MINUTES - 1_000, TEN_MINUTES);
        assertThat(told.get(0).address())
                .isEqualTo(stranger.contact().endpoint().address());
        assertThat(stranger.requests()).as("so that it can tell its user too").hasSize(1);
        assertThat(node.dht().misfits()).isEqualTo(told);
        simulation.run(TEN_MINUTES);
        assertThat(node.dht().misfits()).as("as of the last minutes").isEmpty();
    }

    @Test
    void anotherNetworkIsToldAndTheOtherHearsOfThisOne() {
        node.dht().observe(new Told());
        Stranger stranger = new Stranger(simulation, 1);
        Header header = stranger.header(node.id(), 1);
        stranger.say(
                node.endpoint(),
                new Header(NetworkId.ofName("other"), 1, header.sender(), node.id(), header.timeMillis()),
                null,
                new Message.Ping());
        simulation.run(100);
        assertThat(told)
                .containsExactly(new Misfit(stranger.contact().endpoint().address(), 0, NetworkId.ofName("other"), 0));
        assertThat(stranger.requests()).as("so that it can tell its user too").hasSize(1);
    }

    @Test
    void anotherVersionIsToldButNotAnswered() {
        Simulation signed = new Simulation(3, LinkModel.lan(), KademliaLimits.defaults(), DatagramCodec::new);
        SimulatedNode newer = signed.addNode();
        SimulatedNode older = signed.addNode();
        Endpoint endpoint = Simulation.endpoint(50_001);
        Environment stranger = signed.network().attach(endpoint);
        byte[] greeting = ((SealedPacket) newer.dht().sealGreetings(1).get(0)).toBytes();
        assertThat(greeting[VERSION_AT]).isEqualTo((byte) 1);
        greeting[VERSION_AT] = 2;
        stranger.network().send(older.endpoint(), SealedPacket.of(greeting));
        greeting[VERSION_AT] = 0;
        stranger.network().send(newer.endpoint(), SealedPacket.of(greeting));
        signed.run(1_000);
        assertThat(older.dht().misfits()).containsExactly(new Misfit(endpoint.address(), 0, null, 2));
        assertThat(newer.dht().misfits()).as("no version at all is noise").isEmpty();
        assertThat(signed.network().datagramsReceivedBy(endpoint)).isZero();
    }

    @Test
    void whoForgesVersionsReplacesNoneThatIsVerified() {
        Simulation signed = new Simulation(3, LinkModel.lan(), KademliaLimits.defaults(), DatagramCodec::new);
        SimulatedNode hearing = signed.addNode();
        SimulatedNode late = signed.addNode();
        late.dht().observe(new Told());
        Endpoint place = Simulation.endpoint(50_001);
        Environment there = signed.network().attach(place);
        SealedPacket greeting = (SealedPacket) hearing.dht().sealGreetings(1).get(0);
        signed.run(TEN_MINUTES);
        there.network().send(late.endpoint(), greeting);
        signed.run(100);
        assertThat(told).singleElement().matches(Misfit::isClock);

        byte[] forged = greeting.toBytes();
        forged[VERSION_AT] = 2;
        there.network().send(late.endpoint(), SealedPacket.of(forged));
        for (int i = 2; i < 102; i++) {
            signed.network()
                    .attach(Simulation.endpoint(50_000 + i))
                    .network()
                    .send(late.endpoint(), SealedPacket.of(forged));
        }
        signed.run(100);
        assertThat(late.dht().misfits())
                .startsWith(told.get(0))
                .hasSize(17)
                .filteredOn(misfit -> misfit.address().equals(place.address()))
                .containsExactly(told.get(0));
    }

    /** Each answers the other's greeting once, but not the answer. */
    @Test
    void twoNetworksOnOneLinkHearOfEachOtherAndFallSilent() {
        Stranger stranger = new Stranger(simulation, 1);
        Header header = stranger.header(node.id(), 1);
        for (int i = 0; i < 10; i++) {
            stranger.say(
                    node.endpoint(),
                    new Header(NetworkId.ofName("other"), i, header.sender(), null, header.timeMillis()),
                    null,
                    new Message.Ping());
            simulation.run(1_000);
        }
        assertThat(stranger.requests()).hasSize(1);
    }

    @Test
    void aFloodOfThemCostsAFewSignatures() {
        node.dht().observe(new Told());
        for (int i = 0; i < 200; i++) {
            Stranger stranger = new Stranger(simulation, i + 1);
            Header header = stranger.header(node.id(), i);
            stranger.say(
                    node.endpoint(),
                    new Header(header.network(), i, header.sender(), node.id(), header.timeMillis() - TEN_MINUTES),
                    null,
                    new Message.Ping());
        }
        simulation.run(500);
        assertThat(told).hasSize(4);
        assertThat(node.dht().misfits()).hasSize(4);
    }

    private void say(Stranger stranger, long requestId, Header header, long aheadMillis) {
        stranger.say(
                node.endpoint(),
                new Header(header.network(), requestId, header.sender(), node.id(), header.timeMillis() + aheadMillis),
                null,
                new Message.Ping());
        simulation.run(100);
    }

    private final class Told implements Dht.Observer {
        @Override
        public void appeared(Contact contact) {}

        @Override
        public void heard(Misfit misfit) {
            told.add(misfit);
        }
    }
}
