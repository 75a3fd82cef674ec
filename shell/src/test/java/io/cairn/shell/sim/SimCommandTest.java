package io.cairn.shell.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.shell.Cli;
import io.cairn.sim.file.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class SimCommandTest {
    private static final String TINY = """
            title = "Thirty nodes & what they find"
            nodes = 30
            seed = 5
            start = "oracle"
            duration = "20 s"
            sample = "2 s"

            [[deaths]]
            at = "10 s"
            part = 0.2

            [[lookups]]
            over = "20 s"
            count = 40

            [expect]
            "look-ups.success" = ">= 0.9"
            """;

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
    }

    @Test
    void helpLeadsToTheFirstPlot() {
        assertThat(cli.run("sim", "--help")).isZero();
        assertThat(cli.out())
                .contains("cairn sim run a-first-plot --plot first.svg", "compare")
                .doesNotContain("--bootstrap");
        for (String word : List.of("run", "list", "compare")) {
            Cli other = new Cli(folder);
            assertThat(other.run("sim", word, "--help")).isZero();
            assertThat(other.out()).contains("--json").doesNotContain("--bootstrap");
        }
        assertThat(new Cli(folder).run("sim")).isEqualTo(2);
    }

    @Test
    void listsWhatShips() {
        assertThat(cli.run("sim", "list")).isZero();
        assertThat(cli.outLines()).hasSameSizeAs(Scenarios.SHIPPED);
        assertThat(cli.outLines().get(0)).startsWith("a-first-plot ");
    }

    @Test
    void printsAReportForPeople() throws IOException {
        assertThat(cli.run("sim", "run", tiny().toString())).isZero();
        assertThat(cli.out())
                .contains("tiny  Thirty nodes & what they find", "look-ups", "100 %", "holds   look-ups.success >= 0.9")
                .doesNotContain("FAILS");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void withJsonEveryLineIsAnObjectAndTheLastOneTheReport() throws IOException {
        assertThat(cli.run("sim", "run", tiny().toString(), "--json")).isZero();
        List<JsonNode> objects = cli.json();
        assertThat(objects).hasSize(11);
        assertThat(objects.subList(0, 10))
                .allMatch(object -> object.path("type").asText().equals("sim_sample"));
        JsonNode report = objects.get(10);
        assertThat(report.path("type").asText()).isEqualTo("sim");
        assertThat(report.path("nodes").asInt()).isEqualTo(30);
        assertThat(report.path("look-ups.success").isNumber()).isTrue();
        assertThat(report.path("good").asBoolean()).isTrue();
        assertThat(report.path("trace").asText()).matches("[0-9a-f]{16}");
    }

    @Test
    void writesTheCurvesUnderAHeader() throws IOException {
        Path csv = folder.resolve("curves.csv");
        assertThat(cli.run("sim", "run", tiny().toString(), "--csv", csv.toString()))
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(11);
        assertThat(lines.get(0)).startsWith("atMillis,living,lookups,success");
        assertThat(lines)
                .allMatch(line -> line.split(",", -1).length == lines.get(0).split(",", -1).length);
        assertThat(lines.get(1)).startsWith("2000,30,");
    }

    @Test
    void drawsTheCurvesWithTheirNames() throws Exception {
        Path plot = folder.resolve("curves.svg");
        assertThat(cli.run("sim", "run", tiny().toString(), "--plot", plot.toString()))
                .isZero();
        String texts = texts(plot);
        assertThat(texts)
                .contains("Thirty nodes & what they find", "Hops to learn the closest node", "referrals", "mean")
                .contains("Latency of a look-up", "milliseconds", "median", "95th percentile")
                .contains("Success of look-ups", "closest node found", "dashed: 20.0 % of the nodes die at once");
    }

    @Test
    void aLineThatIsNotHeldIsExitCodeOne() throws IOException {
        Path strict = Files.writeString(folder.resolve("strict.toml"), TINY + "\"look-ups.latency-p50\" = \"<= 1\"\n");
        assertThat(cli.run("sim", "run", strict.toString())).isEqualTo(1);
        assertThat(cli.out()).contains("FAILS   look-ups.latency-p50 <= 1");
    }

    @Test
    void nonsenseIsThreeLinesAndExitCodeTwo() throws IOException {
        Path bad = Files.writeString(folder.resolve("bad.toml"), TINY + "[weather]\n");
        assertThat(cli.run("sim", "run", bad.toString())).isEqualTo(2);
        assertThat(cli.err()).contains("bad.toml", "there is no key \"weather\"");
        assertThat(cli.err().lines()).hasSize(3);
        assertThat(new Cli(folder).run("sim", "run", "no-such-scenario")).isEqualTo(2);
        assertThat(new Cli(folder).run("sim", "run", "a-first-plot", "--nodes", "1"))
                .isEqualTo(2);
        assertThat(new Cli(folder).run("sim", "run", "a-first-plot", "--plot", "/no/such/folder/x.svg"))
                .isEqualTo(2);
        assertThat(new Cli(folder).run("sim", "compare", "--deaths", "1")).isEqualTo(2);
    }

    @Test
    void comparesTwoProtocols() {
        assertThat(cli.run("sim", "compare", "--nodes", "60", "--lookups", "50", "--json"))
                .isZero();
        assertThat(cli.json().stream()
                        .filter(object -> object.path("type").asText().equals("sim_compare"))
                        .map(object -> object.path("protocol").asText()))
                .containsExactly("Kademlia", "Chord", "Chord, successor list");
    }

    private Path tiny() throws IOException {
        return Files.writeString(folder.resolve("tiny.toml"), TINY);
    }

    private static String texts(Path svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = factory.newDocumentBuilder().parse(svg.toFile());
        NodeList texts = document.getElementsByTagName("text");
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.getLength(); i++) {
            all.append(texts.item(i).getTextContent()).append('\n');
        }
        return all.toString();
    }
}
