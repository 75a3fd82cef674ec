package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.Version;
import io.cairn.control.http.ProcessStatus;
import io.cairn.control.server.RawClient.Answer;
import io.cairn.control.server.route.Router;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every route is described, everything described is a route, and a real node answers as it is written. */
class TheDescriptionIsTrueTest {
    private static final String NOBODY = "00000000000000000000000000000000000000aa";

    @TempDir
    Path folder;

    private final Set<String> checked = new TreeSet<>();
    private final Description description = Description.read();

    TheDescriptionIsTrueTest() throws IOException {}

    @Test
    void routesAndDescriptionAgree() throws Exception {
        try (ServedNode served = ServedNode.start(folder.resolve("data"))) {
            ProcessStatus status = new ProcessStatus(served.node().info().node(), 1, 1, Version.NUMBER, "daemon", 1);
            Set<String> routes = Router.of(served.node(), status, () -> {}).routes().stream()
                    .map(route -> route.method() + " " + route.path())
                    .collect(Collectors.toSet());
            assertThat(routes).isEqualTo(Description.read().requests());
        }
        assertThat(Description.read().root().at("/info/version").asText()).isEqualTo(Version.NUMBER);
    }

    @Test
    void realAnswersAreAsDescribed() throws Exception {
        Path film = Files.writeString(folder.resolve("film.mkv"), "moving pictures\n".repeat(50_000));
        try (ServedNode sharer = ServedNode.start(folder.resolve("sharer"));
                ServedNode fetcher = ServedNode.start(folder.resolve("fetcher"), sharer.node());
                RawClient one = RawClient.of(sharer.server().socket());
                RawClient two = RawClient.of(fetcher.server().socket())) {
            check(two, "GET", "/v1/node/joined", "");
            JsonNode shared = check(one, "POST", "/v1/shares", "{\"path\":\"" + film + "\"}");
            String hash = shared.get("hash").asText();
            Map<String, String> film1 = Map.of("target", "film.mkv");
            Map<String, String> byHash = Map.of("target", hash);
            check(one, "GET", "/v1/shares", "");
            check(one, "GET", "/v1/shares/{target}/link", "", film1);
            check(one, "GET", "/v1/targets/{target}", "", film1);
            check(one, "GET", "/v1/files/{target}", "", film1);
            check(one, "GET", "/v1/manifests/{target}", "", film1);
            check(one, "POST", "/v1/torrents", "{\"target\":\"film.mkv\",\"file\":\"" + folder + "/a.torrent\"}");
            for (String path : new String[] {
                "/v1/status", "/v1/node", "/v1/openapi.json", "/v1/limits", "/v1/peers", "/v1/statistics"
            }) {
                check(one, "GET", path, "");
            }
            check(one, "PUT", "/v1/limits", "{\"up\":0,\"down\":0,\"upPerPeer\":0,\"downPerPeer\":0,\"lan\":false}");
            check(
                    two,
                    "POST",
                    "/v1/peers",
                    "{\"address\":\"127.0.0.1:" + sharer.node().info().port() + "\"}");
            check(two, "GET", "/v1/providers/{target}", "", byHash);
            check(two, "GET", "/v1/doctor", "");
            check(two, "GET", "/metrics", "");
            checkContacts(two, sharer.node().info().node() + "");
            checkDirectory(one, two, sharer.node().info().node() + "");
            checkCatalogue(one, two, film);
            String copy = "{\"target\":\"" + hash + "\",\"path\":\"" + folder + "/copy.mkv\"}";
            String id = check(two, "POST", "/v1/fetches", copy).get("id").asText();
            assertThat(check(two, "GET", "/v1/fetches/{id}/events", "", Map.of("id", id))
                            .get("type")
                            .asText())
                    .isEqualTo("complete");
            check(two, "GET", "/v1/why/{target}", "", byHash);
            check(two, "GET", "/v1/fetches", "");
            check(two, "GET", "/v1/fetches/{id}", "", Map.of("id", hash));
            check(two, "POST", "/v1/fetches/{id}/pause", "", Map.of("id", id));
            String never = "{\"target\":\"" + NOBODY + "\",\"path\":\"" + folder + "/never\",\"retried\":true}";
            Map<String, String> waiting = Map.of(
                    "id", check(two, "POST", "/v1/fetches", never).get("id").asText());
            for (String change : new String[] {"pause", "resume", "stop"}) {
                check(two, "POST", "/v1/fetches/{id}/" + change, "", waiting);
            }
            assertThat(check(two, "GET", "/v1/fetches/{id}/events", "", waiting)
                            .get("type")
                            .asText())
                    .isEqualTo("error");
            check(two, "POST", "/v1/fetches/{id}/cancel", "", waiting);
            check(two, "POST", "/v1/fetches/unfinished", "");
            Files.writeString(folder.resolve("copy.mkv"), "damaged");
            check(
                    two,
                    "POST",
                    "/v1/repairs",
                    "{\"target\":\"" + hash + "\",\"path\":\"" + folder
                            + "/copy.mkv\",\"found\":{\"bad\":[{\"chunk\":0,\"offset\":0,\"length\":1,\"files\":[]}],"
                            + "\"chunks\":1,\"missing\":[],\"wrongSizes\":[],\"extra\":[]}}");
            check(one, "POST", "/v1/watched", "{\"path\":\"" + film + "\",\"name\":\"film\"}");
            check(one, "GET", "/v1/watched", "");
            checkCodes(one, two);
            check(one, "GET", "/v1/shares/{target}/audience", "", film1);
            check(one, "PUT", "/v1/shares/{target}/audience", "{\"to\":[\"" + NOBODY + "\"]}", film1);
            check(one, "GET", "/v1/shares/{target}/audience", "", film1);
            check(one, "GET", "/v1/shares", "");
            check(one, "DELETE", "/v1/shares/{target}", "", film1);
            check(one, "POST", "/v1/yield", "");
            check(one, "POST", "/v1/stop", "");
        }
        Set<String> all = description.requests();
        all.remove("GET /v1/notices"); // its lines are checked where they are made to happen
        all.remove("POST /v1/follows"); // it does not end; the contract of a node has it
        assertThat(checked).isEqualTo(all);
    }

