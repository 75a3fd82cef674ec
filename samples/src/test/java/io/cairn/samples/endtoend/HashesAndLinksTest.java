package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hashes and links that users may paste after {@code fetch}, and the output that scripts read. */
class HashesAndLinksTest {
    @Test
    void aHashInUpperCaseIsTheSameHash(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone.bin"), 5_000, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            arrives(ben.fetch(hash.toUpperCase(Locale.ROOT)), ben, file);
        }
    }

    @Test
    void aLinkLeadsToItsMakerWithoutAnyOtherAddress(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone & moss.bin"), 5_000, 2);
            JsonNode shared = ann.start("share", file.toString()).await("shared");
            assertThat(shared.path("link").asText()).contains("x.pe=127.0.0.1:");
            Machine stranger = machines.add("stranger");
            arrives(stranger.fetch(shared.path("link").asText()), stranger, file);
        }
    }

    @Test
    void withoutJsonShareSaysOneLineAPath(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path first = Content.random(ann.files().resolve("first.bin"), 5_000, 3);
            Path second = Content.random(ann.files().resolve("second.bin"), 5_000, 4);
            CairnProcess sharing = ann.startPlain("share", first.toString(), second.toString());
            sharing.awaitLine(line -> line.endsWith("  second.bin"));
            assertThat(sharing.output()).matches("[0-9a-f]{40}  first\\.bin\n[0-9a-f]{40}  second\\.bin");
            assertThat(sharing.errors()).contains("magnet:?xt=urn:btih:");
        }
    }

    @Test
    void commandsComeFromStdinWhereThatIsNoTerminal(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("stone.bin"), 5_000, 5);
            CairnProcess shell = ann.startPlain();
            shell.type("share " + file + "\nshares\nexit\n");
            assertThat(shell.exitCode()).as(shell.transcript()).isZero();
            assertThat(shell.output()).contains("stone.bin");

            CairnProcess failing = ann.startPlain();
            failing.type("fetch nonsense\nid\n");
            assertThat(failing.exitCode()).as(failing.transcript()).isEqualTo(2);
        }
    }

    private static void arrives(CairnProcess fetch, Machine machine, Path original) throws IOException {
        assertThat(fetch.exitCode()).as(fetch.transcript()).isZero();
        assertThat(Content.sha256(machine.files().resolve(original.getFileName())))
                .isEqualTo(Content.sha256(original));
    }
}
