package io.cairn.samples.endtoend;

import static io.cairn.samples.endtoend.Content.MIB;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core use: content shared on one machine arrives on others, from all its providers. */
class FetchesFromManyMachinesTest {
    @Test
    void aFileGoesFromMachineToMachineUnchanged(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 40L * MIB, 1);
            CairnProcess sharing = ann.start("share", file.toString());
            JsonNode shared = sharing.await("shared");
            assertThat(shared.path("name").asText()).isEqualTo("film.bin");
            assertThat(shared.path("size").asLong()).isEqualTo(40L * MIB);
            assertThat(shared.path("chunks").asInt()).isPositive();
            String hash = shared.path("hash").asText();
            assertThat(hash).matches("[0-9a-f]{40}");
            assertThat(shared.path("link").asText()).startsWith("magnet:?xt=urn:btih:" + hash);

            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess passingOn = ben.fetch(hash, "--keep-sharing");
            arrivesAs(passingOn, ben, file);

            // Cleo knows only Ben and finds Ann through the network.
            Machine cleo = machines.add("cleo").knowing(passingOn);
            CairnProcess last = cleo.fetch(hash);
            arrivesAs(last, cleo, file);
            assertThat(last.exitCode()).as(last.transcript()).isZero();
            assertThat(sharing.isAlive()).isTrue();
            assertThat(passingOn.isAlive()).isTrue();
        }
    }

    @Test
    void severalMachinesGiveAtOnce(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 96L * MIB, 2);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            Machine cleo = machines.add("cleo").knowing(sharing);
            CairnProcess second = ben.fetch(hash, "--keep-sharing");
            CairnProcess third = cleo.fetch(hash, "--keep-sharing");
            arrivesAs(second, ben, file);
            arrivesAs(third, cleo, file);

            Machine dora = machines.add("dora").knowing(sharing);
            JsonNode complete = arrivesAs(dora.fetch(hash), dora, file);
            assertThat(StreamSupport.stream(complete.path("peers").spliterator(), false)
                            .filter(peer -> peer.path("chunks").asInt() > 0))
                    .as("those that gave chunks, of %s", complete)
                    .hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void theOneThatSharedItFirstMayLeave(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Path file = Content.random(ann.files().resolve("film.bin"), 5L * MIB + 77, 3);
            CairnProcess sharing = ann.start("share", file.toString());
            String hash = sharing.await("shared").path("hash").asText();
            Machine ben = machines.add("ben").knowing(sharing);
            CairnProcess passingOn = ben.fetch(hash, "--keep-sharing");
            arrivesAs(passingOn, ben, file);
            sharing.signal("TERM");
            assertThat(sharing.exitCode()).as(sharing.transcript()).isZero();

            Machine cleo = machines.add("cleo").knowing(passingOn);
            arrivesAs(cleo.fetch(hash), cleo, file);
        }
    }

    @Test
    void theSameContentHasTheSameHashEverywhere(@TempDir Path folder) throws IOException {
        try (Machines machines = new Machines(folder)) {
            Machine ann = machines.add("ann");
            Machine ben = machines.add("ben");
            Path first = Content.random(ann.files().resolve("same.bin"), 3L * MIB, 4);
            Path second = Content.random(ben.files().resolve("same.bin"), 3L * MIB, 4);
            CairnProcess annShares = ann.start("share", first.toString());
            CairnProcess benShares = ben.knowing(annShares).start("share", second.toString());
            String hash = annShares.await("shared").path("hash").asText();
            assertThat(benShares.await("shared").path("hash").asText()).isEqualTo(hash);

            Machine cleo = machines.add("cleo").knowing(annShares);
            CairnProcess fetch = cleo.fetch(hash);
            arrivesAs(fetch, cleo, first);
        }
    }

    private static JsonNode arrivesAs(CairnProcess fetch, Machine machine, Path original) throws IOException {
        JsonNode complete = fetch.await("complete");
        Path target = machine.files().resolve(original.getFileName());
        assertThat(complete.path("path").asText()).as(fetch.transcript()).isEqualTo(target.toString());
        assertThat(Content.sha256(target)).isEqualTo(Content.sha256(original));
        return complete;
    }
}
