package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts rely on exit codes; an error says what failed, why and what to do next. */
class ExitCodesTest {
    private static final String UNKNOWN = "00112233445566778899aabbccddeeff00112233";

    @Test
    void nobodyHasIt(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            CairnProcess other = machines.add("other").start("daemon");
            Machine ann = machines.add("ann").knowing(other);
            CairnProcess fetch = ann.fetch(UNKNOWN);
            fetch.await("ready");
            Instant ready = Instant.now();
            assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(3);
            assertThat(Duration.between(ready, Instant.now())).isLessThan(Duration.ofSeconds(15));
            assertThat(fetch.said("phase"))
                    .as("a look-up that asked somebody")
                    .anyMatch(phase -> phase.path("asked").asInt() > 0);
            assertThat(isExplained(fetch, 3)).contains("asked");
            assertThat(ann.files()).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "00112233445566778899aabbccddeeff0011223",
                "magnet:?xt=urn:btih:nonsense",
                "magnet:?dn=nothing"
            })
    void whatIsNeitherHashNorLink(String nonsense, @TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            CairnProcess fetch = machines.add("ann").fetch(nonsense);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(2);
            assertThat(fetch.errors()).isNotBlank();
        }
    }

    @ParameterizedTest
    @CsvSource({"--port, sixty", "--port, 70000", "--bind, nowhere.example", "--no-such-option, x"})
    void optionsThatMakeNoSense(String option, String value, @TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            CairnProcess daemon = machines.add("ann").start("daemon", option, value);
            assertThat(daemon.exitCode()).as(daemon.transcript()).isEqualTo(2);
            assertThat(daemon.errors()).isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "udp"})
    void aPortThatWasNamedAndIsTaken(String transport, @TempDir Path folder) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        try (Machines machines = new Machines(folder);
                ServerSocket tcp = new ServerSocket();
                DatagramSocket udp = new DatagramSocket(null)) {
            InetSocketAddress any = new InetSocketAddress(loopback, 0);
            int port;
            if (transport.equals("tcp")) {
                tcp.bind(any);
                port = tcp.getLocalPort();
            } else {
                udp.bind(any);
                port = udp.getLocalPort();
            }
            CairnProcess daemon = machines.add("ann").start("daemon", "--port", String.valueOf(port));
            assertThat(daemon.exitCode()).as(daemon.transcript()).isEqualTo(5);
            assertThat(isExplained(daemon, 5)).contains(String.valueOf(port));
        }
    }

    @Test
    void aDataDirectoryBelongsToOneNodeAtATime(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            CairnProcess first = ann.start("daemon");
            first.await("ready");
            CairnProcess second = ann.start("daemon");
            int code = second.exitCode();
            assertThat(code).as(second.transcript()).isPositive();
            assertThat(isExplained(second, code)).contains(ann.dataDirectory().toString());
            assertThat(first.isAlive()).isTrue();

            first.signal("KILL");
            assertThat(first.exitCode()).isNotZero();
            CairnProcess third = ann.start("daemon");
            assertThat(third.await("ready").path("node").asText())
                    .as("the same node again, also after a violent end")
                    .isEqualTo(first.await("ready").path("node").asText());
        }
    }

    @Test
    void whatIsAtTheTargetStays(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone.bin"), 5_000, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Path target = Files.writeString(ben.files().resolve("stone.bin"), "mine");
            CairnProcess fetch = ben.fetch(hash);
            assertThat(fetch.exitCode()).as(fetch.transcript()).isEqualTo(8);
            assertThat(isExplained(fetch, 8)).contains("stone.bin");
            assertThat(target).hasContent("mine");
        }
    }

    @ParameterizedTest
    @CsvSource({"TERM, 0", "INT, 130"})
    void sharingEndsWithASignal(String signal, int code, @TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone.bin"), 5_000, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            sharing.await("shared");
            sharing.signal(signal);
            assertThat(sharing.exitCode()).as(sharing.transcript()).isEqualTo(code);
        }
    }

    @Test
    void nothingToShare(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            CairnProcess sharing =
                    ann.start("share", ann.files().resolve("no such file").toString());
            int code = sharing.exitCode();
            assertThat(code).as(sharing.transcript()).isPositive();
            assertThat(isExplained(sharing, code)).contains("no such file");
        }
    }

    /** The error in both forms: three lines on stderr, and with JSON an object on stdout. */
    private static String isExplained(CairnProcess process, int code) {
        JsonNode error = process.await("error");
        assertThat(error.path("code").asInt()).as(process.transcript()).isEqualTo(code);
        for (String field : new String[] {"what", "why", "next"}) {
            assertThat(error.path(field).asText()).as(field).isNotBlank();
        }
        assertThat(process.errors()).containsSubsequence("error:", "why:", "next:");
        return error.toString();
    }
}
