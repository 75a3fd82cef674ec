package io.cairn.sim.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import io.cairn.app.CairnException;
import io.cairn.sim.scenario.Expectation;
import io.cairn.sim.scenario.RecordWork;
import io.cairn.sim.scenario.Scenario;
import java.util.List;

/** Reads a scenario from TOML. It asks for every known key, and rejects any other. */
final class ScenarioFile {
    private static final long ROUND_TRIP_DEFAULT_MILLIS = 100;
    private static final long LIFE_DEFAULT_MILLIS = 10 * 60_000;

    private ScenarioFile() {}

    /**
     * @param place where the text is from, for errors
     * @param name of the scenario
     * @throws CairnException of kind USAGE if it is not TOML, or not a valid scenario
     */
    static Scenario parse(String place, String name, String text) throws CairnException {
        try {
            JsonNode root = new TomlMapper().readTree(text);
            if (!(root instanceof ObjectNode object)) {
                throw new IllegalArgumentException("it is empty");
            }
            TomlTable table = new TomlTable("", object);
            Scenario scenario = scenario(name, table);
            table.finish();
            return scenario;
        } catch (JsonProcessingException malformed) {
            throw refused(place, "it is not TOML: " + malformed.getOriginalMessage());
        } catch (IllegalArgumentException nonsense) {
            throw refused(place, String.valueOf(nonsense.getMessage()));
        }
    }

    static CairnException refused(String place, String why) {
        return new CairnException(
                CairnException.Kind.USAGE,
                "cannot use scenario " + place,
                why,
                "correct it; docs/SIMULATION.md lists the keys, and cairn sim list the built-in scenarios");
    }

    private static Scenario scenario(String name, TomlTable table) {
        long durationMillis = table.millis("duration", -1);
        return new Scenario(
                name,
                table.text("title", name),
                table.integer("seed", 1),
                table.count("nodes", -1),
                table.choice("start", Scenario.Start.class, Scenario.Start.JOIN),
                table.isOn("signed"),
                durationMillis,
                table.millis("sample", Math.max(1, durationMillis / 30)),
                kademlia(table.table("kademlia")),
                link(table.table("link")),
                table.has("churn") ? churn(table.table("churn")) : null,
                table.has("adversaries") ? adversaries(table.table("adversaries")) : null,
                table.list("deaths", t -> new Scenario.Death(t.millis("at", 0), t.number("part", -1))),
                table.list(
                        "partitions",
                        t -> new Scenario.Partition(t.millis("at", 0), t.millis("over", -1), t.count("parts", 2))),
                table.list("publish", ScenarioFile::publication),
                table.list(
                        "searches",
                        t -> new Scenario.Searches(
                                t.text("name", "searches"),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("count", -1))),
                table.list(
                        "lookups",
                        t -> new Scenario.Lookups(
                                t.text("name", "look-ups"),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("count", -1))),
                table.list("tables", t -> new Scenario.TableCheck(t.text("name", null), t.millis("at", -1))),
                records(table),
                expectations(table.table("expect")));
    }

    private static Scenario.Kademlia kademlia(TomlTable table) {
        return new Scenario.Kademlia(table.count("k", 0), table.count("alpha", 0), table.count("paths", 0));
    }

    private static Scenario.Link link(TomlTable table) {
        long roundTripMillis = table.millis("round-trip", ROUND_TRIP_DEFAULT_MILLIS);
        return new Scenario.Link(
                roundTripMillis,
                table.millis("jitter", roundTripMillis / 10),
                table.number("loss", 0),
                table.number("duplication", 0));
    }

    private static Scenario.Churn churn(TomlTable table) {
        return new Scenario.Churn(table.millis("median-session", -1));
    }

    private static Scenario.Adversaries adversaries(TomlTable table) {
        return new Scenario.Adversaries(
                table.number("part", -1), table.choice("behaviour", Scenario.Behaviour.class, Scenario.Behaviour.DROP));
    }

    private static Scenario.Publication publication(TomlTable table) {
        return new Scenario.Publication(
                table.text("name", "publish"),
                table.millis("at", 0),
                table.millis("over", 0),
                table.count("publishers", 1),
                table.count("keys", 1),
                table.count("finders", 0));
    }

    private static RecordWork records(TomlTable table) {
        return new RecordWork(
                table.list(
                        "services",
                        t -> new RecordWork.Services(
                                t.text("name", null),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("announcers", -1),
                                t.millis("ttl", LIFE_DEFAULT_MILLIS))),
                table.list(
                        "discoveries",
                        t -> new RecordWork.Discoveries(
                                t.text("name", null),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("count", -1),
                                t.text("services", null),
                                t.count("max", 0))),
                table.list(
                        "loads",
                        t -> new RecordWork.Loads(t.text("name", null), t.millis("at", -1), t.text("services", null))),
                table.list(
                        "values",
                        t -> new RecordWork.Values(
                                t.text("name", null),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("count", -1),
                                t.count("versions", 1))),
                table.list(
                        "reads",
                        t -> new RecordWork.Reads(
                                t.text("name", null),
                                t.millis("at", 0),
                                t.millis("over", 0),
                                t.count("count", -1),
                                t.text("values", null))));
    }

    private static List<Expectation> expectations(TomlTable table) {
        return table.entries((figure, line) -> ExpectedLine.parse(figure, line));
    }
}
