package io.cairn.samples.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cairn.app.people.ContactCard;
import io.cairn.dht.id.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contacts between real processes: who is reachable now, and names in place of ids. */
class NamesStandForNodesTest {
    private static final String NOBODY = "00000000000000000000000000000000000000aa";

    @TempDir
    Path folder;

    private Terminals terminals;
    private CairnProcess ann;
    private String annsNode;

    @BeforeEach
    void start() throws IOException {
        terminals = new Terminals(folder);
        ann = cairn("ann", "daemon");
        annsNode = ann.await("ready").path("node").asText();
        cairn("here", "daemon").await("ready");
        done("here", "contacts", "add", "ann", annsNode);
    }

    @AfterEach
    void end() {
        terminals.close();
    }

    @Test
    void whoIsReachableNowIsSaidUntilItsProcessIsKilled() throws IOException {
        done("here", "contacts", "add", "nobody", NOBODY);
        done("here", "contacts", "group", "lab", "ann", "nobody");
        CairnProcess before = done("here", "contacts");
        JsonNode found = presence(before, "ann");
        assertThat(found.path("reach").asText()).isEqualTo("reachable");
        assertThat(found.path("address").asText()).isEqualTo(ann.endpoint());
        assertThat(presence(before, "nobody").path("reach").asText()).isEqualTo("silent");
        assertThat(before.await("group").path("members")).hasSize(2);
        ann.signal("KILL");
        assertThat(ann.exitCode()).isNotZero();
        JsonNode gone = presence(done("here", "contacts"), "ann");
        assertThat(gone.path("reach").asText()).isEqualTo("silent");
        assertThat(gone.path("address").isNull()).isTrue();
    }

    @Test
    void aContactIsFoundByItsIdThroughOthers() throws IOException {
        CairnProcess bob = cairn("bob", "daemon");
        String bobsNode = bob.await("ready").path("node").asText();
        CairnProcess late = cairn("late", "contacts", "add", "bob", bobsNode);
        assertThat(late.exitCode()).as(late.transcript()).isZero();
        assertThat(presence(done("late", "contacts"), "bob").path("address").asText())
                .isEqualTo(bob.endpoint());
    }

    @Test
    void aNameIsTakenWhereAnIdIs() throws IOException {
        Path film = Files.writeString(folder.resolve("film.mkv"), "moving pictures");
        done("ann", "put", "motd", "back at noon");
        done("ann", "share", film.toString());
        done("ann", "publish", "newest", "film.mkv");
        assertThat(done("here", "get", "motd", "--from", "ann")
                        .await("value")
                        .path("value")
                        .asText())
                .isEqualTo("back at noon");
        assertThat(done("here", "get", "motd@ann")
                        .await("value")
                        .path("publisher")
                        .asText())
                .isEqualTo(annsNode);
        done("here", "fetch", "newest@ann", "-o", "copy.mkv");
        assertThat(folder.resolve("here/copy.mkv")).hasSameBinaryContentAs(film);
        CairnProcess follow = cairn("here", "follow", "newest@ann", "-o", "followed.mkv");
        assertThat(follow.await("up_to_date").path("publisher").asText()).isEqualTo(annsNode);
        CairnProcess unknown = run("here", "fetch", "newest@carl", "-o", "copy.mkv");
        assertThat(unknown.exitCode()).as(unknown.transcript()).isEqualTo(2);
        assertThat(unknown.await("error").path("why").asText()).contains("no contact is carl");
    }

    @Test
    void aNameIsShownWhereAnIdIs() throws IOException {
        Path film = Files.writeString(folder.resolve("film.mkv"), "moving pictures");
        String hash = done("ann", "share", film.toString())
                .await("shared")
                .path("hash")
                .asText();
        done("ann", "announce", "office", "--capability", "printer", "--endpoint", "ipp://h/p");
        assertThat(done("here", "peers").await("peer").path("contact").asText()).isEqualTo("ann");
        assertThat(done("here", "find", hash).await("provider").path("contact").asText())
                .isEqualTo("ann");
        assertThat(done("here", "discover", "printer")
                        .await("service")
                        .path("contact")
                        .asText())
                .isEqualTo("ann");
        CairnProcess unknown = run("here", "fetch", NOBODY);
        assertThat(unknown.await("error").path("why").asText())
                .contains("asked ann at ")
                .doesNotContain(annsNode.substring(0, 4));
        assertThat(run("here", "get", "nothing@ann").await("error").path("what").asText())
                .isEqualTo("no value nothing of ann");
        done("here", "contacts", "remove", "ann");
        assertThat(done("here", "peers").await("peer").has("contact")).isFalse();
    }

    @Test
    void aCardMakesAContactAndIsRefusedWhenItWasChanged() throws IOException {
        done("here", "contacts", "remove", "ann");
        String card = done("ann", "id", "--card").await("card").path("card").asText();
        assertThat(card).startsWith("cairn-contact:" + annsNode + ":");
        CairnProcess changed = run("here", "contacts", "add", "ann", card.replace(annsNode, NOBODY));
        assertThat(changed.exitCode()).as(changed.transcript()).isEqualTo(2);
        CairnProcess added = done("here", "contacts", "add", "ann", card);
        assertThat(added.await("contact").path("node").asText()).isEqualTo(annsNode);
        assertThat(presence(done("here", "contacts"), "ann").path("reach").asText())
                .isEqualTo("reachable");
    }

    @Test
    void theNodeOfACardIsGreetedAtTheAddressesOnIt() throws Exception {
        done("here", "contacts", "remove", "ann");
        String card = done("ann", "id", "--card").await("card").path("card").asText();
        ContactCard here = new ContactCard(ContactCard.parse(card).key(), List.of(Endpoint.parse(ann.endpoint())));
        CairnProcess added = terminals.startAsText("here", "contacts", "add", "ann", here.toString());
        assertThat(added.exitCode()).as(added.transcript()).isZero();
        assertThat(added.errors()).contains("it answers at " + ann.endpoint());
    }

    private static JsonNode presence(CairnProcess contacts, String name) {
        return contacts.await("presence", line -> line.path("name").asText().equals(name));
    }

    private CairnProcess done(String directory, String... words) throws IOException {
        CairnProcess process = run(directory, words);
        assertThat(process.exitCode()).as(process.transcript()).isZero();
        return process;
    }

    private CairnProcess run(String directory, String... words) throws IOException {
        CairnProcess process = cairn(directory, words);
        process.exitCode();
        return process;
    }

    private CairnProcess cairn(String directory, String... words) throws IOException {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--bind", "127.0.0.1"));
        if (!directory.equals("ann")) {
            all.addAll(List.of("--bootstrap", ann.endpoint()));
        }
        return terminals.start(directory, all.toArray(String[]::new));
    }
}
