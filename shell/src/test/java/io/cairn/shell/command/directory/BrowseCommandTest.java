package io.cairn.shell.command.directory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.Catalogue.Listing;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.shell.Cli;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrowseCommandTest {
    private static final NodeId ANN = NodeId.fromHex("5f1c000000000000000000000000000000000001");
    private static final NodeId OTHER = NodeId.fromHex("5f1c00000000000000000000000000000000e09a");
    private static final Key FILM = Key.ofContent(new byte[] {1});
    private static final Key PHOTOS = Key.ofContent(new byte[] {2});

    @TempDir
    Path folder;

    private Cli cli;
    private int cutOff;

    @BeforeEach
    void prepare() {
        cli = new Cli(folder);
        cli.setup = node -> {
            node.catalogue.cutOff = cutOff;
            node.catalogue.listed.add(new Listing(ANN, "ann", FILM, "film.mkv", 1_500_000, false, 1, 0, false));
            node.catalogue.listed.add(
                    new Listing(OTHER, null, PHOTOS, "photos \u202e\n\u001b[2J", 7, true, 3, 1_700_000_000_000L, true));
        };
    }

    @Test
    void printsOneLineAnEntryForPrograms() {
        assertThat(cli.run("browse")).isZero();
        assertThat(cli.outLines())
                .containsExactly(
                        FILM + "  1500000  file  ann  1970-01-01T00:00:00Z  film.mkv",
                        PHOTOS + "  7  3 files/  " + OTHER + "  2023-11-14T22:13:20Z  photos \\u{202e}\\n\\u{1b}[2J");
        assertThat(cli.err()).contains("asked 3 nodes, 2 answered, 2 entries, 1.2s");
        assertThat(cli.err()).doesNotContain("only a part");
    }

    @Test
    void printsColumnsForAPerson() {
        cli.outTerminal = true;
        assertThat(cli.run("browse", "--color=never")).isZero();
        assertThat(cli.outLines().get(0))
                .startsWith(FILM.toHex().substring(0, 10) + "     1.4 MiB  file        ann         19")
                .endsWith("  film.mkv");
        assertThat(cli.outLines().get(1))
                .contains("3 files/    5f1c…e09a   2023-11-1")
                .doesNotContain("\u202e", "\u001b[2J");
    }

    @Test
    void asksForWords() {
        assertThat(cli.run("browse", "film")).isZero();
        assertThat(cli.outLines()).hasSize(1);
        assertThat(cli.node().catalogue.asked).containsExactly(List.of("film"));
    }

    @Test
    void tellsListingsAndTheEndInJson() {
        assertThat(cli.run("browse", "--json")).isZero();
        assertThat(cli.json())
                .extracting(object -> object.get("type").asText())
                .containsExactly("ready", "listing", "listing", "browsed");
        JsonNode listing = cli.json("listing");
        assertThat(listing.get("hash").asText()).isEqualTo(FILM.toHex());
        assertThat(listing.get("who").asText()).isEqualTo("ann");
        assertThat(listing.get("from").asText()).isEqualTo(ANN.toHex());
        assertThat(listing.get("kind").asText()).isEqualTo("file");
        assertThat(cli.json("browsed").get("entries").asInt()).isEqualTo(2);
        assertThat(cli.out()).doesNotContain("\u202e", "\u001b[2J");
    }

    @Test
    void saysWhereACatalogueIsNotWhole() {
        cutOff = 1;
        assertThat(cli.run("browse")).isZero();
        assertThat(cli.err()).contains("the catalogue of one node is too large or damaged; only a part of it is shown");
    }
}
