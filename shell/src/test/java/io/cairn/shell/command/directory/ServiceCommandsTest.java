package io.cairn.shell.command.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.Services;
import io.cairn.app.Services.Announcement;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Service;
import io.cairn.shell.Cli;
import io.cairn.shell.FakeNode;
import io.cairn.shell.session.Stop;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code announce}, {@code services}, {@code withdraw} and {@code discover}: their arguments, streams, exit codes and JSON. */
class ServiceCommandsTest {
    @TempDir
    Path home;

    private Cli cli;
    private FakeNode stranger;

    /** Another node announces a printer with a name that would turn a terminal's text around. */
    @BeforeEach
    void prepare() throws Exception {
        cli = new Cli(home);
        stranger = cli.stranger(Files.writeString(home.resolve("film.mkv"), "film"));
        announce("office\u202e", "ipp://192.0.2.9/ipp", Map.of("floor", "3"), "printer", "colour");
        announce("attic", "ipp://192.0.2.10/ipp", Map.of(), "printer");
    }

    @Test
    void announceStaysUntilItIsToldToEndAndWithdraws() {
        cli.setup = node -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("announce", "scan", "--capability", "Scanner,A3", "--capability", "a3", "--endpoint", "x:y"))
                .isZero();
        assertThat(cli.node().closed).isTrue();
    }

    @Test
    void announcePrintsTheIdAndSaysWhereItIsStored() {
        cli.stdin =
                "announce scan --capability Scanner,A3 --endpoint tcp://h --meta a=1 --meta b= --ttl 90s\nservices\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.outLines()).containsExactly("scan", "scan  tcp://h  scanner,a3  " + own() + "  a=1  b=");
        assertThat(cli.errLines()).contains("announced  scan  stored on 2/2 nodes  ttl 90 s");
    }

    @Test
    void ctrlCEndsItWithItsOwnCode() {
        cli.setup = node -> cli.stops.request(Stop.INTERRUPT);
        assertThat(cli.run("announce", "scan", "--capability", "a", "--endpoint", "x:y"))
                .isEqualTo(130);
    }

    @Test
    void whatNoServiceHasIsRefusedBeforeANodeStarts() {
        assertThat(cli.run("announce", "scan", "--capability", "a")).isEqualTo(2);
        assertThat(cli.run("announce", "scan", "--endpoint", "x:y")).isEqualTo(2);
        assertThat(cli.run("announce", "scan", "--capability", "a", "--endpoint", "x y"))
                .isEqualTo(2);
        assertThat(cli.run("announce", "scan", "--capability", "a,", "--endpoint", "x:y"))
                .isEqualTo(2);
        assertThat(cli.run("announce", "scan", "--capability", "a", "--endpoint", "x:y", "--meta", "=v"))
                .isEqualTo(2);
        for (String ttl : List.of("9", "3d", "0", "1w", "-1", "ten", "99999999999", "m")) {
            assertThat(cli.run("announce", "scan", "--capability", "a", "--endpoint", "x:y", "--ttl", ttl))
                    .as(ttl)
                    .isEqualTo(2);
        }
        assertThat(cli.world.nodes).hasSize(1);
    }

    @Test
    void withdrawEndsWhatIsAnnouncedAndRefusesWhatIsNot() {
        cli.stdin = "announce scan --capability a --endpoint x:y\nwithdraw scan\nservices\nwithdraw scan\n";
        assertThat(cli.run()).isEqualTo(2);
        assertThat(cli.outLines()).containsExactly("scan", "withdrawn  scan  x:y");
        assertThat(cli.err()).contains("nothing is announced", "next:  list what this node announces with: services");
    }

    @Test
    void discoverFindsWhatHasAllCapabilities() {
        assertThat(cli.run("discover", "PRINTER", "colour")).isZero();
        assertThat(cli.out())
                .isEqualTo("office\\u{202e}  ipp://192.0.2.9/ipp  printer,colour  " + stranger.identity.nodeId()
                        + "  floor=3\n");
        assertThat(cli.errLines()).contains("asked 4 nodes, 4 answered, 1 service, 0.0s");
        assertThat(cli.run("discover", "printer")).isZero();
        assertThat(cli.outLines()).hasSize(3);
    }

    @Test
    void nothingFoundIsExitCode3() {
        assertThat(cli.run("discover", "plotter")).isEqualTo(3);
        assertThat(cli.out()).isEmpty();
        assertThat(cli.run("discover", " ")).isEqualTo(2);
        assertThat(cli.run("discover")).isEqualTo(2);
    }

    @Test
    void jsonHasAnObjectForEachServiceAndOneForTheEnd() {
        assertThat(cli.run("discover", "printer", "--json")).isZero();
        JsonNode service = cli.json("service");
        assertThat(service.get("metadata").get("floor").asText()).isEqualTo("3");
        assertThat(service.get("expiresAt").asText()).isEqualTo("1970-01-01T00:10:01Z");
        assertThat(cli.json("discovered").get("services").asInt()).isEqualTo(2);
        assertThat(cli.outLines()).hasSize(4);
    }

    @Test
    void watchTellsWhatIsGoneUntilItIsToldToEnd() {
        cli.setup = node -> node.services.whenWatched = () -> {
            node.services.gone(stranger, "attic", Services.End.SILENT);
            node.services.found(stranger, "attic");
            node.services.found(stranger, "attic");
            cli.stops.request(Stop.TERMINATE);
        };
        assertThat(cli.run("discover", "printer", "--watch")).isZero();
        NodeId publisher = stranger.identity.nodeId();
        assertThat(cli.outLines())
                .containsExactly(
                        "found  office\\u{202e}  ipp://192.0.2.9/ipp  printer,colour  " + publisher + "  floor=3",
                        "found  attic  ipp://192.0.2.10/ipp  printer  " + publisher,
                        "gone  attic  " + publisher + "  silent",
                        "found  attic  ipp://192.0.2.10/ipp  printer  " + publisher);
        assertThat(cli.node().services.isWatching()).isFalse();
    }

    @Test
    void watchWritesTheEndOfAServiceAsJson() {
        cli.setup = node -> node.services.whenWatched = () -> {
            node.services.gone(stranger, "attic", Services.End.WITHDRAWN);
            cli.stops.request(Stop.INTERRUPT);
        };
        assertThat(cli.run("discover", "printer", "--watch", "--json")).isEqualTo(130);
        assertThat(cli.json("service_gone").get("reason").asText()).isEqualTo("withdrawn");
        assertThat(cli.json("service_gone").get("id").asText()).isEqualTo("attic");
    }

    private void announce(String id, String endpoint, Map<String, String> metadata, String... capabilities) {
        Service service = new Service(id, List.of(capabilities), endpoint, metadata);
        stranger.services
                .announce(new Announcement(service, Services.TTL_SECONDS, false))
                .join();
    }

    private NodeId own() {
        return cli.node().identity.nodeId();
    }
}
