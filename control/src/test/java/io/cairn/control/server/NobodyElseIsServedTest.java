package io.cairn.control.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cairn.control.http.ControlApi;
import io.cairn.control.server.RawClient.Answer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine and pages of other origins get nothing from either socket. */
class NobodyElseIsServedTest {
    @TempDir
    Path folder;

    @Test
    void theSocketIsItsOwnersOnly() throws Exception {
        try (ServedNode served = ServedNode.start(folder.resolve("data"))) {
            Path socket = served.server().socket();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket.getParent())))
                    .isEqualTo("rwx------");
        }
    }

    /** With the permissions taken away, the credentials of the process that connects still keep it out. */
    @Test
    void aSecondUserGetsNothing() throws Exception {
        assumeTrue(isRoot(), "only root can become another user");
        assumeTrue(isThere("setpriv") && isThere("curl"), "setpriv and curl are not both installed");
        try (ServedNode served = ServedNode.start(folder.resolve("data"))) {
            Path socket = served.server().socket();
            assertThat(asNobody(socket)).isEmpty();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rwxrwxrwx"));
            for (Path open = socket.getParent(); open != null && open.startsWith(folder); open = open.getParent()) {
                Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            assertThat(asNobody(socket)).isEmpty();
        }
    }

    @Test
    void aPageOfAnyOriginIsRefused() throws Exception {
        try (ServedNode served = ServedNode.start(folder.resolve("data"));
                RawClient client = RawClient.of(served.server().socket())) {
            Answer refused =
                    client.get("/v1/status", "Origin: http://localhost").answer();
            assertThat(refused.code()).isEqualTo(403);
            assertThat(refused.body()).isEmpty();
            assertThat(refused.headers()).containsOnlyKeys("content-length", "connection");
            assertThat(client.isClosed()).isTrue();
        }
    }

    @Test
    void tcpWantsATokenAndAHostThatNobodyCanPointHere() throws Exception {
        try (ServedNode served = ServedNode.startOnTcp(folder.resolve("data"))) {
            InetSocketAddress address = served.server().tcp().orElseThrow();
            String host = "Host: 127.0.0.1:" + address.getPort();
            String token = "Authorization: Bearer " + token(ControlApi.TOKEN_FILE);
            assertThat(code(address, host, token)).isEqualTo(200);
            assertThat(code(address, "Host: localhost:1", token)).isEqualTo(200);
            assertThat(code(address, host, token, "Origin: http://127.0.0.1:" + address.getPort()))
                    .isEqualTo(200);
            assertThat(code(address, host)).isEqualTo(401);
            assertThat(code(address, host, "Authorization: Bearer " + "0".repeat(64)))
                    .isEqualTo(401);
            assertThat(code(address, host, "Authorization: Basic Y2Fpcm46Y2Fpcm4="))
                    .isEqualTo(401);
            assertThat(code(address, "Host: evil.example", token)).isEqualTo(403);
            assertThat(code(address, "Host: 127.0.0.2", token)).isEqualTo(403);
            assertThat(code(address, host, token, "Origin: http://evil.example"))
                    .isEqualTo(403);
            assertThat(code(address, host, token, "Origin: null")).isEqualTo(403);
            String metrics = "Authorization: Bearer " + token(ControlApi.METRICS_TOKEN_FILE);
            assertThat(code(address, host, metrics)).isEqualTo(403);
            for (String file : new String[] {ControlApi.TOKEN_FILE, ControlApi.METRICS_TOKEN_FILE}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(
                                folder.resolve("data").resolve(file))))
                        .isEqualTo("rw-------");
            }
        }
    }

    private String token(String file) throws Exception {
        return Files.readString(folder.resolve("data").resolve(file)).strip();
    }

    private static int code(InetSocketAddress address, String... headers) throws Exception {
        try (RawClient client = RawClient.of(address)) {
            Answer answer = client.get("/v1/status", headers).answer();
            if (answer.code() != 200) {
                assertThat(answer.body()).isEmpty();
                assertThat(answer.headers()).doesNotContainKey(ControlApi.VERSION_HEADER);
            }
            return answer.code();
        }
    }

    private static String asNobody(Path socket) throws Exception {
        Process curl = new ProcessBuilder(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        "curl",
                        "-s",
                        "-m",
                        "10",
                        "--unix-socket",
                        socket.toString(),
                        "http://cairn/v1/status")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String printed = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(curl.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(curl.exitValue()).isNotZero();
        return printed;
    }

    private static boolean isRoot() throws Exception {
        return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program));
    }
}
