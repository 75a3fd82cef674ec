package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.DialBack;
import io.cairn.dht.DialBackTurns;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Datagram;
import io.cairn.dht.wire.Message;
import io.cairn.dht.wire.Token;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DialBacksTellWhoCanBeReachedTest {
    private static final long NAT_MILLIS = 120_000;
    private static final long NONCE = 77;

    private final Simulation simulation = new Simulation(5, LinkModel.lan());
    private final SimulatedNode helper = simulation.addNode();
    private final SimulatedNode node = simulation.addNode();

    @Test
    void anOpenNodeIsReached() {
        assertThat(asks(helper.contact()))
                .isEqualTo(new DialBack(helper.contact(), DialBack.Outcome.REACHED, node.endpoint()));
    }

    /** It hears the answer, since it sent the request to that port, but not the knock. */
    @Test
    void aNodeBehindANatIsNotReachedAndLearnsWhereItIsSeen() {
        simulation.network().hideBehindNat(node.endpoint(), NAT_MILLIS);
        assertThat(asks(helper.contact()))
                .isEqualTo(new DialBack(helper.contact(), DialBack.Outcome.NOT_REACHED, node.endpoint()));
    }

    @Test
    void oneOfTwoKnocksMayBeLost() {
        simulation.network().setLink(LinkModel.lan().withLoss(0.2));
        int reached = 0;
        for (int i = 0; i < 20; i++) {
            reached += asks(helper.contact()).outcome() == DialBack.Outcome.REACHED ? 1 : 0;
            simulation.run(DialBackTurns.PAUSE_MILLIS);
        }
        assertThat(reached).isGreaterThan(16);
    }

    @Test
    void aHelperThatIsAskedAgainAtOnceDeclines() {
        asks(helper.contact());
        assertThat(asks(helper.contact()).outcome()).isEqualTo(DialBack.Outcome.DECLINED);
        simulation.run(DialBackTurns.PAUSE_MILLIS);
        assertThat(asks(helper.contact()).outcome()).isEqualTo(DialBack.Outcome.REACHED);
    }

    @Test
    void aNodeThatDoesNotKnowTheMessageIsAHelperThatDoesNotAnswer() {
        Stranger silent = new Stranger(simulation, 1);
        assertThat(asks(silent.contact())).isEqualTo(new DialBack(silent.contact(), DialBack.Outcome.UNANSWERED, null));
    }

    @Test
    void aKnockOfAnotherNodeOrWithAnotherNonceIsNotBelieved() {
        Stranger liar = new Stranger(simulation, 1);
        Stranger accomplice = new Stranger(simulation, 2);
        liar.answer(request -> {
            if (!(request instanceof Message.DialBack asked)) {
                return null;
            }
            accomplice.say(node.endpoint(), accomplice.header(node.id(), asked.nonce()), null, new Message.Knock());
            liar.say(node.endpoint(), liar.header(node.id(), asked.nonce() + 1), null, new Message.Knock());
            return new Message.DialledBack(Message.Refusal.NONE, node.endpoint());
        });
        assertThat(asks(liar.contact()).outcome()).isEqualTo(DialBack.Outcome.NOT_REACHED);
    }

    @Test
    void aKnockThatNobodyAskedForChangesNothing() {
        Stranger stranger = new Stranger(simulation, 1);
        List<Contact> before = node.dht().contacts();
        stranger.say(node.endpoint(), stranger.header(node.id(), NONCE), null, new Message.Knock());
        simulation.run(1_000);
        assertThat(node.dht().contacts()).isEqualTo(before);
        assertThat(stranger.responses()).isEmpty();
        assertThat(stranger.requests()).isEmpty();
    }

    /** The address is the one that the request came from, which the token proves: there is no way to name another. */
    @Test
    void nobodyIsKnockedAtForARequestWithAForgedAddress() {
        Stranger attacker = new Stranger(simulation, 1);
        Stranger victim = new Stranger(simulation, 2);
        Token token = token(attacker);
        attacker.say(helper.endpoint(), attacker.header(helper.id(), 2), null, dialBack(victim));
        victim.say(helper.endpoint(), attacker.header(helper.id(), 3), token, dialBack(victim)); // as if forged
        simulation.run(5_000);
        assertThat(knocks()).isZero();
        assertThat(victim.responses())
                .extracting(Datagram::message)
                .containsExactly(new Message.DialledBack(
                        Message.Refusal.TOKEN, victim.contact().endpoint()));
    }

    @Test
    void theKnockGoesToTheAddressOfTheRequesterAtThePortItNames() {
        Stranger asker = new Stranger(simulation, 1);
        Endpoint other = new Endpoint(asker.contact().endpoint().address(), 9);
        Stranger sameHost = new Stranger(simulation, 2, other);
        asker.say(
                helper.endpoint(),
                asker.header(helper.id(), 2),
                token(asker),
                new Message.DialBack(other.port(), NONCE));
        simulation.run(5_000);
        assertThat(sameHost.responses())
                .extracting(Datagram::message)
                .containsExactly(new Message.Knock(), new Message.Knock());
        assertThat(sameHost.responses())
                .allSatisfy(knock -> assertThat(knock.header().requestId()).isEqualTo(NONCE));
    }

    @Test
    void aFloodOfOneAddressGetsTwoKnocks() {
        Stranger stranger = new Stranger(simulation, 1);
        Token token = token(stranger);
        for (int i = 0; i < 50; i++) {
            stranger.say(
                    helper.endpoint(), stranger.header(helper.id(), 100 + i), token, new Message.DialBack(4747, 1 + i));
        }
        simulation.run(5_000);
        assertThat(knocks()).isEqualTo(2);
    }

    @Test
    void aFloodOfManyAddressesGetsTwoKnocksForAFewOfThem() {
        for (int i = 0; i < 3 * DialBackTurns.ADDRESSES_MAX; i++) {
            Stranger stranger = new Stranger(simulation, i);
            stranger.say(helper.endpoint(), stranger.header(helper.id(), 2), token(stranger), dialBack(stranger));
        }
        simulation.run(500);
        assertThat(knocks()).isBetween(2L * DialBackTurns.ADDRESSES_MAX, 4L * DialBackTurns.ADDRESSES_MAX);
        assertThat(simulation.nowMillis())
                .as("the flood itself took less than two pauses")
                .isLessThan(20_000);
    }

    @Test
    void aRepeatIsAnsweredAsBeforeWithoutNewKnocks() {
        Stranger stranger = new Stranger(simulation, 1);
        Token token = token(stranger);
        for (int i = 0; i < 3; i++) {
            stranger.say(helper.endpoint(), stranger.header(helper.id(), 2), token, dialBack(stranger));
            simulation.run(1_000);
        }
        assertThat(stranger.responses().stream().map(Datagram::message))
                .filteredOn(Message.DialledBack.class::isInstance)
                .hasSize(3)
                .containsOnly(new Message.DialledBack(
                        Message.Refusal.NONE, stranger.contact().endpoint()));
        assertThat(knocks()).isEqualTo(2);
    }

    private DialBack asks(Contact asked) {
        return simulation.await(node.dht().dialBack(asked, node.endpoint().port()));
    }

    private static Message.DialBack dialBack(Stranger stranger) {
        return new Message.DialBack(stranger.contact().endpoint().port(), NONCE);
    }

    private Token token(Stranger stranger) {
        stranger.say(helper.endpoint(), stranger.header(helper.id(), 1), null, new Message.Ping());
        simulation.run(50);
        return Objects.requireNonNull(stranger.responses().get(0).token());
    }

    private long knocks() {
        return simulation.sentByKind().getOrDefault("Knock", 0L);
    }
}
