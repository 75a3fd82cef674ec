package io.cairn.app.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Check;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Fetch;
import io.cairn.app.FetchEvent;
import io.cairn.app.FetchOptions;
import io.cairn.app.FetchState;
import io.cairn.app.Follows.FollowEvent;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Reason;
import io.cairn.app.Services;
import io.cairn.app.SpeedLimits;
import io.cairn.app.Values;
import io.cairn.app.Verifier.VerifyReport;
import io.cairn.app.Why;
import io.cairn.app.json.directory.FollowJson;
import io.cairn.app.json.directory.ServiceJson;
import io.cairn.app.json.directory.ValueJson;
import io.cairn.app.json.people.CodeJson;
import io.cairn.app.json.people.ContactJson;
import io.cairn.app.json.people.ListingJson;
import io.cairn.app.json.people.OfferJson;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Key;
import io.cairn.dht.service.DiscoveryReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chapter of docs/CLI.md about JSON has each object that this room and those below it write for a command, with all of its fields and no other. */
class TheDocumentNamesTheFieldsThatAreWrittenTest {
    private static final Path PAGE = Path.of("..", "docs", "CLI.md");
    private static final Pattern CHAPTER = Pattern.compile("\n## JSON\n(.*?)(\n## |\\z)", Pattern.DOTALL);
    private static final Pattern SECTION = Pattern.compile("### `(\\w+)`\n(.*?)(?=\n### |\\z)", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("^\\{.*}$", Pattern.MULTILINE);
    private static final Pattern FIELD = Pattern.compile("^\\| `([\\w.\\[\\]]+)` \\| ", Pattern.MULTILINE);

    /** Objects whose fields others choose. */
    private static final Set<String> OPEN = Set.of("facts", "metadata");

    private static final int VALUES = 100;
    private static final Key HASH = Key.ofContent(new byte[] {1});

    private final RandomValues values = new RandomValues(20_261_129);
    private final ObjectMapper mapper = new ObjectMapper();

    @Test
    void eachTypeHasASection() throws IOException {
        assertThat(sections().keySet())
                .containsExactlyInAnyOrderElementsOf(written().keySet());
    }

    @Test
    void aTableHasTheFieldsThatAreWritten() throws IOException {
        Map<String, String> sections = sections();
        for (Map.Entry<String, List<JsonNode>> type : written().entrySet()) {
            Set<String> paths = new TreeSet<>();
            type.getValue().forEach(object -> paths(object, "", paths));
            paths.remove("type");
            assertThat(all(FIELD, sections.getOrDefault(type.getKey(), "")))
                    .as("the fields of %s", type.getKey())
                    .containsExactlyInAnyOrderElementsOf(paths);
        }
    }

    @Test
    void anExampleHasTheFieldsOfAnObjectThatIsWritten() throws IOException {
        Map<String, List<JsonNode>> written = written();
        for (Map.Entry<String, String> section : sections().entrySet()) {
            Set<List<String>> shapes = new HashSet<>();
            written.getOrDefault(section.getKey(), List.of()).forEach(object -> shapes.add(shape(object)));
            List<String> examples = all(EXAMPLE, section.getValue());
            assertThat(examples).as("examples of %s", section.getKey()).isNotEmpty();
            for (String example : examples) {
                assertThat(shapes).as("shapes of %s", section.getKey()).contains(shape(mapper.readTree(example)));
            }
        }
    }

    @Test
    void eachPhaseHasAnExample() throws IOException {
        Set<String> phases = new TreeSet<>();
        written()
                .getOrDefault("phase", List.of())
                .forEach(object -> phases.add(object.get("phase").asText()));
        for (String example : all(EXAMPLE, sections().getOrDefault("phase", ""))) {
            phases.remove(mapper.readTree(example).get("phase").asText());
        }
        assertThat(phases).isEmpty();
    }

    /** The names of the fields in their order, with the type and the phase, if there is one. */
    private static List<String> shape(JsonNode object) {
        List<String> shape = new ArrayList<>();
        shape.add(object.get("type").asText() + " " + object.path("phase").asText());
        object.fieldNames().forEachRemaining(shape::add);
        return shape;
    }

    private static void paths(JsonNode object, String prefix, Set<String> paths) {
        object.properties().forEach(field -> {
            String path = prefix + field.getKey();
            JsonNode value = field.getValue();
            if (value.isObject() && !OPEN.contains(field.getKey())) {
                paths(value, path + ".", paths);
            } else if (value.isArray() && value.size() > 0 && value.get(0).isObject()) {
                value.forEach(element -> paths(element, path + "[].", paths));
            } else if (!value.isArray() || value.size() > 0) {
                paths.add(path);
            }
        });
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.groupCount() > 0 ? found.group(1) : found.group())
                .toList();
    }

    private static Map<String, String> sections() throws IOException {
        Matcher chapter = CHAPTER.matcher(Files.readString(PAGE));
        assertThat(chapter.find()).as("the chapter about JSON").isTrue();
        Map<String, String> sections = new LinkedHashMap<>();
        SECTION.matcher(chapter.group(1))
                .results()
                .forEach(section -> sections.put(section.group(1), section.group(2)));
        return sections;
    }

