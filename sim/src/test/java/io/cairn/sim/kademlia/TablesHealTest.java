package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.LookupReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.network.LinkModel;
import java.util.List;
import org.junit.jupiter.api.Test;

class TablesHealTest {
    private static final int K = KademliaLimits.defaults().k();
    private static final long MINUTE = 60_000;

    @Test
    void tenMinutesAfterThreeInTenDiedLookupsFindTheClosestOfTheLiving() {
        Simulation simulation = filled(91, 1_000);
        simulation.run(MINUTE);
        double before = messagesPerSecond(simulation, 10 * MINUTE);
        simulation.killAny(300);
        simulation.run(10 * MINUTE);
        int found = 0;
        for (int i = 0; i < 100; i++) {
            Key key = simulation.randomKey();
            LookupReport report = simulation.await(simulation.anyLiving().dht().findClosest(key));
            List<NodeId> ids = report.closest().stream().map(Contact::id).toList();
            found += (int) simulation.closestLiving(key, K).stream()
                    .filter(ids::contains)
                    .count();
        }
        long wellInformed = simulation.living().stream()
                .filter(node -> neighboursKnown(simulation, node) >= K - 2)
                .count();
        simulation.run(30 * MINUTE);

        // A look-up does not find its own node: k of 700 nodes are among the closest to a key, so with k = 20 about
        // 97 % is the possible maximum.
        assertThat(found).as("seed 91, of 100 k").isGreaterThanOrEqualTo(96 * K);
        assertThat(wellInformed).as("seed 91, of 700").isGreaterThanOrEqualTo(690);
        assertThat(before).isLessThanOrEqualTo(0.2);
        assertThat(messagesPerSecond(simulation, 10 * MINUTE))
                .as("then all is quiet again")
                .isLessThanOrEqualTo(0.2);
        assertThat(simulation.check()).isEmpty();
    }

    @Test
    void whoIsCutOffForgetsNobodyAsksEverMoreRarelyAndComesBack() {
        Simulation simulation = filled(92, 300);
        SimulatedNode alone = simulation.anyLiving();
        simulation.run(MINUTE);
        int contacts = alone.dht().contacts().size();
        simulation.network().partition(endpoint -> endpoint.equals(alone.endpoint()) ? 1 : 0);
        simulation.run(10 * MINUTE);
        long requestsBefore = alone.dht().statistics().requestsSent();
        simulation.run(50 * MINUTE);
        long requests = alone.dht().statistics().requestsSent() - requestsBefore;

        assertThat(alone.dht().contacts()).as("seed 92").hasSize(contacts);
        assertThat(requests).as("in 3,000 seconds").isBetween(100L, 400L);
        simulation.killAny(1);
        simulation.network().heal();
        simulation.run(3 * MINUTE);
        assertThat(neighboursKnown(simulation, alone)).isGreaterThanOrEqualTo(K - 1);
        assertThat(alone.isAlive()).isTrue();
    }

    @Test
    void whoWakesGreetsThoseItKnowsAndJoinsAgainWithinFifteenSeconds() {
        Simulation simulation = filled(93, 300);
        SimulatedNode sleeper = simulation.anyLiving();
        simulation.run(MINUTE);
        simulation.suspend(sleeper, 60 * MINUTE);
        simulation.run(60 * MINUTE);
        int heardBefore = simulation.network().datagramsReceivedBy(sleeper.endpoint());
        long lookupsBefore = sleeper.dht().statistics().lookups();
        simulation.run(15_000);

        assertThat(simulation.network().datagramsReceivedBy(sleeper.endpoint()) - heardBefore)
                .as("answers, seed 93")
                .isGreaterThanOrEqualTo(K);
        assertThat(sleeper.dht().statistics().lookups()).isGreaterThan(lookupsBefore);
        assertThat(neighboursKnown(simulation, sleeper)).isEqualTo(K);
    }

    @Test
    void joiningTakesLessThanAHundredAndTwentyRequests() {
        Simulation simulation = filled(94, 2_000);
        long requests = 0;
        for (int i = 0; i < 10; i++) {
            SimulatedNode newcomer = simulation.addNode();
            SimulatedNode known = simulation.node(i);
            simulation.await(newcomer.dht().join(List.of(known.endpoint())));
            requests += newcomer.dht().statistics().requestsSent();
            assertThat(neighboursKnown(simulation, newcomer)).as("seed 94").isGreaterThanOrEqualTo(K - 2);
        }
        assertThat(requests / 10).as("seed 94").isLessThan(120);
    }

    private static Simulation filled(long seed, int nodes) {
        Simulation simulation = new Simulation(seed, LinkModel.internet());
        simulation.createNodes(nodes);
        simulation.fillTables();
        return simulation;
    }

    /** How many of the k other living nodes closest to a node are in its table. */
    private static int neighboursKnown(Simulation simulation, SimulatedNode node) {
        List<NodeId> known = node.dht().contacts().stream().map(Contact::id).toList();
        return (int) simulation.closestLiving(Key.at(node.id()), K + 1).stream()
                .filter(known::contains)
                .count();
    }

    private static double messagesPerSecond(Simulation simulation, long millis) {
        long before = simulation.network().datagramsSent();
        simulation.run(millis);
        return (simulation.network().datagramsSent() - before)
                / (millis / 1_000.0)
                / simulation.living().size();
    }
}
