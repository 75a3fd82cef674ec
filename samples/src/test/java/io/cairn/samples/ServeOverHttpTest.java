package io.cairn.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cairn.app.FetchOptions;
import io.cairn.app.Node;
import io.cairn.app.NodeConfig;
import io.cairn.app.node.LocalNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The sample answers over real HTTP for nodes on loopback. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ServeOverHttpTest {
    private static final String UNKNOWN = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Node sharing;
    private Node fetching;

    @BeforeEach
    void start() throws Exception {
        sharing = node("sharing", List.of());
        fetching = node("fetching", List.of("127.0.0.1:" + sharing.info().port()));
    }

    @AfterEach
    void close() {
        fetching.close();
        sharing.close();
    }

    @Test
    void listsSharesAndFollowsAFetchToItsEnd() throws Exception {
        Path file = Files.writeString(folder.resolve("hello.txt"), "Hello, cairn.\n".repeat(30_000));
        try (ServeOverHttp shares = new ServeOverHttp(sharing, 0);
                ServeOverHttp fetches = new ServeOverHttp(fetching, 0)) {
            assertThat(json(get(shares, "/shares"))).isEmpty();
            String hash = sharing.share(file).completion().join().share().hash().toHex();
            assertThat(json(get(shares, "/shares")))
                    .singleElement()
                    .matches(share -> share.get("hash").asText().equals(hash))
                    .matches(share -> share.get("size").asLong() == 14 * 30_000);

            Path target = Files.createDirectory(folder.resolve("fetched"));
            fetching.fetch(FetchOptions.into(fetching.resolve(hash), target).build());
            List<JsonNode> events = new ArrayList<>();
            for (String line :
                    get(fetches, "/fetches/" + hash + "/events").body().lines().toList()) {
                if (!line.isEmpty()) {
                    events.add(new ObjectMapper().readTree(line));
                }
            }
            assertThat(events).allMatch(event -> event.get("hash").asText().equals(hash));
            assertThat(events.get(events.size() - 1).get("type").asText()).isEqualTo("complete");
            assertThat(target.resolve("hello.txt")).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void saysWhatItDoesNotHave() throws Exception {
        try (ServeOverHttp served = new ServeOverHttp(sharing, 0)) {
            HttpResponse<String> unknown = get(served, "/fetches/" + UNKNOWN + "/events");
            assertThat(unknown.statusCode()).isEqualTo(404);
            assertThat(json(unknown).get("type").asText()).isEqualTo("error");
            assertThat(get(served, "/fetches/no-such-name/events").statusCode()).isEqualTo(404);
            assertThat(get(served, "/").statusCode()).isEqualTo(404);
            HttpRequest post = request(served, "/shares")
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
                    .isEqualTo(405);
        }
    }

    @Test
    void aClientThatGoesLeavesNothingBehind() throws Exception {
        fetching.fetch(FetchOptions.into(fetching.resolve(UNKNOWN), folder.resolve("never"))
                .retried(true)
                .build());
        try (ServeOverHttp served = new ServeOverHttp(fetching, 0)) {
            for (int i = 0; i < 2 * ServeOverHttp.REQUESTS_AT_ONCE_MAX; i++) {
                try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
                    socket.getOutputStream()
                            .write(("GET /fetches/" + UNKNOWN + "/events HTTP/1.1\r\nHost: x\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    InputStream answer = socket.getInputStream();
                    assertThat(new String(answer.readNBytes(15), StandardCharsets.US_ASCII))
                            .isEqualTo("HTTP/1.1 200 OK");
                }
            }
            assertThat(get(served, "/shares").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(ServeOverHttp served, String path) throws IOException, InterruptedException {
        return client.send(request(served, path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(ServeOverHttp served, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + served.port() + path));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        return new ObjectMapper().readTree(response.body());
    }

    private Node node(String name, List<String> bootstrap) throws Exception {
        return LocalNode.start(NodeConfig.builder(folder.resolve(name))
                .port(0)
                .bind(List.of(InetAddress.getLoopbackAddress()))
                .bootstrap(bootstrap)
                .network("serve-over-http")
                .lan(false)
                .build());
    }
}
