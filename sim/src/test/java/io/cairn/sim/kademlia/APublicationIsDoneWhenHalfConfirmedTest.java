package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.PublishReport;
import io.cairn.dht.id.Key;
import io.cairn.dht.wire.Message;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class APublicationIsDoneWhenHalfConfirmedTest {
    private final Simulation simulation = new Simulation(8, LinkModel.lan());
    private final SimulatedNode publisher = simulation.addNode();
    private final List<Key> keys =
            List.of(simulation.randomKey(), simulation.randomKey(), simulation.randomKey(), simulation.randomKey());
    private int stores;
    private int takers;

    @ParameterizedTest(name = "{1} of {0} confirm it")
    @CsvSource({"10, 10", "10, 5", "10, 4", "10, 1", "9, 5", "9, 4", "3, 2", "3, 1", "1, 1", "1, 0", "10, 0"})
    void andTheCountsAreOfConfirmationsJustReceived(int nodes, int confirming) {
        meet(nodes);
        takers = confirming;

        PublishReport report = simulation.provide(publisher, keys);
        int storesAtFirst = stores;
        simulation.run(3 * 60_000);

        assertThat(report.rootTargets()).isEqualTo(nodes + 1);
        assertThat(report.rootStoredOn())
                .as("this node, and those that said so")
                .isEqualTo(confirming + 1);
        assertThat(report.nodes()).isEqualTo(confirming + 1);
        assertThat(stores > storesAtFirst)
                .as("published again, since fewer than half confirmed")
                .isEqualTo(2 * confirming < nodes);
    }

    @ParameterizedTest
    @CsvSource({"10, 10, 3", "10, 3, 0"})
    void whatWasConfirmedEarlierDoesNotCount(int nodes, int confirming, int confirmingLater) {
        meet(nodes);
        takers = confirming;
        assertThat(simulation.provide(publisher, keys).rootStoredOn()).isEqualTo(confirming + 1);
        takers = confirmingLater;

        PublishReport again = simulation.provide(publisher, keys);

        assertThat(again.rootStoredOn()).isEqualTo(confirmingLater + 1);
        assertThat(again.nodes()).isEqualTo(confirmingLater + 1);
    }

    /** Adds nodes that can be found, and hold what a test sets. */
    private void meet(int count) {
        for (int i = 0; i < count; i++) {
            Stranger holder = new Stranger(simulation, i);
            int number = i;
            holder.answer(request -> answer(number, request));
            holder.say(publisher.endpoint(), holder.header(null, 1), null, new Message.Ping());
            simulation.run(100);
        }
        assertThat(publisher.dht().contacts()).hasSize(count);
    }

    private Message.@Nullable Response answer(int number, Message.Request request) {
        if (request instanceof Message.Ping) {
            return new Message.Pong(publisher.endpoint());
        } else if (request instanceof Message.FindNode) {
            return new Message.Nodes(List.of());
        } else if (request instanceof Message.FindValue) {
            return new Message.Values(List.of(), 0, List.of());
        } else if (request instanceof Message.Store store) {
            stores++;
            return number < takers
                    ? new Message.Stored(store.batch().keys().size(), Message.Refusal.NONE)
                    : new Message.Stored(0, Message.Refusal.FULL);
        }
        return null;
    }
}
