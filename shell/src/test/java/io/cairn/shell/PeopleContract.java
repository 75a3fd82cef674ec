package io.cairn.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.app.Catalogue;
import io.cairn.app.Codes;
import io.cairn.app.Contacts;
import io.cairn.app.Node;
import io.cairn.app.Offers;
import io.cairn.app.Operation;
import io.cairn.app.Reason;
import io.cairn.app.Subscription;
import io.cairn.app.Values;
import io.cairn.app.values.Pointers;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The part of the contract of every node about other people's nodes: contacts, what is listed, and codes. */
abstract class PeopleContract {
    static final int DEADLINE_SECONDS = 60;
    static final String CONTENT = "what two nodes share\n".repeat(50_000);
    private static final NodeId NODE = NodeId.fromHex("00000000000000000000000000000000000000aa");

    @TempDir
    Path folder;

    Node sharer;
    Node node;
    Node.Share share;

    /** Starts a node in a network with the known nodes. */
    abstract Node start(Path dataDirectory, List<Node> known) throws CairnException;

    @BeforeEach
    void share() throws Exception {
        sharer = start(folder.resolve("sharer"), List.of());
        Path file = Files.writeString(folder.resolve("film.mkv"), CONTENT);
        share = get(sharer.share(file).completion()).share();
        node = start(folder.resolve("node"), List.of(sharer));
        get(node.joined());
    }

    @AfterEach
    void close() {
        node.close();
        sharer.close();
    }

