package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.dht.Dht;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Message;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class RequestsAreRepeatedUntilAnsweredTest {
    private final Simulation simulation = new Simulation(3, new LinkModel(0, 0, 0));
    private final SimulatedNode node = simulation.addNode();
    private final Stranger stranger = new Stranger(simulation, 1);

    @Test
    void threeTimesWithGrowingPatienceUnderOneRequestId() {
        CompletionStage<Contact> ping = node.dht().ping(stranger.contact().endpoint());
        List<Long> times = new ArrayList<>();
        stranger.answer(request -> {
            times.add(simulation.nowMillis());
            return null;
        });

        assertThatThrownBy(() -> simulation.await(ping)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(times).containsExactly(0L, 500L, 1_500L);
        assertThat(simulation.nowMillis()).isEqualTo(3_000);
        assertThat(node.dht().statistics().requestsSent()).isEqualTo(1);
    }

    @Test
    void soonerOnceRoundTripsAreKnownButNoSilenceCountsBeforeSeconds() {
        Endpoint endpoint = stranger.contact().endpoint();
        stranger.answer(request -> new Message.Pong(node.endpoint()));
        for (int i = 0; i < 10; i++) {
            simulation.await(node.dht().ping(endpoint));
        }
        long start = simulation.nowMillis();
        List<Long> times = new ArrayList<>();
        stranger.answer(request -> {
            if (request instanceof Message.Ping) { // it is also asked for its neighbours, since it is new
                times.add(simulation.nowMillis() - start);
            }
            return null;
        });

        assertThatThrownBy(() -> simulation.await(node.dht().ping(endpoint)))
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(times).as("a hundred milliseconds more than the quickest").containsExactly(0L, 101L, 303L);
        assertThat(simulation.nowMillis() - start).isEqualTo(3_000);
    }

    @Test
    void anyAttemptMayBeTheOneThatIsAnswered() {
        stranger.answer(request -> simulation.nowMillis() < 1_000 ? null : new Message.Pong(node.endpoint()));

        assertThat(simulation.await(node.dht().ping(stranger.contact().endpoint())))
                .isEqualTo(stranger.contact());
        assertThat(node.dht().contacts()).containsExactly(stranger.contact());
    }

    @Test
    void anAnswerOfAnotherKindIsNone() {
        stranger.answer(request -> new Message.Stored(1, Message.Refusal.NONE));

        assertThatThrownBy(() ->
                        simulation.await(node.dht().ping(stranger.contact().endpoint())))
                .hasCauseInstanceOf(TimeoutException.class);
        assertThat(node.dht().statistics().dropped()).containsEntry("unexpected", 3L);
    }

    @Test
    void aSilentContactDoesNotKeepALookupFromFindingTheOthers() {
        simulation.addNodes(10);
        Key key = Key.random(new SplittableRandom(9));
        simulation.provide(simulation.node(3), List.of(key));
        stranger.answer(request -> new Message.Pong(node.endpoint()));
        simulation.await(node.dht().ping(simulation.node(3).endpoint()));
        simulation.await(node.dht().ping(stranger.contact().endpoint()));
        simulation.await(node.dht().join(List.of(simulation.node(3).endpoint())));
        stranger.answer(request -> null);
        long start = simulation.nowMillis();
        List<Long> foundMillis = new ArrayList<>();
        node.dht().findProviders(key, new Dht.SearchListener() {
            @Override
            public void found(Provider provider) {
                foundMillis.add(simulation.nowMillis() - start);
            }

            @Override
            public void ended(SearchReport report) {
                assertThat(report.answered()).isGreaterThanOrEqualTo(10);
            }
        });
        simulation.run(5_000);

        assertThat(foundMillis).hasSize(1);
        assertThat(foundMillis.get(0)).as("before the silent one is given up").isLessThan(1_000);
    }

    @Test
    void closingEndsWhatIsPending() {
        CompletionStage<Contact> ping = node.dht().ping(Endpoint.parse("10.200.0.1:1"));
        CompletionStage<Integer> join = node.dht().join(List.of(Endpoint.parse("10.200.0.2:1")));
        node.dht().close();

        assertThatThrownBy(() -> simulation.await(ping)).hasCauseInstanceOf(TimeoutException.class);
        assertThat(simulation.await(join)).isZero();
        long sent = simulation.network().datagramsSent();
        simulation.run(600_000);
        assertThat(simulation.network().datagramsSent()).isEqualTo(sent);
    }
}
