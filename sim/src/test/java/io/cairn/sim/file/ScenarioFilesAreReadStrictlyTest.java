package io.cairn.sim.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Expectation;
import io.cairn.sim.scenario.Scenario;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFilesAreReadStrictlyTest {
    private static final String LEAST = "nodes = 10\nduration = \"1.5 min\"\n";

    @Test
    void whatIsLeftOutHasADefault() throws CairnException {
        Scenario scenario = ScenarioFile.parse("here", "least", LEAST);
        assertThat(scenario.nodes()).isEqualTo(10);
        assertThat(scenario.durationMillis()).isEqualTo(90_000);
        assertThat(scenario.start()).isEqualTo(Scenario.Start.JOIN);
        assertThat(scenario.link()).isEqualTo(new Scenario.Link(100, 10, 0, 0));
        assertThat(scenario.churn()).isNull();
        assertThat(scenario.adversaries()).isNull();
    }

    @Test
    void whatIsThereIsTaken() throws CairnException {
        String text = LEAST + """
                seed = 7
                signed = true
                [kademlia]
                k = 8
                paths = 4
                [churn]
                median-session = "1 h"
                [adversaries]
                part = 0.2
                behaviour = "poison"
                [[deaths]]
                at = "500 ms"
                part = 0.5
                [[partitions]]
                at = "1 s"
                over = "2 s"
                [[publish]]
                keys = 3
                [expect]
                "publish.placed" = ">= 0.99"
                "traffic.messages-per-second" = "0.1 .. 0.2"
                """;
        Scenario scenario = ScenarioFile.parse("here", "full", text);
        assertThat(scenario.isSigned()).isTrue();
        assertThat(scenario.kademlia()).isEqualTo(new Scenario.Kademlia(8, 0, 4));
        assertThat(scenario.churn()).isEqualTo(new Scenario.Churn(3_600_000));
        assertThat(scenario.adversaries()).isEqualTo(new Scenario.Adversaries(0.2, Scenario.Behaviour.POISON));
        assertThat(scenario.deaths()).containsExactly(new Scenario.Death(500, 0.5));
        assertThat(scenario.partitions()).containsExactly(new Scenario.Partition(1_000, 2_000, 2));
        assertThat(scenario.publications()).containsExactly(new Scenario.Publication("publish", 0, 0, 1, 3, 0));
        assertThat(scenario.expectations())
                .containsExactly(
                        new Expectation("publish.placed", 0.99, Double.POSITIVE_INFINITY),
                        new Expectation("traffic.messages-per-second", 0.1, 0.2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nodes = 1                                | nodes: 2 to 5,000,000
            nodes = "ten"                            | "nodes" must be a whole number
            duration = 90                            | "duration" must be a time with its unit
            duration = "90 parsecs"                  | "duration" must be a time with its unit
            start = "magic"                          | "start" must be one of join, oracle
            signed = 1                               | "signed" must be true or false
            colour = "red"                           | there is no key "colour"
            [link]~bandwidth = 3                     | there is no key "link.bandwidth"
            [link]~loss = 1.5                        | loss: 0 to 1
            [churn]~median-session = "1 ms"          | median-session: at least a second
            [[lookups]]~name = "a.b"~count = 1       | a name is short and has no dot
            [[lookups]]~at = "1 h"~count = 1         | ends after the duration
            [[lookups]]~at = "1 s"                   | "lookups 1: count" must be a whole number, 0 or more; it is missing
            [[loads]]~name = "l"~at = "1 s"~services = "x"  | "l": nothing is named "x"
            [[reads]]~name = "r"~count = 1~values = "x"    | "r": nothing is named "x"
            [[values]]~name = "v"~count = 1~versions = 0   | count and versions: at least 1
            [lookups]~count = 1                      | "lookups" must be a list of tables
            [expect]~"a.b" = "about 3"               | "a.b" must be >= NUMBER
            nodes =                                  | it is not TOML
            """)
    void nonsenseIsRefusedByItsName(String lines, String why) {
        String wrong = lines.replace("~", "\n");
        String key = wrong.startsWith("[") ? "none" : wrong.substring(0, wrong.indexOf(' '));
        String rest = LEAST.lines()
                .filter(line -> !line.startsWith(key + " "))
                .reduce("", (before, line) -> before + line + "\n");
        assertThatThrownBy(() -> ScenarioFile.parse("wrong.toml", "wrong", rest + wrong + "\n"))
                .isInstanceOfSatisfying(CairnException.class, refused -> {
                    assertThat(refused.kind()).isEqualTo(CairnException.Kind.USAGE);
                    assertThat(refused.getMessage()).contains("wrong.toml");
                    assertThat(refused.why()).contains(why);
                });
    }

    @Test
    void whatIsNotThereIsSaidToBeMissing(@TempDir Path folder) {
        Path file = folder.resolve("mine.toml");
        assertThatThrownBy(() -> new Scenarios(null).find(file.toString()))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.why()).contains("no such file"));
        assertThatThrownBy(() -> new Scenarios(null).find("no-such-scenario"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.why()).contains("a-first-plot"));
    }
}
