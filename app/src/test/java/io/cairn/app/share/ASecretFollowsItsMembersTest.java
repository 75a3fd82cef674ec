package io.cairn.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Offers.Offer;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.people.AddressBook;
import io.cairn.app.people.OfferBook;
import io.cairn.app.people.People;
import io.cairn.app.work.Work;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.store.state.ContactTable.StoredGroup;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is added gets the secret of a share; who leaves, by whatever way, leaves it with another. */
class ASecretFollowsItsMembersTest {
    private static final Key SHARE = Key.ofContent(new byte[] {1});

    @TempDir
    Path folder;

    private final Random random = new Random(7);
    private final AppLoop loop = new AppLoop();
    private final Work work = new Work(loop, () -> true);
    private final NodeId ann = NodeId.random(random);
    private final NodeId bob = NodeId.random(random);
    private StateDatabase state;
    private Swarm swarm;
    private SharePublications publications;
    private People people;
    private Audiences audiences;

    @BeforeEach
    void start() throws IOException {
        state = StateDatabase.open(folder.resolve("state.db"));
        starts();
        done(people.contacts().put(new Person("ann", ann, 1)));
        done(people.contacts().put(new Person("bob", bob, 1)));
        done(people.contacts().put(new Group("lab", List.of("ann", "bob"))));
    }

    /** As a new process does. */
    private void starts() {
        Unconnected.Sharer started = Unconnected.sharer(
                loop, work, random, Identity.generate(random), state, new HashMap<>(), Unconnected::ask);
        swarm = started.swarm();
        people = started.people();
        publications = started.publications();
        audiences = started.audiences();
        done(started.restore());
    }

    @AfterEach
    void close() throws IOException {
        state.close();
    }

    @Test
    void anAddedMemberLeavesTheSecretAsItIs() {
        ShareSecret before = isFor("ann");
        assertThat(isFor("ann", "bob")).isEqualTo(before);
        assertThat(audiences.of(SHARE)).isEqualTo(new Offer(false, List.of("ann", "bob")));
    }

    @Test
    void aRemovedMemberLeavesItWithAnother() {
        ShareSecret before = isFor("ann", "bob");
        assertThat(isFor("ann")).isNotEqualTo(before);
    }

    @Test
    void aGroupThatLosesAMemberLeavesItWithAnother() {
        ShareSecret before = isFor("lab");
        done(people.contacts().put(new Group("lab", List.of("ann"))));
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
        assertThat(audiences.of(SHARE).to()).containsExactly("lab");
    }

    @Test
    void aGroupThatGainsAMemberLeavesItAsItIs() {
        done(people.contacts().put(new Group("lab", List.of("ann"))));
        ShareSecret before = isFor("lab");
        done(people.contacts().put(new Group("lab", List.of("ann", "bob"))));
        assertThat(swarm.secret(SHARE)).contains(before);
    }

    @Test
    void aContactThatIsForgottenIsNoMemberAnyMore() {
        ShareSecret before = isFor("ann", "bob");
        done(people.contacts().remove("bob"));
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
        assertThat(audiences.of(SHARE).to()).containsExactly("ann");
    }

    @Test
    void aGroupThatLostAMemberJustBeforeACrashLeavesItWithAnother() throws IOException {
        ShareSecret before = isFor("lab");
        state.contacts().putGroup(new StoredGroup("lab", List.of("ann"))); // and the node is killed
        starts();
        assertThat(audiences.members(SHARE)).containsExactly(ann);
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
        assertThat(audiences.asked(bob, SHARE.toBytes()))
                .isCompletedWithValueMatching(answer -> answer != null && answer.length == 0);
    }

    @Test
    void aContactThatWasForgottenJustBeforeACrashIsNoMemberAnyMore() throws IOException {
        ShareSecret before = isFor("ann", "bob");
        state.contacts().remove("bob");
        starts();
        assertThat(audiences.of(SHARE).to()).containsExactly("ann");
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
    }

