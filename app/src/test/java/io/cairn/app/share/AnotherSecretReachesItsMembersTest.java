package io.cairn.app.share;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Contacts.Group;
import io.cairn.app.Contacts.Person;
import io.cairn.app.Offers.Offer;
import io.cairn.app.fetch.AppLoop;
import io.cairn.app.people.People;
import io.cairn.app.work.Work;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareOptions;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.store.state.OfferTable.Origin;
import io.cairn.transfer.store.state.OfferTable.StoredOffer;
import io.cairn.transfer.store.state.StateDatabase;
import io.cairn.transfer.swarm.Swarm;
import io.cairn.transfer.swarm.port.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that ask each other directly, in virtual time: what an owner changes reaches members, and nobody else's word does anything. */
class AnotherSecretReachesItsMembersTest {
    private static final Key SHARE = Key.ofContent(new byte[] {1});
    private static final long SOON_MILLIS = 1_000;
    private static final long ANSWER_MILLIS = 20;
    private static final long MINUTE_MILLIS = 60_000;

    @TempDir
    Path folder;

    private final Random random = new Random(11);
    private final AppLoop loop = new AppLoop();
    private final Map<NodeId, Member> network = new LinkedHashMap<>();
    private final Set<NodeId> away = new HashSet<>();
    private final List<String> questions = new ArrayList<>();
    private Member owner;
    private Member member;
    private Member removed;

    @BeforeEach
    void start() throws IOException {
        owner = new Member("owner");
        member = new Member("member");
        removed = new Member("removed");
        owner.knows(member, removed);
        isFor(member, removed);
        member.isTold(owner);
        removed.isTold(owner);
        looks();
        questions.clear();
    }

    @AfterEach
    void close() throws IOException {
        for (Member node : network.values()) {
            node.state.close();
        }
    }

    @Test
    void whoStaysGetsItAtOnceAndWhoGoesServesItsCopyToNobody() {
        ShareSecret before = secret();
        isFor(member);
        assertThat(secret()).isNotEqualTo(before);
        assertThat(member.row().origin()).isEqualTo(Origin.TOLD);
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        assertThat(removed.row().origin()).isEqualTo(Origin.DENIED);
        assertThat(removed.swarm.secret(SHARE)).isNotEmpty().get().isNotIn(before, secret());
    }

