package io.cairn.shell.command.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Node.Share;
import io.cairn.app.Offers.Offer;
import io.cairn.shell.Cli;
import io.cairn.shell.ManifestsForTests;
import io.cairn.shell.session.Stop;
import io.cairn.transfer.content.ShareOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudienceCommandTest {
    @TempDir
    Path folder;

    private Cli cli;
    private Path film;

    @BeforeEach
    void prepare() throws IOException {
        cli = new Cli(folder);
        film = Files.write(folder.resolve("film.mkv"), new byte[600_000]);
    }

    @Test
    void sharesForSomeAloneWithTheSameLineOnStdout() {
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("share", film.toString(), "--to", "ann", "--to", "lab"))
                .isZero();
        assertThat(cli.out()).isEqualTo(ManifestsForTests.hashOf(film) + "  film.mkv\n");
        assertThat(cli.err()).contains("for     ann, lab, and anyone with its link\n");
        assertThat(cli.node().shared).extracting(Share::offer).containsExactly(new Offer(true, List.of("ann", "lab")));
    }

    @Test
    void sharesForHoldersOfItsLinkAlone() {
        cli.setup = node -> node.whenShared = () -> cli.stops.request(Stop.TERMINATE);
        assertThat(cli.run("share", film.toString(), "--to-link")).isZero();
        assertThat(cli.err()).contains("for     anyone with its link\n");
    }

    @Test
    void showsAddsRemovesAndOpens() {
        assertThat(audience(null)).contains("for anyone who knows its hash");
        assertThat(audience(null, "--add", "ann")).contains("for ann, and anyone with its link");
        assertThat(audience(List.of("ann", "lab"), "--remove", "ann")).contains("for lab, and");
        assertThat(audience(List.of("ann"), "--remove", "ann")).contains("for anyone with its link");
        assertThat(audience(null, "--to-link")).contains("for anyone with its link");
        assertThat(audience(List.of("ann"), "--open")).contains("for anyone who knows its hash");
    }

    @Test
    void saysWhetherItIsListed() {
        String line = ManifestsForTests.hashOf(film) + "  585.9 KiB  sent 0 B  film.mkv  " + film;
        String audience = ManifestsForTests.hashOf(film) + "  film.mkv  for anyone who knows its hash";
        cli.stdin = "share " + film + "\nshares\naudience film.mkv\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.outLines()).contains(line, audience);
        cli.stdin = "share " + film + " --listed\nshares\naudience film.mkv\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.outLines()).endsWith(line + "  (listed)", audience + "  (listed)");
    }

    @Test
    void aTableSaysWhetherItIsListed() {
        cli.outTerminal = true;
        cli.stdin = "share " + film + " --listed\nshares\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.out())
                .containsPattern("HASH +SIZE +SENT +STATE +FOR +LISTED +NAME")
                .containsPattern("offered +all +yes +film.mkv");
    }

    @Test
    void saysThatACopyIsWithdrawnAndGivesNoLink() {
        cli.setup = node -> {
            var unused = node.share(film, ShareOptions.DEFAULT, new Offer(false, List.of(), true))
                    .completion()
                    .join();
        };
        cli.stdin = "shares\naudience film.mkv\n";
        assertThat(cli.run()).isZero();
        assertThat(cli.out())
                .contains("  (withdrawn by its owner: served to nobody)")
                .contains("film.mkv  for nobody, as its owner has withdrawn it");
        assertThat(cli.run("--json", "audience", "film.mkv")).isZero();
        assertThat(cli.out()).contains("\"to\":[],\"withdrawn\":true");
    }

    @Test
    void refusesWhatContradictsItselfOrIsNotThere() {
        assertThat(cli.run("audience", "film.mkv", "--open", "--add", "ben")).isEqualTo(2);
        shares(List.of("ann"));
        assertThat(cli.run("audience", "film.mkv", "--remove", "ben")).isEqualTo(2);
        assertThat(cli.err()).contains("the share is for ann, and anyone with its link");
        assertThat(cli.run("share", film.toString(), "--to", "ann", "--watch", "name"))
                .isEqualTo(2);
    }

    /** The line on stdout, of a node that shares the film for these. */
    private String audience(@Nullable List<String> before, String... options) {
        int printed = cli.out().length();
        shares(before);
        List<String> words = new ArrayList<>(List.of("audience", "film.mkv"));
        words.addAll(List.of(options));
        assertThat(cli.run(words.toArray(String[]::new))).isZero();
        return cli.out().substring(printed);
    }

    private void shares(@Nullable List<String> to) {
        cli.setup = node -> {
            var unused = node.share(film, ShareOptions.DEFAULT, new Offer(false, to))
                    .completion()
                    .join();
        };
    }
}
