package io.cairn.shell.command.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The verbs about contacts, in lines and JSON, and names wherever a node is shown or meant. */
class ContactCommandsTest {
    private static final String NOBODY = "00000000000000000000000000000000000000aa";

    @TempDir
    Path home;

    private Cli cli;
    private NodeId ann;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(home);
        ann = cli.stranger(Files.writeString(home.resolve("film.mkv"), "film"))
                .info()
                .node();
    }

    @Test
    void contactsAreAddedGroupedListedAndRemoved() {
        cli.stdin = "contacts\ncontacts add ann " + ann + "\ncontacts add bob " + NOBODY
                + "\ncontacts group lab ann bob\ncontacts\ncontacts --known\ncontacts group lab --remove\n"
                + "contacts remove bob\n";
        assertThat(cli.run()).as(cli.err()).isZero();
        assertThat(cli.outLines())
                .containsExactly(
                        "ann  " + ann,
                        "bob  " + NOBODY,
                        "lab  ann, bob",
                        "ann  " + ann + "  reachable at 127.0.0.1:4747",
                        "bob  " + NOBODY + "  not reachable",
                        "lab  group  ann, bob",
                        "ann  " + ann,
                        "bob  " + NOBODY,
                        "lab  group  ann, bob",
                        "removed  lab  ann, bob",
                        "removed  bob  " + NOBODY);
        assertThat(cli.err()).contains("no contacts yet");
    }

    @Test
    void jsonHasOneObjectForEach() {
        cli.stdin = "contacts add ann " + ann + "\ncontacts group lab ann\ncontacts\n";
        assertThat(cli.run("--json")).as(cli.err()).isZero();
        assertThat(cli.json("contact").get("node").asText()).isEqualTo(ann.toHex());
        assertThat(cli.json("presence").get("reach").asText()).isEqualTo("reachable");
        assertThat(cli.json("group").get("members").get(0).asText()).isEqualTo("ann");
    }

    @Test
    void whatIsNoNameOrNodeIsRefusedBeforeANodeStarts() {
        assertThat(cli.run("contacts", "add", "a b", ann.toHex())).isEqualTo(2);
        assertThat(cli.run("contacts", "add", "ann", "1234")).isEqualTo(2);
        assertThat(cli.run("contacts", "add", "ann", "cairn-contact:" + ann + ":AAAA"))
                .isEqualTo(2);
        assertThat(cli.run("contacts", "group", "lab")).isEqualTo(2);
        assertThat(cli.run("contacts", "group", "lab", "ann", "--remove")).isEqualTo(2);
        assertThat(cli.world.nodes).hasSize(1);
        assertThat(cli.run("contacts", "remove", "ann")).isEqualTo(2);
        assertThat(cli.err()).contains("see the names with: contacts");
    }

    @Test
    void aCardIsPrintedAndTaken() {
        assertThat(cli.run("id", "--card")).as(cli.err()).isZero();
        String card = cli.out().strip();
        NodeId here = cli.node().info().node();
        assertThat(card).startsWith("cairn-contact:" + here + ":");
        Cli there = new Cli(home.resolve("there"));
        there.stdin = "contacts add here " + card + "\n";
        assertThat(there.run()).as(there.err()).isZero();
        assertThat(there.outLines()).containsExactly("here  " + here);
    }

    @Test
    void namesAreShownWhereIdsAre() {
        cli.stdin = "contacts add ann " + ann + "\npeers\nfind film.mkv\n";
        cli.setup = node -> node.share(home.resolve("film.mkv")).completion().join();
        assertThat(cli.run()).as(cli.err()).isZero();
        assertThat(cli.outLines().get(1)).startsWith(ann.toHex()).endsWith("  ann");
        assertThat(cli.outLines().get(2)).startsWith(ann.toHex()).endsWith("  ann");
    }
}
