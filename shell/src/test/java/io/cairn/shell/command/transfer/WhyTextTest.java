package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTextTest {
    private static final Endpoint PLACE = Endpoint.parse("192.0.2.7:4747");
    private static final NodeId NODE = NodeId.fromHex("0123456789abcdef0123456789abcdef01234567");

    @TempDir
    Path folder;

    @Test
    void theCauseComesFirstAndAllOfItFitsOnAScreen() {
        List<Why.Asked> asked = new ArrayList<>();
        List<Why.Dialled> dials = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            asked.add(new Why.Asked(NODE, PLACE, i % 2 == 0 ? Why.Said.SILENT : Why.Said.ANSWERED, i % 2, 3, 12, ""));
            dials.add(new Why.Dialled(
                    PLACE,
                    NODE,
                    Why.Origin.RECORD,
                    Why.DialEnd.NO_ANSWER,
                    "does not answer",
                    System.currentTimeMillis() - 5_000,
                    3_000));
        }
        Cli cli = new Cli(folder);
        cli.stdin = "why " + Key.ofContent(new byte[] {1}) + "\n";
        cli.setup = node -> node.why = new Why(
                Key.ofContent(new byte[] {1}),
                "film\n.mkv",
                FetchState.CHUNKS,
                "3 chunks of 8 are missing and no connected peer has them",
                Reason.WAIT_FOR_THE_REST.says("start the machine that has the rest"),
                asked,
                List.of(
                        new Why.ProviderFound(NODE, List.of(PLACE), 1_000, System.currentTimeMillis() + 3_600_000),
                        new Why.ProviderFound(NODE, List.of(), 0, 1_000)),
                dials,
                new Why.Missing(3, 8, List.of(5, 6, 7), 3),
                List.of(new Why.PeerSeen(NODE, PLACE, true, false, 5, 5, 4_096, 1, "")),
                System.currentTimeMillis());

        assertThat(cli.run()).isZero();
        assertThat(cli.outLines()).hasSizeLessThanOrEqualTo(24);
        assertThat(cli.outLines().get(0))
                .isEqualTo("cause    3 chunks of 8 are missing and no connected peer has them");
        assertThat(cli.out())
                .contains("asked    60 nodes, 30 answered")
                .contains(NODE.toShortString() + " at 192.0.2.7:4747  1 record, 3 closer nodes, in 12 ms")
                .contains("expires in 59m")
                .contains("at no usable address  expired")
                .contains("192.0.2.7:4747  no answer: does not answer  (named by its record, ")
                .contains("connected, has 5 chunks, gave 5, 1 wrong")
                .contains("missing  3 chunks of 8, 3 with no connected peer: 5, 6, 7")
                .contains("and 56 more; --json lists them");
        assertThat(cli.outLines()).last().isEqualTo("next     start the machine that has the rest");
    }

    @Test
    void aContactIsNamedAndNobodyWhoseIdOnlyLooksLikeItsOwn() {
        NodeId alike = NodeId.fromHex("0123" + "00".repeat(16) + "4567");
        assertThat(alike.toShortString()).isEqualTo(NODE.toShortString());
        assertThat(why(NODE)).contains("peer     ann at 192.0.2.7:4747");
        assertThat(why(alike)).contains("peer     0123…4567 at");
    }

    /** What is said of a fetch from a node, where NODE is the contact ann. */
    private String why(NodeId from) {
        Cli cli = new Cli(folder);
        cli.stdin = "why " + Key.ofContent(new byte[] {1}) + "\n";
        cli.setup = node -> {
            node.contacts().add("ann", NODE).join();
            node.why = new Why(
                    Key.ofContent(new byte[] {1}),
                    "film.mkv",
                    FetchState.CHUNKS,
                    "1 connected peer sends nothing",
                    Reason.WAIT_FOR_THE_REST.says("wait"),
                    List.of(),
                    List.of(),
                    List.of(),
                    new Why.Missing(3, 8, List.of(), 0),
                    List.of(new Why.PeerSeen(from, PLACE, true, false, 5, 5, 4_096, 1, "")),
                    System.currentTimeMillis());
        };
        assertThat(cli.run()).isZero();
        return cli.out();
    }
}
