package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SessionLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NodesComeAndGoTest {
    private static final long HOUR = 3_600_000;

    @Test
    void halfOfAllSessionsAreShorterThanTheMedianAndOldNodesStayLonger() {
        SplittableRandom random = new SplittableRandom(81);
        SessionLengths sessions = new SessionLengths(HOUR);
        List<Long> lengths = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            lengths.add(sessions.whole(random));
        }
        assertThat(part(lengths, 0, HOUR)).isCloseTo(0.5, within(0.01));
        assertThat(part(lengths, 2 * HOUR, HOUR)).isBetween(0.78, 0.82);
        assertThat(part(lengths, 10 * HOUR, HOUR)).isBetween(0.88, 0.92);
    }

    @Test
    void inAStationaryNetworkAsManyLeaveInTheFirstHourAsInTheThird() {
        Simulation simulation = new Simulation(82, LinkModel.internet());
        simulation.createNodes(300);
        simulation.fillTables();
        Churn churn = simulation.startChurn(new SessionLengths(HOUR));
        List<Long> departures = new ArrayList<>();
        for (int hour = 0; hour < 3; hour++) {
            long before = churn.departures();
            simulation.run(HOUR);
            departures.add(churn.departures() - before);
            assertThat(simulation.living()).hasSize(300);
        }
        double expected = 300 / 4.163;
        assertThat(departures.get(0)).as("seed 82").isBetween((long) (expected * 0.6), (long) (expected * 1.5));
        assertThat(departures.get(2)).as("seed 82").isBetween((long) (expected * 0.6), (long) (expected * 1.5));
        assertThat(simulation.check()).isEmpty();
        SimulatedNode spared = simulation.anyLiving();
        churn.spare(spared);
        simulation.run(HOUR);
        assertThat(spared.isAlive()).isTrue();
    }

    /** Among the sessions that lasted {@code upMillis}, the fraction that lasts {@code moreMillis} more. */
    private static double part(List<Long> lengths, long upMillis, long moreMillis) {
        long up = lengths.stream().filter(length -> length >= upMillis).count();
        long longer = lengths.stream()
                .filter(length -> length >= upMillis + moreMillis)
                .count();
        return longer / (double) up;
    }
}
