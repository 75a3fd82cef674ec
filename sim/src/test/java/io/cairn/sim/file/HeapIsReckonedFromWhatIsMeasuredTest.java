package io.cairn.sim.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Scenario;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeapIsReckonedFromWhatIsMeasuredTest {
    /** Java excludes one survivor space from the requested maximum heap: a tenth of a third. */
    private static final double COUNTED = 29.0 / 30;

    @ParameterizedTest(name = "{0} with {1} nodes took {2} MiB")
    @CsvSource({
        "static-100k, 20000, 301",
        "idle-100k, 5000, 121",
        "join, 1000, 47",
        "join, 5000, 205",
        "churn-short, 10000, 365",
        "third-dies, 5000, 169",
        "adversaries-20, 5000, 69",
        "sweep, 300, 200"
    })
    void whatWasMeasuredIsWithinTheEstimate(String name, int nodes, long measuredMebibytes) throws CairnException {
        assertThat(HeapEstimate.of(scenario(name).withNodes(nodes)) >> 20).isGreaterThan(measuredMebibytes);
    }

    @ParameterizedTest
    @CsvSource({"800000, 16", "1000000, 20"})
    void lookUpsAmongAMillionNodesFitTwentyGibibytes(int nodes, long gibibytes) throws CairnException {
        assertThat(HeapEstimate.of(scenario("static-100k").withNodes(nodes)))
                .isLessThan((long) (COUNTED * (gibibytes << 30)));
    }

    @Test
    void everyScenarioThatShipsFitsTheHeapOfTheLauncher() throws CairnException {
        assertThat(new Scenarios(null).all()).allMatch(scenario -> HeapEstimate.of(scenario) < COUNTED * (4L << 30));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50_000, 100_000, 700_000, 1_000_000, 5_000_000})
    void whatItAsksForIsEnough(int nodes) throws CairnException {
        long needed = HeapEstimate.of(scenario("churn-short").withNodes(nodes));
        assertThat(COUNTED * (HeapEstimate.gibibytesFor(needed) << 30)).isGreaterThanOrEqualTo((double) needed);
    }

    private static Scenario scenario(String name) throws CairnException {
        return new Scenarios(null).find(name);
    }
}