    @Test
    void aNodeThatNeverHadANameStaysAMember() {
        NodeId carl = NodeId.random(random);
        ShareSecret before = isFor("ann", carl.toHex());
        starts();
        assertThat(audiences.members(SHARE)).containsExactlyInAnyOrder(ann, carl);
        assertThat(swarm.secret(SHARE)).contains(before);
    }

    @Test
    void aMemberThatGotItsNameLaterLosesTheShareWithIt() throws IOException {
        NodeId carl = NodeId.random(random);
        ShareSecret before = isFor("ann", carl.toHex());
        done(people.contacts().put(new Person("carl", carl, 1)));
        assertThat(swarm.secret(SHARE)).contains(before);
        state.contacts().remove("carl");
        starts();
        assertThat(audiences.members(SHARE)).containsExactly(ann);
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
    }

    @Test
    void theNameOfAFormerGroupAdmitsNobodyElse() {
        ShareSecret before = isFor("lab");
        done(people.contacts().removeGroup("lab"));
        done(people.contacts().put(new Person("lab", NodeId.random(random), 1)));
        assertThat(audiences.of(SHARE)).isEqualTo(new Offer(false, List.of()));
        done(people.contacts().remove("lab"));
        done(people.contacts().put(new Group("lab", List.of("ann"))));
        assertThat(audiences.of(SHARE)).isEqualTo(new Offer(false, List.of()));
        assertThat(swarm.secret(SHARE)).isNotEmpty().get().isNotEqualTo(before);
    }

    @Test
    void aSecretThatWasToldIsKeptUntilItsFetchEnds() {
        ShareSecret told = ShareSecret.random(random);
        done(audiences.told(SHARE, told, null));
        assertThat(swarm.secret(SHARE)).contains(told);
        assertThat(people.offers().all()).hasSize(1);
        done(audiences.forgetTold(SHARE));
        assertThat(swarm.secret(SHARE)).isEmpty();
        assertThat(people.offers().all()).isEmpty();
    }

    @Test
    void aSecretOfItsOwnIsNotReplacedByOneThatIsTold() {
        ShareSecret own = isFor("ann");
        done(audiences.told(SHARE, ShareSecret.random(random), null));
        assertThat(swarm.secret(SHARE)).contains(own);
    }

    @Test
    void anOpenedShareHasNone() {
        isFor("ann");
        done(audiences.change(SHARE, Offer.OPEN));
        assertThat(swarm.secret(SHARE)).isEmpty();
        assertThat(audiences.of(SHARE)).isEqualTo(Offer.OPEN);
    }

    @Test
    void contactsThatCannotBeReadTakeNothingFromAnybody() throws IOException {
        ShareSecret before = isFor("lab");
        StateDatabase unreadable = StateDatabase.open(folder.resolve("other.db"));
        unreadable.close();
        People unread = new People(
                new AddressBook(work, NodeId.random(random), unreadable.contacts()),
                new OfferBook(work, state.offers()),
                people.finder());
        Audiences later =
                new Audiences(work, loop, random, unread, swarm, publications, new HashMap<>(), Unconnected::ask);
        CompletableFuture<Void> contacts = unread.contacts().restore();
        done(unread.offers().restore());
        CompletableFuture<Void> restored = later.restore();
        CompletableFuture<Person> added = unread.contacts().put(new Person("carl", bob, 1));
        loop.run(100);
        assertThat(contacts).isCompletedExceptionally();
        assertThat(restored).isCompletedExceptionally();
        assertThat(added).isCompletedExceptionally();
        assertThat(state.offers().all()).singleElement().satisfies(row -> {
            assertThat(row.members()).containsExactly("lab");
            assertThat(row.secret()).isEqualTo(before);
        });
    }

    private ShareSecret isFor(String... who) {
        done(audiences.change(SHARE, new Offer(false, List.of(who))));
        return swarm.secret(SHARE).orElseThrow();
    }

    private void done(CompletableFuture<?> future) {
        loop.run(100);
        assertThat(future).isCompleted();
    }
}
