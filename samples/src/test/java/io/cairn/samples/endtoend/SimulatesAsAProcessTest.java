package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newcomer's first simulation, as the help shows it. */
class SimulatesAsAProcessTest {
    @Test
    void theFirstPlot(@TempDir Path folder) throws IOException {
        List<String> words = List.of("sim", "run", "a-first-plot", "--plot", "first.svg", "--json");
        try (CairnProcess run = CairnProcess.start(folder, words)) {
            assertThat(run.exitCode()).as(run.transcript()).isZero();
            assertThat(run.errors()).isEmpty();
            JsonNode report = run.await("sim");
            assertThat(report.path("good").asBoolean()).isTrue();
            assertThat(run.said("sim_sample")).hasSize(30);
            assertThat(folder.resolve("first.svg")).content().contains("<svg", "Success of look-ups");
        }
    }

    @Test
    void aFileThatMakesNoSense(@TempDir Path folder) throws IOException {
        try (CairnProcess run = CairnProcess.start(folder, List.of("sim", "run", "nowhere.toml", "--json"))) {
            assertThat(run.exitCode()).as(run.transcript()).isEqualTo(2);
            assertThat(run.await("error").path("why").asText()).contains("no such file");
        }
    }
}