    private Map<String, List<JsonNode>> written() throws IOException {
        Map<String, List<JsonNode>> written = new LinkedHashMap<>();
        for (int i = 0; i < VALUES; i++) {
            for (JsonObject object : objects()) {
                JsonNode node = mapper.readTree(object.line());
                written.computeIfAbsent(node.get("type").asText(), type -> new ArrayList<>())
                        .add(node);
            }
        }
        return written;
    }

    /** One of each type, as commands write them. */
    private List<JsonObject> objects() {
        List<JsonObject> objects = new ArrayList<>(List.of(
                NodeJson.ready(values.of(Node.NodeInfo.class)),
                NodeJson.of(values.of(Node.NodeInfo.class)),
                NodeJson.of(values.of(Node.NodeStatistics.class)),
                NodeJson.of(values.of(SpeedLimits.class)),
                ShareJson.of(values.of(Node.Share.class)),
                ShareJson.unshared(values.of(Node.Share.class)),
                ShareJson.of(values.of(Node.ShareReport.class)),
                OfferJson.of(values.of(Offers.Offered.class)),
                PeerJson.of(values.of(Node.Peer.class)),
                PeerJson.of(values.of(Node.Peer.class)).ofContact("ann"),
                PeerJson.of(values.of(Contact.class), "connected"),
                SearchJson.of(HASH, values.of(Provider.class)),
                SearchJson.of(HASH, values.of(Provider.class)).ofContact("ann"),
                SearchJson.of(values.of(SearchReport.class)),
                VerifyJson.of(HASH, values.of(VerifyReport.BadChunk.class)),
                VerifyJson.of(HASH, values.of(VerifyReport.WrongSize.class)),
                VerifyJson.missing(HASH, "film.mkv"),
                CheckJson.of(values.of(Check.class)),
                WhyJson.of(why()),
                ErrorJson.of(values.of(CairnException.class))));
        each(Node.Notice.class).map(NoticeJson::of).forEach(objects::add);
        Values.Written written = values.of(Values.Written.class);
        objects.addAll(List.of(
                ValueJson.of(written),
                ValueJson.published(written, HASH),
                ValueJson.of(values.of(Values.Read.class)),
                ServiceJson.of(values.of(Services.Announced.class)),
                ServiceJson.withdrawn(values.of(Services.Announced.class)),
                ServiceJson.of(values.of(DiscoveryReport.class))));
        objects.add(ListingJson.of(values.of(Catalogue.Listing.class)));
        objects.add(ListingJson.of(values.of(Catalogue.Browsed.class)));
        each(Services.Event.class).map(ServiceJson::of).forEach(objects::add);
        each(Services.Event.class)
                .map(event -> ServiceJson.of(event).ofContact("ann"))
                .forEach(objects::add);
        objects.addAll(List.of(
                ContactJson.of(values.of(Contacts.Person.class)),
                ContactJson.removed(values.of(Contacts.Person.class)),
                ContactJson.of(values.of(Contacts.Presence.class)),
                ContactJson.of(values.of(Contacts.Group.class)),
                ContactJson.removed(values.of(Contacts.Group.class)),
                ContactJson.card(
                        "cairn-contact:",
                        values.of(Contact.class).id(),
                        List.of(values.of(Contact.class).endpoint()))));
        objects.addAll(List.of(
                FollowJson.of(values.of(FollowEvent.Newer.class)),
                FollowJson.of(values.of(FollowEvent.Delayed.class)),
                FollowJson.upToDate(values.of(FollowEvent.UpToDate.class))));
        each(Codes.SendEvent.class)
                .filter(event -> !(event instanceof Codes.SendEvent.Hashing))
                .map(CodeJson::of)
                .forEach(objects::add);
        objects.addAll(List.of(CodeJson.of(values.of(Codes.Sent.class)), CodeJson.of(values.of(Codes.Met.class))));
        each(FetchEvent.class).map(event -> FetchEventJson.of(HASH, event)).forEach(objects::add);
        FetchOptions options = values.of(FetchOptions.class);
        Fetch.Status status = values.of(Fetch.Status.class);
        objects.add(FetchJson.of(options, status));
        Stream.of("paused", "resumed", "cancelled")
                .map(action -> FetchJson.changed(action, new WhatIsWrittenIsReadTest.Standing(options, status), status))
                .forEach(objects::add);
        return objects;
    }

    private <T> Stream<T> each(Class<T> sealed) {
        return Stream.of(sealed.getPermittedSubclasses()).map(type -> sealed.cast(values.of(type)));
    }

    private Why why() {
        return new Why(
                HASH,
                "film.mkv",
                FetchState.FAILED,
                "nobody has it",
                Reason.CHECK_THE_HASH.says("check the hash"),
                List.of(values.of(Why.Asked.class)),
                List.of(new Why.ProviderFound(
                        values.of(Contact.class).id(),
                        List.of(values.of(Contact.class).endpoint()),
                        1,
                        2)),
                List.of(values.of(Why.Dialled.class)),
                new Why.Missing(1, 2, List.of(0), 1),
                List.of(values.of(Why.PeerSeen.class)),
                1);
    }
}
