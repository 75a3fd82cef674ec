package io.cairn.app.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Contacts;
import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.work.Work;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.store.state.StateDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In virtual time: the names of nodes and their groups, which are checked, stored, and read back by the next run. */
class AddressBookTest {
    private static final Random RANDOM = new Random(20_261_130);
    private static final NodeId OWN = NodeId.random(RANDOM);
    private static final NodeId ONE = NodeId.random(RANDOM);
    private static final NodeId TWO = NodeId.random(RANDOM);

    @TempDir
    Path folder;

    private final AppLoop loop = new AppLoop();
    private StateDatabase state;
    private AddressBook book;
    private int changes;

    @BeforeEach
    void open() throws IOException {
        state = StateDatabase.open(folder.resolve("cairn.db"));
        book = restored();
        book.watch(() -> changes++);
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void aNameStandsForItsNode() throws Exception {
        assertThat(add("ann", ONE).name()).isEqualTo("ann");
        assertThat(book.nameOf(ONE)).contains("ann");
        assertThat(book.nameOf(TWO)).isEmpty();
        assertThat(book.node("ann")).isEqualTo(ONE);
        assertThat(book.node(TWO.toHex().toUpperCase(Locale.ROOT))).isEqualTo(TWO);
        assertThat(book.nodes("ann")).containsExactly(ONE);
        assertThatThrownBy(() -> book.node("bob")).isInstanceOf(CairnException.class);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void theSameAgainChangesNothing() throws Exception {
        Person first = add("ann", ONE);
        loop.run(1_000);
        assertThat(add("ann", ONE)).isEqualTo(first);
        assertThat(changes).isEqualTo(1);
    }

    @Test
    void whatIsStoredIsReadByTheNextRun() throws Exception {
        add("ann", ONE);
        add("bob", TWO);
        done(book.put(new Group("lab", List.of("bob", "ann"))));
        AddressBook next = restored();
        assertThat(next.all()).isEqualTo(book.all()).hasSize(2);
        assertThat(next.groups()).containsExactly(new Group("lab", List.of("bob", "ann")));
        assertThat(next.nameOf(TWO)).contains("bob");
        done(next.remove("bob"));
        assertThat(restored().groups()).containsExactly(new Group("lab", List.of("ann")));
    }

    @Test
    void aNodeHasOneNameAndANameOneNode() throws Exception {
        add("ann", ONE);
        assertThat(refusal(book.put(new Person("bob", ONE, 1)))).contains("is the contact ann already");
        assertThat(refusal(book.put(new Person("ann", TWO, 1)))).contains("another contact is ann");
        assertThat(refusal(book.put(new Person("ANN", TWO, 1)))).contains("another contact is ann");
        assertThat(refusal(book.put(new Person("me", OWN, 1)))).contains("it is this node itself");
        done(book.remove("ann"));
        add("bob", ONE);
        add("ann", TWO);
    }

    @Test
    void changesAtOnceAreMadeOneAfterTheOther() throws Exception {
        CompletableFuture<Person> first = book.put(new Person("ann", ONE, 1));
        CompletableFuture<Person> second = book.put(new Person("ann", TWO, 1));
        CompletableFuture<Group> group = book.put(new Group("lab", List.of("ann")));
        assertThat(done(first).node()).isEqualTo(ONE);
        assertThat(refusal(second)).contains("another contact is ann");
        assertThat(done(group).members()).containsExactly("ann");
    }

    @Test
    void aGroupHasContactsAndStandsForTheirNodes() throws Exception {
        add("ann", ONE);
        add("bob", TWO);
        done(book.put(new Group("lab", List.of("ann", "bob", "ann"))));
        assertThat(book.nodes("lab")).containsExactly(ONE, TWO);
        assertThatThrownBy(() -> book.node("lab")).isInstanceOf(CairnException.class);
        assertThat(refusal(book.put(new Group("lab", List.of("carl"))))).contains("no contact has the name carl");
        assertThat(refusal(book.put(new Group("lab", List.of())))).contains("it has no members");
        assertThat(refusal(book.put(new Group("ann", List.of("bob"))))).contains("another contact is ann");
        assertThat(refusal(book.put(new Person("lab", NodeId.random(RANDOM), 1))))
                .contains("a group is lab");
        done(book.put(new Group("lab", List.of("bob"))));
        assertThat(book.nodes("lab")).containsExactly(TWO);
        done(book.remove("bob"));
        assertThat(book.findGroup("lab")).contains(new Group("lab", List.of()));
        done(book.removeGroup("lab"));
        assertThat(book.all()).hasSize(1);
        assertThat(refusal(book.removeGroup("lab"))).contains("no group has this name");
        assertThat(refusal(book.remove("bob"))).contains("no contact has this name");
    }

    @Test
    void aNameIsFoundInEitherUnicodeForm() throws Exception {
        add("Zoe\u0308", ONE);
        assertThat(book.all()).extracting(Person::name).containsExactly("Zo\u00eb");
        assertThat(book.node("Zoe\u0308")).isEqualTo(ONE);
        assertThat(book.node("Zo\u00eb")).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "Ann-2", "lab_b.1", "名前", "زينة", "नमस्ते", "fade", "1", "0123456"})
    void namesOfAnyScriptAreTaken(String name) throws Exception {
        assertThat(add(name, ONE).name()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "an n",
                "-ann",
                ".ann",
                "_ann",
                "ann@home",
                "a/b",
                "a\nb",
                "a\u202eb",
                "a\u200bb",
                "a\u3164b",
                "a\ufe0fb",
                "a\u0000b",
                "5f1c\u2026e09a",
                "5f1c0d4b",
                "5f1c0d4be3a1c22ab4e0a0a2a1c3b7d9e8f6e09a"
            })
    void otherNamesAreRefused(String name) {
        assertThat(refusal(book.put(new Person(name, ONE, 1)))).isNotEmpty();
        assertThat(refusal(book.put(new Group(name, List.of("ann"))))).isNotEmpty();
        assertThat(book.all()).isEmpty();
    }

    @Test
    void namesAndNumbersAreBounded() throws Exception {
        assertThat(add("x".repeat(Contacts.NAME_CHARACTERS_MAX), ONE).node()).isEqualTo(ONE);
        assertThat(refusal(book.put(new Person("x".repeat(Contacts.NAME_CHARACTERS_MAX + 1), TWO, 1))))
                .contains("it has 65 characters");
        List<CompletableFuture<Person>> all = new ArrayList<>();
        for (int i = 1; i < Contacts.CONTACTS_MAX; i++) {
            all.add(book.put(new Person("c" + i + "-", NodeId.random(RANDOM), 1)));
        }
        for (CompletableFuture<Person> one : all) {
            done(one);
        }
        assertThat(refusal(book.put(new Person("more", NodeId.random(RANDOM), 1))))
                .contains("1000 contacts already");
    }

    private AddressBook restored() {
        AddressBook fresh = new AddressBook(new Work(loop, () -> true), OWN, state.contacts());
        CompletableFuture<Void> read = fresh.restore();
        loop.runUntil(read::isDone, 60_000);
        read.join();
        return fresh;
    }

    private Person add(String name, NodeId node) throws Exception {
        return done(book.put(new Person(name, node, loop.wallMillis())));
    }

    private <T> T done(CompletableFuture<T> future) throws Exception {
        assertThat(loop.runUntil(future::isDone, 60_000)).isTrue();
        return future.get();
    }

    /** Why a change is refused. */
    private String refusal(CompletableFuture<?> future) {
        assertThat(loop.runUntil(future::isDone, 60_000)).isTrue();
        CompletableFuture<Throwable> failure = future.handle((value, refused) -> Work.cause(refused));
        assertThat(failure.join()).isInstanceOf(CairnException.class);
        CairnException refused = (CairnException) failure.join();
        assertThat(refused.kind()).isEqualTo(Kind.USAGE);
        return refused.why();
    }
}