    @Test
    void whoWasAwayGetsItWhenItIsBack() {
        away.add(member.id);
        isFor(member);
        assertThat(member.swarm.secret(SHARE)).isNotEqualTo(owner.swarm.secret(SHARE));
        away.remove(member.id);
        member.restarts();
        assertThat(member.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void whoCouldNotBeReachedForAWhileIsToldLater() {
        away.add(member.id);
        isFor(member);
        away.remove(member.id);
        loop.run(MINUTE_MILLIS);
        owner.looks();
        assertThat(member.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void anOwnerThatIsAwayTakesNothingFromAMemberAndTellsItWhenItIsBack() {
        away.add(member.id);
        isFor(member);
        away.remove(member.id);
        away.add(owner.id);
        ShareSecret before = member.swarm.secret(SHARE).orElseThrow();
        for (int minute = 0; minute < 120; minute++) {
            loop.run(MINUTE_MILLIS);
            member.looks();
        }
        assertThat(member.row().origin()).isEqualTo(Origin.TOLD);
        assertThat(member.swarm.secret(SHARE)).contains(before);
        away.remove(owner.id);
        owner.restarts();
        owner.looks();
        loop.run(MINUTE_MILLIS);
        owner.looks();
        assertThat(member.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void aMemberAsksEveryHourAlthoughNobodyTellsIt() {
        for (int minute = 0; minute < 90; minute++) {
            loop.run(MINUTE_MILLIS);
            member.looks();
        }
        assertThat(questions)
                .hasSize(2)
                .containsOnly("member SECRET owner"); // soon after it was told, and an hour later
    }

    @Test
    void whoWasRemovedWhileItWasAwayServesItsCopyToNobodyOnceItAsks() {
        away.add(removed.id);
        isFor(member);
        away.remove(removed.id);
        removed.restarts();
        ShareSecret ofItsOwn = removed.swarm.secret(SHARE).orElseThrow();
        assertThat(removed.row().origin()).isEqualTo(Origin.DENIED);
        removed.restarts();
        assertThat(removed.swarm.secret(SHARE)).contains(ofItsOwn);
    }

    @Test
    void whoIsAddedAgainHasItAgain() {
        isFor(member);
        isFor(member, removed);
        assertThat(removed.row().origin()).isEqualTo(Origin.TOLD);
        assertThat(removed.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void anOwnerThatSharesItNoMoreOrHasForgottenItTakesNothing() {
        ShareSecret before = secret();
        done(owner.audiences.forget(SHARE));
        owner.restarts();
        member.restarts();
        assertThat(questions).contains("member SECRET owner");
        assertThat(member.row().origin()).isEqualTo(Origin.TOLD);
        assertThat(member.swarm.secret(SHARE)).contains(before);
        isFor(member);
        loop.run(MINUTE_MILLIS);
        owner.looks();
        assertThat(member.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void onlyWhoWasAMemberIsToldThatItIsNoMore() {
        isFor(member);
        assertThat(owner.audiences.asked(removed.id, SHARE.toBytes()))
                .isCompletedWithValueMatching(answer -> answer != null && answer.length == 0);
        assertThat(owner.audiences.asked(NodeId.random(random), SHARE.toBytes()))
                .isCompletedWithValue(null);
        assertThat(owner.audiences.asked(
                        removed.id, Key.ofContent(new byte[] {9}).toBytes()))
                .isCompletedWithValue(null);
    }

    @Test
    void anOwnerThatCannotReadItsStateTakesNothing() throws IOException {
        owner.state.close();
        owner.starts();
        member.restarts();
        assertThat(questions).contains("member SECRET owner");
        assertThat(member.row().origin()).isEqualTo(Origin.TOLD);
    }

    @Test
    void aShareThatItsOwnerOpensIsOpenForItsMembersTooUntilItClosesIt() throws Exception {
        owner.shares.put(SHARE, entry());
        done(owner.audiences.change(SHARE, Offer.OPEN));
        assertThat(member.swarm.secret(SHARE)).isEmpty();
        assertThat(member.audiences.of(SHARE)).isEqualTo(Offer.OPEN);
        isFor(member);
        loop.run(MINUTE_MILLIS);
        owner.looks();
        assertThat(member.swarm.secret(SHARE)).contains(secret());
    }

    @Test
    void onlyTheOwnerIsAskedHoweverOftenOthersTell() {
        for (int time = 0; time < 10_000; time++) {
            assertThat(member.audiences.renewals().heard(removed.id)).isEmpty();
            assertThat(member.audiences.renewals().heard(NodeId.random(random))).isEmpty();
            assertThat(member.audiences.renewals().heard(null)).isEmpty();
        }
        loop.run(SOON_MILLIS);
        assertThat(questions).isEmpty();
        assertThat(member.audiences.renewals().heard(owner.id)).isEmpty();
        loop.run(SOON_MILLIS);
        assertThat(questions).containsExactly("member SECRET owner");
    }

    @Test
    void anOwnerThatTellsOftenIsAskedOneThingAtATime() {
        for (int time = 0; time < 10_000; time++) {
            member.audiences.renewals().heard(owner.id);
        }
        loop.run(SOON_MILLIS);
        assertThat(questions).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void nobodyButTheOwnerChangesAnything() {
        ShareSecret before = secret();
        done(member.audiences.denied(SHARE, removed.id));
        done(member.audiences.opened(SHARE, removed.id));
        done(member.audiences.renewed(SHARE, removed.id, ShareSecret.random(random)));
        assertThat(member.swarm.secret(SHARE)).contains(before);
        assertThat(member.row().owner()).isEqualTo(owner.id);
    }

    @Test
    void aStrangersSecretThatNobodyHasProvenDecidesNothingAndTakesNoPlace() {
        ShareSecret made = ShareSecret.random(random);
        Key other = Key.ofContent(new byte[] {2});
        done(member.audiences.tried(other, made, removed.id));
        member.restarts();
        assertThat(member.audiences.isTried(other)).isTrue();
        assertThat(member.audiences.owners()).containsOnlyKeys(owner.id);
        done(member.audiences.denied(other, removed.id));
        done(member.audiences.opened(other, removed.id));
        done(member.audiences.renewed(other, removed.id, secret()));
        assertThat(member.swarm.secret(other)).contains(made);
        done(member.audiences.proven(other));
        assertThat(member.audiences.isTried(other)).isFalse();
        assertThat(member.audiences.owners()).containsOnlyKeys(owner.id, removed.id);
        done(member.audiences.tried(SHARE, made, removed.id));
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        done(member.audiences.told(other, secret(), null));
        done(member.audiences.tried(other, made, removed.id));
        assertThat(member.swarm.secret(other)).contains(secret());
    }

    @Test
    void aSecretOfNoUseLeavesWhatWasKnownBefore() {
        ShareSecret made = ShareSecret.random(random);
        StoredOffer before = member.row();
        done(member.audiences.told(SHARE, made, removed.id));
        done(member.audiences.useless(SHARE, made, before));
        assertThat(member.row()).isEqualTo(before);
        Key other = Key.ofContent(new byte[] {2});
        done(member.audiences.tried(other, made, removed.id));
        done(member.audiences.useless(other, made, null));
        assertThat(member.audiences.row(other)).isEmpty();
    }

    @Test
    void aSecretOfALinkStays() {
        ShareSecret ofLink = ShareSecret.random(random);
        Key other = Key.ofContent(new byte[] {2});
        done(member.audiences.told(other, ofLink, null));
        member.restarts();
        isFor(member);
        member.looks();
        assertThat(member.swarm.secret(other)).contains(ofLink);
    }

    @Test
    void theSecretOfALinkThatItsOwnerToldBeforeKeepsItsOwner() {
        done(member.audiences.told(SHARE, secret(), null));
        assertThat(member.row().owner()).isEqualTo(owner.id);
        done(member.audiences.told(SHARE, ShareSecret.random(random), null));
        assertThat(member.row().owner()).isNull();
    }

    @Test
    void aMemberThatNamesSomebodyItselfDecidesFromThenOn() {
        member.knows(removed);
        done(member.audiences.change(SHARE, new Offer(true, List.of())));
        assertThat(member.row().owner()).isEqualTo(owner.id);
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        done(member.audiences.change(SHARE, new Offer(false, List.of("removed"))));
        ShareSecret ofItsOwn = member.swarm.secret(SHARE).orElseThrow();
        assertThat(ofItsOwn).isNotEqualTo(secret());
        isFor(member);
        assertThat(member.swarm.secret(SHARE)).contains(ofItsOwn);
    }

    @Test
    void aGroupThatIsEmptiedAndFilledAgainLeavesNothingToThoseItHeld() {
        done(owner.people.contacts().put(new Group("lab", List.of("member", "removed"))));
        done(owner.audiences.change(SHARE, new Offer(false, List.of("lab"))));
        ShareSecret before = secret();
        done(owner.people.contacts().remove("removed"));
        done(owner.people.contacts().remove("member"));
        assertThat(owner.audiences.members(SHARE)).isEmpty();
        owner.knows(member);
        assertThat(owner.audiences.members(SHARE)).isEmpty();
        done(owner.people.contacts().put(new Group("lab", List.of("member"))));
        assertThat(owner.audiences.members(SHARE)).containsExactly(member.id);
        assertThat(secret()).isNotEqualTo(before);
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        removed.audiences.renewals().heard(owner.id);
        loop.run(SOON_MILLIS);
        assertThat(removed.row().origin()).isEqualTo(Origin.DENIED);
    }

    @Test
    void aContactThatIsRemovedWhileItIsBeingAddedIsNoMember() {
        isFor(member);
        CompletableFuture<Key> added =
                owner.audiences.change(SHARE, new Offer(false, List.of("member", removed.id.toHex())));
        CompletableFuture<Person> gone = owner.people.contacts().remove("removed");
        loop.run(SOON_MILLIS);
        assertThat(added).isCompleted();
        assertThat(gone).isCompleted();
        assertThat(owner.audiences.members(SHARE)).containsExactly(member.id);
    }

    @Test
    void twoOwnersOfTheSameBytesChangeTheirOwnSecretsAlone() throws IOException {
        Member second = new Member("second");
        second.knows(member, removed);
        second.looks();
        done(second.audiences.change(SHARE, new Offer(false, List.of("member", "removed"))));
        removed.isTold(second);
        looks();
        done(second.audiences.change(SHARE, new Offer(false, List.of("removed"))));
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        assertThat(removed.swarm.secret(SHARE)).isEqualTo(second.swarm.secret(SHARE));
        isFor(member);
        assertThat(member.swarm.secret(SHARE)).contains(secret());
        assertThat(removed.swarm.secret(SHARE)).isEqualTo(second.swarm.secret(SHARE));
        assertThat(removed.audiences.members(SHARE)).isEmpty(); // who asks a member for its secret gets none
    }

    private void isFor(Member... members) {
        List<String> names = new ArrayList<>();
        for (Member each : members) {
            names.add(each.name);
        }
        done(owner.audiences.change(SHARE, new Offer(false, names)));
    }

    private ShareSecret secret() {
        return owner.swarm.secret(SHARE).orElseThrow();
    }

    /** Of a share that is served here. */
    private ShareEntry entry() throws Exception {
        Path film = Files.writeString(folder.resolve("film.mkv"), "a film");
        ShareHashing hashing = new ShareHashing(loop, owner.state);
        return new ShareEntry(
                hashing.hash(film, ShareOptions.DEFAULT, progress -> {}, () -> false)
                        .share(),
                null,
                false);
    }

    private void looks() {
        network.values().forEach(Member::looks);
        loop.run(SOON_MILLIS);
    }

    private void done(CompletableFuture<?> future) {
        loop.run(SOON_MILLIS);
        assertThat(future).isCompleted();
    }

    /** A node whose questions go straight to the others. */
    private final class Member {
        final String name;
        final StateDatabase state;
        final Map<Key, ShareEntry> shares = new HashMap<>();
        final Identity identity = Identity.generate(random);
        final NodeId id = identity.nodeId();
        private final Work work = new Work(loop, () -> true);
        People people;
        Swarm swarm;
        Audiences audiences;

        Member(String name) throws IOException {
            this.name = name;
            this.state = StateDatabase.open(folder.resolve(name + ".db"));
            starts();
            network.put(id, this);
        }

        /** Starts as a new process does; what it shares is not known yet. */
        void starts() {
            Unconnected.Sharer started = Unconnected.sharer(loop, work, random, identity, state, shares, this::ask);
            swarm = started.swarm();
            people = started.people();
            audiences = started.audiences();
            CompletableFuture<?> unused = started.restore();
            loop.run(SOON_MILLIS);
        }

        void restarts() {
            starts();
            audiences.renewals().look();
            loop.run(SOON_MILLIS);
        }

        void looks() {
            audiences.renewals().look();
            loop.run(SOON_MILLIS);
        }

        void knows(Member... others) {
            for (Member other : others) {
                done(people.contacts().put(new Person(other.name, other.id, 1)));
            }
        }

        void isTold(Member by) {
            done(audiences.told(SHARE, by.swarm.secret(SHARE).orElseThrow(), by.id));
        }

        StoredOffer row() {
            return people.offers().find(SHARE).orElseThrow();
        }

        private CompletableFuture<Optional<byte[]>> ask(NodeId node, Topic topic, byte[] body) {
            Member other = network.get(node);
            if (away.contains(id) || away.contains(node) || other == null) {
                return CompletableFuture.failedFuture(new IOException("nobody is there"));
            }
            questions.add(name + " " + topic + " " + other.name);
            CompletableFuture<Optional<byte[]>> answer = new CompletableFuture<>();
            loop.schedule(ANSWER_MILLIS, () -> {
                if (topic == Topic.RENEWAL) {
                    answer.complete(Optional.of(other.audiences.renewals().heard(id)));
                } else {
                    var unused = other.audiences
                            .asked(id, body)
                            .exceptionally(unread -> null) // is a refusal on a session, too
                            .thenAccept(told -> answer.complete(Optional.ofNullable(told)));
                }
            });
            return answer;
        }
    }
}
