package io.cairn.sim.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Report;
import io.cairn.sim.scenario.Scenario;
import io.cairn.sim.scenario.ScenarioRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenariosThatShipTest {
    static final List<String> SHIPPED = Scenarios.SHIPPED;

    private static final Path FOLDER = Path.of("..", "samples", "scenarios");
    private static final ScenarioRun.Progress SILENT = new ScenarioRun.Progress() {
        @Override
        public void at(long virtualMillis, long totalMillis) {}

        @Override
        public void sampled(Report.Point point) {}
    };

    @ParameterizedTest
    @FieldSource("SHIPPED")
    void everyOneMakesSenseAndSaysWhatItShows(String name) throws CairnException {
        Scenario builtIn = new Scenarios(null).find(name);
        assertThat(builtIn.name()).isEqualTo(name);
        assertThat(builtIn.title()).isNotBlank().isNotEqualTo(name);
        assertThat(builtIn.expectations()).isNotEmpty();
        assertThat(new Scenarios(FOLDER).find(name)).isEqualTo(builtIn);
    }

    @Test
    void theFolderHoldsTheseAndNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            SHIPPED.stream().map(name -> name + ".toml").toList());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-first-plot", "static-1k"})
    void theSmallOnesHoldTheirLines(String name) throws CairnException, InterruptedException {
        Report report = Simulator.run(new Scenarios(null).find(name), SILENT);
        assertThat(report.verdicts())
                .as("seed " + report.scenario().seed())
                .isNotEmpty()
                .allMatch(Report.Verdict::holds);
    }

    @Test
    void anEditedOneIsPreferred(@TempDir Path folder) throws IOException, CairnException {
        String text = Files.readString(FOLDER.resolve("a-first-plot.toml")).replace("nodes = 200", "nodes = 123");
        Files.writeString(folder.resolve("a-first-plot.toml"), text);
        assertThat(new Scenarios(folder).find("a-first-plot").nodes()).isEqualTo(123);
        assertThat(new Scenarios(folder).find("static-1k").nodes()).isEqualTo(1_000);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeItBegins() throws CairnException {
        Scenario large = new Scenarios(null).find("idle-100k");
        assertThatThrownBy(() -> Simulator.run(large, SILENT, 512L << 20))
                .isInstanceOfSatisfying(CairnException.class, refused -> {
                    assertThat(refused.why()).contains("100,000 nodes", "512 MiB");
                    assertThat(refused.next()).contains("CAIRN_SIM_HEAP=3g");
                });
    }
}
