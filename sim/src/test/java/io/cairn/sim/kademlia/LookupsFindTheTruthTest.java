package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cairn.dht.LookupReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.sim.network.LinkModel;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Production nodes with full tables and a mean round trip of 100 milliseconds. */
class LookupsFindTheTruthTest {
    private static final int K = KademliaLimits.defaults().k();
    private static final int LOOKUPS = 400;

    private final Simulation simulation = new Simulation(71, LinkModel.ofMeanRoundTrip(100));
    private final SplittableRandom random = new SplittableRandom(72);

    LookupsFindTheTruthTest() {
        simulation.createNodes(1_000);
        simulation.fillTables();
        simulation.run(60_000);
    }

    @Test
    void theTwentyClosestInEveryLookupAsQuicklyAsTheoryHasIt() {
        List<LookupReport> reports = lookUp();

        double hops = reports.stream().mapToInt(LookupReport::hops).average().orElseThrow();
        double requests =
                reports.stream().mapToInt(LookupReport::requests).average().orElseThrow();
        assertThat(hops).isCloseTo(0.90, within(0.15));
        assertThat(requests).isLessThan(23);
        assertThat(reports).filteredOn(report -> report.hops() > 1).hasSizeLessThan(LOOKUPS / 20);
        assertThat(reports).filteredOn(LookupReport::isOverDisjointPaths).hasSizeLessThan(LOOKUPS / 50);
    }

    @Test
    void theClosestLivingNodeWithinFourSecondsWhenThreeOfTenHaveJustDied() {
        simulation.killAny(300);
        List<LookupReport> reports = new ArrayList<>();
        for (int i = 0; i < LOOKUPS; i++) {
            SimulatedNode asker = simulation.anyLiving();
            Key key = Key.random(random);
            LookupReport report = simulation.await(asker.dht().findClosest(key));
            assertThat(report.closest().get(0).id())
                    .isEqualTo(closest(asker, key).get(0));
            reports.add(report);
        }
        assertThat(reports).allSatisfy(report -> assertThat(report.millis()).isLessThan(4_000));
    }

    @Test
    void andTellHowLargeTheNetworkIsAndHowFarAwayTheOthersAre() {
        SimulatedNode node = simulation.node(7);
        for (int i = 0; i < 32; i++) {
            simulation.await(node.dht().findClosest(Key.random(random)));
        }
        assertThat((double) node.dht().statistics().networkSize()).isCloseTo(1_000, within(250.0));
        assertThat(node.dht().statistics().roundTrips().p50Millis()).isBetween(60, 140);
    }

    private List<LookupReport> lookUp() {
        List<LookupReport> reports = new ArrayList<>();
        for (int i = 0; i < LOOKUPS; i++) {
            SimulatedNode asker = simulation.anyLiving();
            Key key = Key.random(random);
            LookupReport report = simulation.await(asker.dht().findClosest(key));
            assertThat(report.closest()).extracting(Contact::id).isEqualTo(closest(asker, key));
            reports.add(report);
        }
        return reports;
    }

    private List<NodeId> closest(SimulatedNode asker, Key key) {
        return simulation.closestLiving(key, K + 1).stream()
                .filter(id -> !id.equals(asker.id()))
                .limit(K)
                .toList();
    }
}
