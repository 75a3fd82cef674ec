package io.cairn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OneSeedIsOneRunTest {
    @Test
    void twoRunsDoTheSameToTheLastDatagramAndFindTheSame() throws InterruptedException {
        Scenario scenario = everything(9_100);
        Report first = run(scenario);
        Report second = run(scenario);

        assertThat(second.traceHash()).isEqualTo(first.traceHash());
        assertThat(second.figures()).isEqualTo(first.figures());
        assertThat(second.timeline()).isEqualTo(first.timeline());
        assertThat(second.verdicts()).isEqualTo(first.verdicts());
        assertThat(run(scenario.withSeed(9_101)).traceHash()).isNotEqualTo(first.traceHash());
    }

    @Test
    void whatIsMeasuredIsInTheReport() throws InterruptedException {
        Report report = run(everything(9_102));

        assertThat(report.lookups()).singleElement().satisfies(lookups -> {
            assertThat(lookups.count()).isBetween(35, 40);
            assertThat(lookups.success()).isBetween(0.5, 1.0);
        });
        assertThat(report.searches()).extracting(Report.SearchFigures::name).containsExactly("records-found", "found");
        assertThat(report.publications())
                .singleElement()
                .satisfies(published -> assertThat(published.keys()).isEqualTo(15));
        assertThat(report.tables()).extracting(Report.TableFigures::name).containsExactly("early", "tables");
        assertThat(report.timeline()).hasSize(6);
        assertThat(report.traffic().kinds()).extracting(Figure::name).contains("find-node", "store");
        assertThat(report.verdicts()).allMatch(Report.Verdict::holds);
        assertThat(report.cost().events()).isPositive();
    }

    @Test
    void aLineThatIsNotHeldIsToldAndWithAnotherSizeNotJudged() throws InterruptedException {
        Scenario scenario = everything(9_103);
        Scenario strict = new Scenario(
                "strict",
                "What cannot be",
                scenario.seed(),
                scenario.nodes(),
                scenario.start(),
                false,
                10_000,
                10_000,
                scenario.kademlia(),
                scenario.link(),
                null,
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Scenario.Lookups("look-ups", 0, 5_000, 5)),
                List.of(),
                RecordWork.NONE,
                List.of(
                        new Expectation("look-ups.latency-p50", 0, 1),
                        new Expectation("no-such.figure", 0, Double.POSITIVE_INFINITY)));
        Report report = run(strict);

        assertThat(report.isGood()).isFalse();
        assertThat(report.verdicts())
                .filteredOn(verdict -> !verdict.holds())
                .extracting(Report.Verdict::actual)
                .anyMatch(actual -> actual.matches("[0-9]{2,}"))
                .contains("nothing measured");
        assertThat(run(strict.withNodes(80)).isGood()).isTrue();
    }

    @Test
    void whatTheDeadWereAskedIsNotWaitedFor() throws InterruptedException {
        Scenario scenario = new Scenario(
                "deaths",
                "Half of those who ask die before they hear an answer",
                9_104,
                60,
                Scenario.Start.ORACLE,
                false,
                30_000,
                10_000,
                Scenario.Kademlia.defaults(),
                new Scenario.Link(400, 40, 0, 0),
                null,
                null,
                List.of(new Scenario.Death(100, 0.5)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Scenario.Lookups("look-ups", 0, 0, 40)),
                List.of(),
                RecordWork.NONE,
                List.of());
        Report report = run(scenario);

        assertThat(report.lookups().get(0).count()).isBetween(10, 30);
        assertThat(report.verdicts()).allMatch(Report.Verdict::holds);
    }

    /** A bit of everything that can happen to a network of a hundred nodes in a minute. */
    private static Scenario everything(long seed) {
        return new Scenario(
                "everything",
                "A bit of everything",
                seed,
                100,
                Scenario.Start.ORACLE,
                false,
                60_000,
                10_000,
                new Scenario.Kademlia(8, 0, 0),
                new Scenario.Link(100, 10, 0.05, 0.01),
                new Scenario.Churn(600_000),
                new Scenario.Adversaries(0.05, Scenario.Behaviour.LIE),
                List.of(new Scenario.Death(30_000, 0.1)),
                List.of(new Scenario.Partition(40_000, 5_000, 2)),
                List.of(new Scenario.Publication("records", 0, 5_000, 3, 5, 2)),
                List.of(new Scenario.Searches("found", 20_000, 40_000, 10)),
                List.of(new Scenario.Lookups("look-ups", 0, 60_000, 40)),
                List.of(new Scenario.TableCheck("early", 1_000)),
                new RecordWork(
                        List.of(new RecordWork.Services("printing", 0, 5_000, 20, 600_000)),
                        List.of(new RecordWork.Discoveries("discovered", 15_000, 5_000, 5, "printing", 0)),
                        List.of(new RecordWork.Loads("load", 15_000, "printing")),
                        List.of(new RecordWork.Values("values", 0, 5_000, 5, 2)),
                        List.of(new RecordWork.Reads("read", 15_000, 5_000, 10, "values"))),
                List.of());
    }

    private static Report run(Scenario scenario) throws InterruptedException {
        return ScenarioRun.of(scenario, new ScenarioRun.Progress() {
            @Override
            public void at(long virtualMillis, long totalMillis) {
                assertThat(virtualMillis).isLessThanOrEqualTo(totalMillis);
            }

            @Override
            public void sampled(Report.Point point) {
                assertThat(point.living()).isPositive();
            }
        });
    }
}