    @Test
    void aNameStandsForANodeUntilItIsRemoved() throws Exception {
        NodeId other = sharer.info().node();
        Contacts.Person ann = get(node.contacts().add("ann", other));
        assertThat(ann.name()).isEqualTo("ann");
        assertThat(ann.node()).isEqualTo(other);
        assertThat(get(node.contacts().add("ann", other))).isEqualTo(ann);
        assertThat(node.contacts().all()).containsExactly(ann);
        assertThat(node.contacts().resolve("ann")).isEqualTo(other);
        assertThat(node.contacts().resolve(other.toHex())).isEqualTo(other);
        assertThat(kind(node.contacts().add("bob", other))).isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().add("ann", NODE))).isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().add("me", node.info().node()))).isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().add("a b", NODE))).isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().add(NODE.toHex(), NODE))).isEqualTo(Kind.USAGE);
        assertThatThrownBy(() -> node.contacts().resolve("bob"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.kind()).isEqualTo(Kind.USAGE));
        assertThat(sharer.contacts().all()).isEmpty();
        assertThat(get(node.contacts().remove("ann"))).isEqualTo(ann);
        assertThat(node.contacts().all()).isEmpty();
        assertThat(kind(node.contacts().remove("ann"))).isEqualTo(Kind.USAGE);
    }

    @Test
    void groupsHaveContacts() throws Exception {
        get(node.contacts().add("ann", sharer.info().node()));
        get(node.contacts().add("名前", NODE));
        Contacts.Group lab = new Contacts.Group("lab", List.of("名前", "ann"));
        assertThat(get(node.contacts().setGroup(lab))).isEqualTo(lab);
        assertThat(node.contacts().groups()).containsExactly(lab);
        assertThat(kind(node.contacts().setGroup(new Contacts.Group("lab", List.of("carl")))))
                .isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().setGroup(new Contacts.Group("ann", List.of("ann")))))
                .isEqualTo(Kind.USAGE);
        assertThat(kind(node.contacts().add("lab", NodeId.fromHex("00".repeat(19) + "ab"))))
                .isEqualTo(Kind.USAGE);
        get(node.contacts().remove("名前"));
        assertThat(get(node.contacts().removeGroup("lab")).members()).containsExactly("ann");
        assertThat(node.contacts().groups()).isEmpty();
        assertThat(kind(node.contacts().removeGroup("lab"))).isEqualTo(Kind.USAGE);
    }

    @Test
    void presenceTellsWhoAnswersNow() throws Exception {
        Contacts.Person ann = get(node.contacts().add("ann", sharer.info().node()));
        Contacts.Person nobody = get(node.contacts().add("nobody", NODE));
        Operation<Contacts.Presence, List<Contacts.Presence>> search =
                node.contacts().presence();
        BlockingQueue<Contacts.Presence> heard = new LinkedBlockingQueue<>();
        search.events(heard::add);
        List<Contacts.Presence> all = get(search.completion());
        assertThat(all).extracting(Contacts.Presence::person).containsExactly(ann, nobody);
        assertThat(all)
                .extracting(Contacts.Presence::reach)
                .containsExactly(Contacts.Reach.REACHABLE, Contacts.Reach.SILENT);
        assertThat(all.get(0).at()).isNotNull();
        assertThat(heard).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void aContactStandsForThePublisherOfAValue() throws Exception {
        get(node.contacts().add("ann", sharer.info().node()));
        get(sharer.values().put(Pointers.to("newest", share.hash())));
        assertThat(get(Pointers.resolve(node, "newest@ann")).hash()).isEqualTo(share.hash());
        assertThat(Pointers.name(node, "newest@ann"))
                .isEqualTo(new Values.Name("newest", sharer.info().node()));
        assertThatThrownBy(() -> Pointers.resolve(node, "newest@carl"))
                .isInstanceOfSatisfying(
                        CairnException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.LIST_THE_CONTACTS));
    }

    @Test
    void whatAnotherNodeListsIsBrowsedAndFoundByWords() throws Exception {
        assertThat(browse()).isEmpty();
        get(sharer.share(share.path(), ShareOptions.DEFAULT, new Offers.Offer(true, null))
                .completion());
        assertThat(browse()).singleElement().satisfies(listing -> {
            assertThat(listing.hash()).isEqualTo(share.hash());
            assertThat(listing.name()).isEqualTo("film.mkv");
            assertThat(listing.from()).isEqualTo(sharer.info().node());
        });
        assertThat(node.catalogue().known()).hasSize(1);
        assertThat(get(node.catalogue().find(List.of("film"))).hash()).isEqualTo(share.hash());
        assertThat(kind(node.catalogue().find(List.of("none", "such")))).isEqualTo(Kind.USAGE);
        Catalogue.Matches found = get(node.catalogue().matches(List.of("film")));
        assertThat(found.count()).isEqualTo(1);
        assertThat(found.first()).singleElement().satisfies(match -> {
            assertThat(match.target()).isEqualTo(get(node.catalogue().find(List.of("film"))));
            assertThat(match.who()).isNotEmpty();
        });
        assertThat(kind(node.catalogue().matches(List.of("none", "such")))).isEqualTo(Kind.USAGE);
        get(sharer.share(share.path(), ShareOptions.DEFAULT, new Offers.Offer(false, null))
                .completion());
        assertThat(browse()).isEmpty();
    }

    private List<Catalogue.Listing> browse() throws Exception {
        List<Catalogue.Listing> listings = new CopyOnWriteArrayList<>();
        Operation<Catalogue.Heard, Catalogue.Browsed> browsing =
                node.catalogue().browse(new Catalogue.Browse(List.of()));
        browsing.events(heard -> listings.addAll(heard.entries()));
        assertThat(get(browsing.completion()).entries()).isEqualTo(listings.size());
        return listings;
    }

    @Test
    void aCodeLeadsToWhatWasSent() throws Exception {
        Operation<Codes.SendEvent, Codes.Sent> sending =
                sharer.codes().send(new Codes.Send(List.of(), ShareOptions.DEFAULT, "the words", 600, 1, List.of()));
        CompletableFuture<String> told = new CompletableFuture<>();
        Subscription events = sending.events(event -> {
            if (event instanceof Codes.SendEvent.Ready ready) {
                told.complete(ready.code());
            }
        });
        String code = get(told);
        int number = Integer.parseInt(code.substring(0, code.indexOf('-')));
        assertThat(kind(node.codes().meet("no code"))).isEqualTo(Kind.USAGE);
        String wrong = number + (code.endsWith("-apple-apple") ? "-orbit-orbit" : "-apple-apple");
        assertThat(kind(node.codes().meet(wrong))).isEqualTo(Kind.DENIED);
        Codes.Met met = get(node.codes().meet(code));
        assertThat(met.sender().node()).isEqualTo(sharer.info().node());
        assertThat(met.text()).isEqualTo("the words");
        assertThat(met.items()).isEmpty();
        Codes.Sent sent = get(sending.completion());
        assertThat(sent.end()).isEqualTo(Codes.End.USED);
        assertThat(sent.receivers()).hasSize(1);
        assertThat(sent.receivers().get(0).phrase()).isEqualTo(met.sender().phrase());
        get(node.codes().settle(met.ticket(), Codes.Settlement.RECEIVED));
        assertThat(sharer.codes().statistics().used()).isEqualTo(1);
        assertThat(node.codes().gifts()).isEmpty();
        events.close();
    }

    static <T> T get(CompletableFuture<T> future) throws Exception {
        return future.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    static Kind kind(CompletableFuture<?> failing) {
        Throwable cause = assertThat(failing)
                .failsWithin(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .withThrowableOfType(ExecutionException.class)
                .actual()
                .getCause();
        assertThat(cause).isInstanceOf(CairnException.class);
        return ((CairnException) cause).kind();
    }
}
