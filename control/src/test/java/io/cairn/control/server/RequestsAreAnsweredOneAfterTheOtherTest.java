package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Version;
import io.cairn.app.json.JsonTree;
import io.cairn.control.http.ControlApi;
import io.cairn.control.server.RawClient.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client may send, and what it gets for what it may not. */
class RequestsAreAnsweredOneAfterTheOtherTest {
    @TempDir
    static Path folder;

    private static ServedNode served;

    @BeforeAll
    static void serve() throws Exception {
        served = ServedNode.start(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        served.close();
    }

    @Test
    void oneConnectionTakesManyRequests() throws Exception {
        try (RawClient client = client()) {
            for (int at = 0; at < 200; at++) {
                Answer answer = client.get("/v1/limits").answer();
                assertThat(answer.code()).isEqualTo(200);
                assertThat(answer.headers())
                        .containsEntry("content-type", "application/json")
                        .containsEntry(ControlApi.VERSION_HEADER, Version.NUMBER);
            }
        }
    }

    @Test
    void requestsSentAheadAreAnsweredInOrder() throws Exception {
        try (RawClient client = client()) {
            int count = 2_000;
            StringBuilder ahead = new StringBuilder();
            for (int at = 0; at < count; at++) {
                ahead.append(at % 2 == 0 ? "GET /v1/limits" : "GET /v1/nothing")
                        .append(" HTTP/1.1\r\nHost: localhost\r\n\r\n");
            }
            Thread writer = new Thread(() -> {
                try {
                    client.send(ahead.toString());
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
            writer.start();
            List<Integer> codes = new ArrayList<>();
            for (int at = 0; at < count; at++) {
                codes.add(client.answer().code());
            }
            writer.join();
            for (int at = 0; at < count; at++) {
                assertThat(codes.get(at)).isEqualTo(at % 2 == 0 ? 200 : 404);
            }
        }
    }

    @Test
    void aHeadIsAGetWithoutItsBody() throws Exception {
        try (RawClient client = client()) {
            Answer head = client.request("HEAD", "/v1/node", "").head();
            Answer get = client.get("/v1/node").answer();
            assertThat(head.code()).isEqualTo(200);
            assertThat(head.headers()).isEqualTo(get.headers());
            assertThat(get.body()).isNotEmpty();
            assertThat(client.request("HEAD", "/v1/notices", "").head().headers())
                    .containsEntry("content-type", "application/x-ndjson");
            assertThat(client.get("/v1/node").answer().code()).isEqualTo(200);
        }
    }

    @Test
    void whatIsNotThereSaysSo() throws Exception {
        try (RawClient client = client()) {
            assertThat(client.get("/v1/nothing").answer().code()).isEqualTo(404);
            assertThat(client.get("/").answer().code()).isEqualTo(404);
            assertThat(client.get("/v1/shares/nosuch/link").answer().code()).isEqualTo(404);
            assertThat(client.get("/v1/fetches/99").answer().code()).isEqualTo(404);
            assertThat(client.get("/v1/targets/no%20such").answer().code()).isEqualTo(404);
            Answer refused = client.request("PATCH", "/v1/shares", "").answer();
            assertThat(refused.code()).isEqualTo(405);
            assertThat(refused.headers()).containsEntry("allow", "GET, HEAD, POST");
            Answer form = client.request(
                            "POST", "/v1/fetches", "a=b", "Content-Type: application/x-www-form-urlencoded")
                    .answer();
            assertThat(form.code()).isEqualTo(415);
            Answer broken = client.post("/v1/fetches", "{\"target\":").answer();
            assertThat(broken.code()).isEqualTo(400);
            JsonTree error = JsonTree.object(broken.body());
            assertThat(error.type()).isEqualTo("error");
            assertThat(error.integer("code")).isEqualTo(2);
            assertThat(client.post("/v1/shares", "{\"path\":\"relative\"}")
                            .answer()
                            .text())
                    .contains("absolute");
        }
    }

    @Test
    void whatIsTooLargeIsRefused() throws Exception {
        assertThat(
                        once(
                                "POST /v1/fetches HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 65537\r\n\r\n"))
                .isEqualTo(413);
        assertThat(once("POST /v1/fetches HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n" + "8000\r\n" + " ".repeat(0x8000) + "\r\n8000\r\n"
                        + " ".repeat(0x8000) + "\r\n1\r\n \r\n0\r\n\r\n"))
                .isEqualTo(413);
        assertThat(once("GET /v1/" + "x".repeat(70_000) + " HTTP/1.1\r\n\r\n")).isEqualTo(414);
        assertThat(once("GET /v1/node HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n"))
                .isEqualTo(431);
        assertThat(once("POST /v1/repairs HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                        + (ControlApi.REPAIR_BYTES_MAX + 1) + "\r\n\r\n"))
                .isEqualTo(413);
    }

    @Test
    void whatIsNotHttpIsRefused() throws Exception {
        assertThat(once("\u0016\u0003\u0001 hello\r\n\r\n")).isEqualTo(400);
        assertThat(once("GET http://elsewhere/v1/node HTTP/1.1\r\nHost: a\r\n\r\n"))
                .isEqualTo(400);
        assertThat(once("GET /v1/%zz HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
        assertThat(once("GET /v1/%ff HTTP/1.1\r\nHost: a\r\n\r\n")).isEqualTo(400);
        assertThat(once("GET /v1/node HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")).isEqualTo(400);
    }

    @Test
    void randomTargetsAndBodiesAreAnswered() throws Exception {
        long seed = 20_261_129;
        Random random = new Random(seed);
        String[] paths = {"/v1/shares/", "/v1/fetches/", "/v1/targets/", "/v1/files/", "/v1/manifests/", "/v1/"};
        String[] bodies = {"/v1/fetches", "/v1/shares", "/v1/torrents", "/v1/repairs", "/v1/peers"};
        try (RawClient client = client()) {
            for (int at = 0; at < 500; at++) {
                StringBuilder noise = new StringBuilder();
                for (int length = 1 + random.nextInt(40); length > 0; length--) {
                    noise.append(
                            random.nextInt(3) == 0
                                    ? String.format("%%%02x", random.nextInt(0x80))
                                    : (char) ('!' + random.nextInt(90)));
                }
                String target = paths[random.nextInt(paths.length)]
                        + noise.toString().replace("#", "%23").replaceAll("%(?![0-9a-f]{2})", "%25");
                Answer answer = client.get(target).answer();
                assertThat(answer.code())
                        .as("seed %d: %s: %s", seed, target, answer.text())
                        .isBetween(400, 405);
                assertThat(JsonTree.object(answer.body()).type()).isEqualTo("error");
                String body = mutated(
                        "{\"target\":\"" + "a".repeat(40) + "\",\"path\":\"/no-such-folder/x\",\"address\":\"x\","
                                + "\"file\":\"/no-such-folder/x\",\"found\":{\"bad\":[{\"chunk\":\"1\"}]},\"exclude\":[\"a\"]}",
                        random);
                Answer refused =
                        client.post(bodies[random.nextInt(bodies.length)], body).answer();
                assertThat(refused.code()).as("seed %d: %s", seed, body).isLessThan(500);
            }
        }
    }

    @Test
    void aSlowClientHoldsNobodyUp() throws Exception {
        try (RawClient slow = client();
                RawClient other = client()) {
            slow.send("POST /v1/fetches HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{");
            assertThat(other.get("/v1/node").answer().code()).isEqualTo(200);
            assertThat(slow.send("}").answer().code()).isEqualTo(400);
        }
    }

    @Test
    void anotherVersionMayOnlyAskWhoRunsAndStopIt() throws Exception {
        String header = ControlApi.VERSION_HEADER + ": 0.0.9";
        try (RawClient client = client()) {
            Answer refused = client.get("/v1/node", header).answer();
            assertThat(refused.code()).isEqualTo(409);
            assertThat(refused.text()).contains("0.0.9").contains(Version.NUMBER);
            assertThat(client.get("/v1/status", header).answer().code()).isEqualTo(200);
            assertThat(client.request("POST", "/v1/stop", "", header).answer().code())
                    .isEqualTo(202);
            assertThat(served.stops().tryAcquire(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void clientsThatCloseAfterOneAnswerAreServed() throws Exception {
        try (RawClient client = client()) {
            client.send("GET /v1/node HTTP/1.0\r\n\r\n");
            assertThat(client.answer().code()).isEqualTo(200);
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyMayWaitForLeave() throws Exception {
        Path file = Files.writeString(folder.resolve("asked.txt"), "asked first");
        String body = "{\"path\":\"" + file + "\"}";
        try (RawClient client = client()) {
            client.send("POST /v1/shares HTTP/1.1\r\nExpect: 100-continue\r\nContent-Type: application/json\r\n"
                    + "Content-Length: " + body.length() + "\r\n\r\n");
            assertThat(client.head().code()).isEqualTo(100);
            client.send(body);
            assertThat(client.head().code()).isEqualTo(200);
            assertThat(client.stream()).contains("\"shared\"");
        }
    }

    private static String mutated(String json, Random random) {
        StringBuilder mutated = new StringBuilder(json);
        for (int changes = random.nextInt(4) + 1; changes > 0; changes--) {
            int at = random.nextInt(mutated.length());
            switch (random.nextInt(3)) {
                case 0 -> mutated.deleteCharAt(at);
                case 1 -> mutated.insert(at, (char) (' ' + random.nextInt(90)));
                default -> mutated.setCharAt(at, (char) (' ' + random.nextInt(90)));
            }
        }
        return mutated.toString();
    }

    private static int once(String request) throws Exception {
        try (RawClient client = client()) {
            return client.send(request).answer().code();
        }
    }

    private static RawClient client() throws Exception {
        return RawClient.of(served.server().socket());
    }
}
