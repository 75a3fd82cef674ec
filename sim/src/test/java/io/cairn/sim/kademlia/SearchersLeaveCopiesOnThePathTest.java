package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SearchersLeaveCopiesOnThePathTest {
    private static final long MINUTE = 60_000;
    private static final int NODES = 400;
    private static final KademliaLimits LIMITS = limits(4);

    private final Simulation simulation = new Simulation(51, LinkModel.lan(), LIMITS, identity -> new PlainEnvelopes());

    @Test
    void copiesLieBesideTheClosestNodesAndAreGoneAfterHalfAnHour() {
        simulation.addNodes(NODES);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(0), List.of(key));
        Set<NodeId> closest = Set.copyOf(simulation.closestLiving(key, LIMITS.k()));
        assertThat(copies()).isZero();

        for (int i = 1; i <= 100; i++) {
            assertThat(simulation.find(simulation.node(3 * i), key).providers()).hasSize(1);
        }
        simulation.run(MINUTE);
        int copies = copies();
        assertThat(copies).as("seed " + simulation.seed()).isBetween(3, 60);
        assertThat(simulation.living().stream()
                        .filter(node -> node.dht().recordStatistics().copies() > 0))
                .as("beside those who hold it")
                .noneMatch(node -> closest.contains(node.id()));
        simulation.run(31 * MINUTE);
        assertThat(copies()).as("half an hour later").isZero();
        assertThat(simulation.find(simulation.node(7), key).providers()).hasSize(1);
    }

    @Test
    void whatIsWithdrawnIsNotFoundAnyMoreOnceTheCopiesAreGone() {
        simulation.addNodes(NODES);
        Key key = simulation.randomKey();
        simulation.provide(simulation.node(0), List.of(key));
        for (int i = 1; i <= 50; i++) {
            simulation.find(simulation.node(5 * i), key);
        }
        simulation.node(0).dht().withdraw(key);
        for (int minutes = 0; minutes < 30; minutes += 5) {
            simulation.run(5 * MINUTE);
            simulation.find(simulation.node(17 + minutes), key);
        }
        simulation.run(MINUTE);

        assertThat(copies()).as("copies do not beget copies").isZero();
        assertThat(simulation.find(simulation.node(200), key).providers()).isEmpty();
    }

    private int copies() {
        return simulation.living().stream()
                .mapToInt(node -> node.dht().recordStatistics().copies())
                .sum();
    }

    /** Small buckets, so that look-ups in a small network take several steps. */
    private static KademliaLimits limits(int k) {
        KademliaLimits usual = KademliaLimits.defaults();
        return new KademliaLimits(
                k,
                usual.alpha(),
                usual.table(),
                usual.requests(),
                usual.lookups(),
                usual.records(),
                usual.publishing(),
                usual.guard(),
                usual.upkeep());
    }
}
