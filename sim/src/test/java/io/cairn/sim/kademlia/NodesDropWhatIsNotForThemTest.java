package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Header;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.NetworkId;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodesDropWhatIsNotForThemTest {
    private final Simulation simulation = new Simulation(1, LinkModel.lan());
    private final SimulatedNode node = simulation.addNode();
    private final Stranger stranger = new Stranger(simulation, 1);

    @Test
    void anotherNetwork() {
        Header header = stranger.header(node.id(), 1);
        say(new Header(NetworkId.ofName("other"), 1, header.sender(), node.id(), header.timeMillis()));

        assertDropped("other-network");
    }

    @Test
    void anotherRecipient() {
        say(stranger.header(NodeId.random(new SplittableRandom(3)), 1));

        assertDropped("other-recipient");
    }

    @Test
    void aRequestOtherThanAGreetingThatNamesNoRecipient() {
        stranger.say(node.endpoint(), stranger.header(null, 1), null, new Message.FindNode(Key.at(node.id())));
        simulation.run(100);

        assertDropped("other-recipient");
    }

    @Test
    void aStaleOrFutureTime() {
        Header header = stranger.header(node.id(), 1);
        long window = KademliaLimits.defaults().guard().timeStampWindowMillis();
        for (long shift : List.of(-window - 1_000, window + 1_000)) {
            say(new Header(header.network(), 1, header.sender(), node.id(), header.timeMillis() + shift));
        }

        assertThat(node.dht().statistics().dropped()).containsOnly(Map.entry("stale-time", 2L));
        assertThat(stranger.responses()).isEmpty();
    }

    @Test
    void itsOwnIdComingBack() {
        Header header = stranger.header(node.id(), 1);
        say(new Header(header.network(), 1, node.identity().publicKey(), node.id(), header.timeMillis()));

        assertDropped("own");
    }

    @Test
    void anAnswerToNothing() {
        stranger.say(node.endpoint(), stranger.header(node.id(), 77), null, new Message.Pong(node.endpoint()));
        simulation.run(100);

        assertDropped("unexpected");
        assertThat(node.dht().contacts()).isEmpty();
    }

    @Test
    void anAnswerFromSomebodyElseThanWasAsked() {
        Stranger other = new Stranger(simulation, 2);
        node.dht().ping(stranger.contact().endpoint());
        simulation.run(50);
        assertThat(stranger.requests()).hasSize(1);
        other.say(node.endpoint(), other.header(node.id(), 12_345), null, new Message.Pong(node.endpoint()));
        simulation.run(50);

        assertThat(node.dht().contacts()).isEmpty();
    }

    @Test
    void butTheyAnswerAGreetingAndVerifyWhoSentIt() {
        stranger.answer(request -> new Message.Pong(node.endpoint()));
        say(stranger.header(null, 1));

        assertThat(stranger.responses()).hasSize(1);
        assertThat(stranger.responses().get(0).message())
                .isEqualTo(new Message.Pong(stranger.contact().endpoint()));
        assertThat(stranger.responses().get(0).token()).isNotNull();
        assertThat(node.dht().contacts()).containsExactly(stranger.contact());
    }

    @Test
    void andAStrangerThatDoesNotAnswerStaysOut() {
        say(stranger.header(null, 1));
        simulation.run(10_000);

        assertThat(stranger.requests()).as("asked once, never again").hasSize(1);
        assertThat(node.dht().contacts()).isEmpty();
    }

    private void say(Header header) {
        stranger.say(node.endpoint(), header, null, new Message.Ping());
        simulation.run(100);
    }

    private void assertDropped(String reason) {
        assertThat(node.dht().statistics().dropped()).containsOnly(Map.entry(reason, 1L));
        assertThat(stranger.responses()).isEmpty();
    }
}
