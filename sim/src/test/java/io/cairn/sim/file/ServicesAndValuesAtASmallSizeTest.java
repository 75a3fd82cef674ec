package io.cairn.sim.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import io.cairn.sim.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The scenarios of services and values with fewer nodes: {@code cairn sim run popular-service} and its siblings take minutes. A shard of
 * 200 announcers is a larger part of them than one of 1,000, so a node may hold 12 % instead of 3 %.
 */
class ServicesAndValuesAtASmallSizeTest {
    private static final Path FOLDER = Path.of("..", "samples", "scenarios");
    private static final Map<String, String> FEWER_ANNOUNCERS = Map.of(
            "nodes = 10_000", "nodes = 1_000",
            "announcers = 1_000", "announcers = 200",
            "count = 1_000", "count = 100",
            "count = 50\n", "count = 3\n",
            "<= 0.03", "<= 0.15");
    private static final Map<String, String> FEWER_VALUES =
            Map.of("nodes = 10_000", "nodes = 1_000", "count = 300\n", "count = 50\n", "count = 3_000", "count = 500");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aPopularServiceIsSpread() throws IOException, CairnException, InterruptedException {
        holds("popular-service", FEWER_ANNOUNCERS);
    }

    @Test
    void aRushThinsOut() throws IOException, CairnException, InterruptedException {
        holds("service-rush", FEWER_ANNOUNCERS);
    }

    @Test
    void valuesOutliveTwoInTenNodes() throws IOException, CairnException, InterruptedException {
        holds("values-deaths", FEWER_VALUES);
    }

    @Test
    void valuesAreReadAmongTwoInTenLiars() throws IOException, CairnException, InterruptedException {
        holds("values-liars", FEWER_VALUES);
    }

    private void holds(String name, Map<String, String> smaller)
            throws IOException, CairnException, InterruptedException {
        Path file = folder.resolve(name + ".toml");
        Files.writeString(file, replaced(Files.readString(FOLDER.resolve(name + ".toml")), smaller));
        Scenario scenario = new Scenarios(null).find(file.toString());
        Report report = Simulator.run(scenario, new ScenarioRun.Progress() {
            @Override
            public void at(long virtualMillis, long totalMillis) {}

            @Override
            public void sampled(Report.Point point) {}
        });
        assertThat(report.verdicts()).hasSizeGreaterThan(3).allMatch(Report.Verdict::holds);
    }

    private static String replaced(String text, Map<String, String> smaller) {
        StringBuilder result = new StringBuilder();
        for (String line : text.split("(?<=\n)", -1)) {
            String changed = line;
            for (Map.Entry<String, String> part : smaller.entrySet()) {
                if (line.contains(part.getKey())) {
                    changed = line.replace(part.getKey(), part.getValue());
                }
            }
            result.append(changed);
        }
        return result.toString();
    }
}