    private void checkCodes(RawClient one, RawClient two) throws Exception {
        check(one, "GET", "/v1/codes", "");
        check(one, "GET", "/v1/gifts", "");
        check(two, "POST", "/v1/meetings", "{\"code\":\"no code\"}");
        check(two, "POST", "/v1/settlements", "{\"ticket\":\"00\",\"settlement\":\"received\"}");
        assertThat(check(one, "POST", "/v1/codes", "{\"text\":\"words\",\"receivers\":[\"nobody\"]}")
                        .get("kind")
                        .asText())
                .isEqualTo("usage");
    }

    private void checkContacts(RawClient client, String node) throws Exception {
        Map<String, String> ann = Map.of("name", "Zo%C3%AB");
        Map<String, String> lab = Map.of("name", "lab");
        check(client, "PUT", "/v1/contacts/{name}", "{\"node\":\"" + node + "\"}", ann);
        check(client, "PUT", "/v1/contacts/{name}", "{\"node\":\"" + NOBODY + "\"}", lab);
        check(client, "PUT", "/v1/contacts/{name}", "{\"node\":\"" + NOBODY + "\"}", Map.of("name", "a%20b"));
        check(client, "GET", "/v1/contacts", "");
        assertThat(check(client, "GET", "/v1/contacts/{name}/node", "", ann)
                        .get("node")
                        .asText())
                .isEqualTo(node);
        check(client, "GET", "/v1/contacts/{name}/node", "", Map.of("name", "nobody"));
        check(client, "DELETE", "/v1/contacts/{name}", "", lab);
        check(client, "DELETE", "/v1/contacts/{name}", "", lab);
        check(client, "PUT", "/v1/groups/{name}", "{\"members\":[\"Zo\u00eb\"]}", lab);
        check(client, "GET", "/v1/groups", "");
        JsonNode all = check(client, "GET", "/v1/presence", "");
        assertThat(all.get("contacts").get(0).get("reach").asText()).isEqualTo("reachable");
        check(client, "DELETE", "/v1/groups/{name}", "", lab);
        check(client, "DELETE", "/v1/groups/{name}", "", lab);
    }

