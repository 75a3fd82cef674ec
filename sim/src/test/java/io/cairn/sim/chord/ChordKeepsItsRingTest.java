package io.cairn.sim.chord;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.sim.network.LinkModel;
import io.cairn.sim.network.SessionLengths;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChordKeepsItsRingTest {
    private static final long MINUTE_MILLIS = 60_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20, 21, 60})
    void aFilledRingIsTheTrueOneAndStaysSo(int nodes) {
        ChordSimulation simulation = new ChordSimulation(200 + nodes, LinkModel.lan(), ChordLimits.defaults());
        simulation.fill(nodes);
        assertThat(simulation.misplaced()).isZero();
        assertThat(simulation.wrongFingers()).isZero();
        simulation.run(20 * MINUTE_MILLIS);
        assertThat(simulation.misplaced()).isZero();
        assertThat(simulation.wrongFingers()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 0", "3, 0", "5, 0.05", "30, 0", "150, 0.02"})
    void joinsConvergeToTheTrueRing(int nodes, double loss) {
        ChordSimulation simulation =
                new ChordSimulation(300 + nodes, LinkModel.internet().withLoss(loss), ChordLimits.defaults());
        simulation.addNode();
        AtomicInteger joined = new AtomicInteger();
        for (int i = 1; i < nodes; i++) {
            simulation.join().thenAccept(found -> joined.addAndGet(found ? 1 : 0));
            simulation.run(1_000);
        }
        simulation.run(30 * MINUTE_MILLIS);

        assertThat(joined).as("seed " + (300 + nodes)).hasValue(nodes - 1);
        assertThat(simulation.misplaced()).isZero();
        assertThat(simulation.wrongFingers()).isZero();
    }

    @Test
    void manyWhoJoinAtOnceConverge() {
        ChordSimulation simulation = new ChordSimulation(401, LinkModel.internet(), ChordLimits.defaults());
        simulation.fill(50);
        for (int i = 0; i < 50; i++) {
            simulation.join();
        }
        simulation.run(30 * MINUTE_MILLIS);

        assertThat(simulation.misplaced()).isZero();
        assertThat(simulation.wrongFingers()).isZero();
    }

    @Test
    void aGracefulLeaveMovesThePointersAtOnce() {
        ChordSimulation simulation = new ChordSimulation(501, LinkModel.internet(), ChordLimits.defaults());
        simulation.fill(100);
        for (int i = 0; i < 50; i++) {
            ChordNode leaving = simulation.anyLiving();
            Contact before = leaving.predecessor().orElseThrow();
            Contact after = leaving.successors().get(0);
            CompletionStage<Void> left = simulation.leave(leaving);
            simulation.runUntil(() -> left.toCompletableFuture().isDone());

            assertThat(node(simulation, before).successors()).startsWith(after);
            assertThat(node(simulation, after).predecessor()).contains(before);
        }
        assertThat(wrong(simulation.lookups(500, Route.SUCCESSORS, 1_000))).isZero();
    }

    @Test
    void theLastTwoMayLeaveToo() {
        ChordSimulation simulation = new ChordSimulation(502, LinkModel.lan(), ChordLimits.defaults());
        simulation.fill(3);
        while (simulation.living().size() > 1) {
            CompletionStage<Void> left = simulation.leave(simulation.anyLiving());
            simulation.runUntil(() -> left.toCompletableFuture().isDone());
        }
        assertThat(simulation.misplaced()).isZero();
        assertThat(wrong(simulation.lookups(10, Route.FINGERS, 10))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"100, 0.3, 0", "300, 0.5, 0.01", "3, 0.67, 0"})
    void theRingIsRepairedFromTheSuccessorLists(int nodes, double crashed, double loss) {
        ChordSimulation simulation =
                new ChordSimulation(600 + nodes, LinkModel.internet().withLoss(loss), ChordLimits.forNodes(nodes));
        simulation.fill(nodes);
        simulation.crash(crashed);
        simulation.run(30 * MINUTE_MILLIS);

        assertThat(simulation.misplaced()).as("seed " + (600 + nodes)).isZero();
        assertThat(simulation.wrongFingers()).isZero();
    }

    /** 200 random nodes in a ring of 200 are replaced within about an hour: every second one leaves with notice, the others crash. */
    @Test
    void lookupsSucceedUnderChurn() {
        ChordSimulation simulation = new ChordSimulation(701, LinkModel.internet(), ChordLimits.forNodes(200));
        simulation.fill(200);
        List<ChordSimulation.Found> found = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            ChordNode gone = simulation.anyLiving();
            if (i % 2 == 0) {
                simulation.kill(gone);
            } else {
                simulation.leave(gone);
            }
            simulation.join();
            found.addAll(simulation.lookups(10, Route.FINGERS_AND_SUCCESSOR_LIST, 18_000));
        }
        long right = found.stream().filter(ChordSimulation.Found::isTrue).count();

        assertThat(right / (double) found.size()).as("seed 701").isGreaterThanOrEqualTo(0.995);
        simulation.run(30 * MINUTE_MILLIS);
        assertThat(simulation.misplaced()).isZero();
    }

    /** Newcomers that have not found their place yet ask as well. */
    @Test
    void sessionsOfAnHourAreBorne() {
        ChordReport report = ChordExperiment.runUnderChurn(
                711, 300, LinkModel.internet(), 2_000, new SessionLengths(60 * MINUTE_MILLIS), 120 * MINUTE_MILLIS);

        assertThat(report.success()).as("seed 711").isGreaterThanOrEqualTo(0.99);
    }

    private static ChordNode node(ChordSimulation simulation, Contact contact) {
        return simulation.living().stream()
                .filter(node -> node.contact().equals(contact))
                .findFirst()
                .orElseThrow();
    }

    private static long wrong(List<ChordSimulation.Found> found) {
        return found.stream().filter(one -> !one.isTrue()).count();
    }
}