    private void checkCatalogue(RawClient one, RawClient two, Path film) throws Exception {
        check(one, "POST", "/v1/shares", "{\"path\":\"" + film + "\",\"listed\":true}");
        JsonNode browsed = check(two, "GET", "/v1/catalogue", "");
        assertThat(browsed.get("entries").asInt()).isEqualTo(1);
        assertThat(check(two, "GET", "/v1/catalogue/known", "")).hasSize(1);
        Map<String, String> words = Map.of("?", "?word=film");
        JsonNode found = check(two, "GET", "/v1/catalogue/target", "", words);
        assertThat(found.get("name").asText()).isEqualTo("film.mkv");
        JsonNode matches = check(two, "GET", "/v1/catalogue/matches", "", words);
        assertThat(matches.get("count").asInt()).isEqualTo(1);
        assertThat(matches.get("first").findValuesAsText("name")).containsExactly("film.mkv");
        for (String path : List.of("/v1/catalogue/target", "/v1/catalogue/matches")) {
            assertThat(check(two, "GET", path, "").get("kind").asText()).isEqualTo("usage");
        }
        check(one, "POST", "/v1/shares", "{\"path\":\"" + film + "\",\"listed\":false}");
        assertThat(check(two, "GET", "/v1/catalogue", "").get("entries").asInt())
                .isZero();
    }

    private void checkDirectory(RawClient one, RawClient two, String publisher) throws Exception {
        Map<String, String> name = Map.of("name", "caf%C3%A9");
        check(one, "PUT", "/v1/values/{name}", "{\"base64\":\"/wD+\"}", name);
        check(one, "PUT", "/v1/values/{name}", "{\"base64\":\"YQ==\",\"ifSequence\":7}", name);
        check(one, "GET", "/v1/values/{name}", "", name);
        JsonNode read = check(two, "GET", "/v1/values/{name}", "", Map.of("name", "caf%C3%A9@" + publisher));
        assertThat(read.get("base64").asText()).isEqualTo("/wD+");
        check(two, "GET", "/v1/values/{name}", "", Map.of("name", "none"));
        check(
                one,
                "POST",
                "/v1/services",
                "{\"id\":\"a/b\",\"capabilities\":[\"Print\"],\"endpoint\":\"x:y\",\"metadata\":{\"floor\":\"3\"}}");
        check(one, "GET", "/v1/services", "");
        String found = two.request("GET", "/v1/discovery?capability=print", "", "Host: localhost")
                .answer()
                .text();
        assertThat(found.lines()).hasSize(2).first().asString().contains("\"type\":\"service\"");
        assertThat(check(two, "GET", "/v1/discovery", "").get("kind").asText()).isEqualTo("usage");
        check(one, "DELETE", "/v1/services/{id}", "", Map.of("id", "a%2Fb"));
        check(one, "DELETE", "/v1/services/{id}", "", Map.of("id", "a%2Fb"));
    }

    private JsonNode check(RawClient client, String method, String path, String body) throws Exception {
        return check(client, method, path, body, Map.of());
    }

    /**
     * Asks, compares, and returns the object or the last line.
     *
     * @param parameters of the path, in braces there; what follows it as {@code ?}
     */
    private JsonNode check(RawClient client, String method, String path, String body, Map<String, String> parameters)
            throws Exception {
        String target = path + parameters.getOrDefault("?", "");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            target = target.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        Answer answer = client.request(method, target, body, "Content-Type: application/json", "Host: localhost")
                .answer();
        checked.add(method + " " + path);
        Map.Entry<String, JsonNode> content = description.content(method, path, answer.code());
        assertThat(answer.headers()).as(path).containsEntry("content-type", content.getKey());
        JsonNode last = Description.JSON.nullNode();
        if (content.getKey().equals("application/json")) {
            last = Description.JSON.readTree(answer.body());
            assertThat(description.problems(content.getValue(), last, path)).isEmpty();
        } else if (content.getKey().equals("application/x-ndjson")) {
            for (String line : answer.text().lines().toList()) {
                last = Description.JSON.readTree(line);
                assertThat(description.problems(content.getValue(), last, path)).isEmpty();
            }
        }
        return last;
    }
}
