package io.cairn.app.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.Catalogue;
import io.cairn.app.Catalogue.Browsed;
import io.cairn.app.Catalogue.Match;
import io.cairn.app.Catalogue.Matches;
import io.cairn.app.work.TargetResolver;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.content.ShareSecret;
import io.cairn.transfer.protocol.catalogue.ListedShare;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What words may mean is bounded, and a stranger who lists many such names does not hide what a contact lists. */
final class ListedMatchesNameContactsFirstTest {
    private static final Browsed BROWSED = new Browsed(2, 2, 0, 400, 10);
    private static final List<String> WORDS = List.of("film");

    private final Random random = new Random(20_261_130);
    private final NodeId stranger = NodeId.random(random);
    private final NodeId friend = NodeId.random(random);
    private final ShareSecret secret = ShareSecret.random(random);
    private final Endpoint there = Endpoint.parse("192.0.2.1:4747");
    private final ListedMatches matches = new ListedMatches(WORDS);

    @Test
    void whatAContactListsComesFirst() throws CairnException {
        for (int i = 0; i < 20; i++) {
            matches.add(entry(i, null), stranger, null, null);
        }
        matches.add(entry(100, secret), stranger, null, null);
        matches.add(entry(100, secret), friend, "bob", there);
        Matches found = matches.found(BROWSED);
        assertThat(found.count()).isEqualTo(21);
        assertThat(found.first()).hasSize(Catalogue.MATCHES_MAX);
        Match first = found.first().get(0);
        assertThat(first.target().hash()).isEqualTo(entry(100, null).hash());
        assertThat(first.who()).isEqualTo("bob");
        assertThat(first.nodes()).isEqualTo(2);
        assertThat(first.target().peers()).containsExactly(there);
        assertThat(first.target().secret()).isEqualTo(secret);
        assertThat(found.first().get(1).who()).isEqualTo(stranger.toShortString());
    }

    @Test
    void aContactIsShownWithItsOwnWords() throws CairnException {
        ListedShare ofFriend = entry(1, null);
        matches.add(
                new ListedShare(ofFriend.hash(), "film of bob's cat", 1 << 30, false, 1, 0, null),
                stranger,
                null,
                null);
        matches.add(ofFriend, friend, "bob", there);
        Match only = matches.found(BROWSED).first().get(0);
        assertThat(only.who()).isEqualTo("bob");
        assertThat(only.target().name()).isEqualTo(ofFriend.name());
        assertThat(only.target().size()).isEqualTo(ofFriend.size());
    }

    @Test
    void aStrangersSecretIsNotBelieved() throws CairnException {
        matches.add(entry(1, secret), stranger, null, there);
        assertThat(matches.found(BROWSED).first().get(0).target().secret()).isNull();
    }

    @Test
    void whatIsCountedIsBounded() throws CairnException {
        for (int i = 0; i < 400; i++) {
            matches.add(entry(i, null), stranger, null, null);
        }
        matches.add(entry(1_000, null), friend, "bob", there);
        Matches found = matches.found(BROWSED);
        assertThat(found.count()).isEqualTo(Catalogue.MATCHES_COUNTED_MAX);
        assertThat(found.first().get(0).who())
                .as("strangers do not keep it out")
                .isEqualTo("bob");
        assertThatThrownBy(() -> ListedMatches.only(WORDS, found))
                .isInstanceOfSatisfying(CairnException.class, several -> {
                    assertThat(several.kind()).isEqualTo(CairnException.Kind.USAGE);
                    assertThat(several.why()).isEqualTo("at least 256 listed shares have such a name");
                    assertThat(several.next()).endsWith("; and 248 more");
                    assertThat(several.facts()).containsEntry(TargetResolver.CANDIDATE_COUNT, 256L);
                });
    }

    @Test
    void theOnlyOneIsMeant() throws CairnException {
        matches.add(entry(1, null), stranger, null, there);
        assertThat(ListedMatches.only(WORDS, matches.found(BROWSED)).hash())
                .isEqualTo(entry(1, null).hash());
    }

    private static ListedShare entry(int number, @Nullable ShareSecret secret) {
        return new ListedShare(
                Key.ofContent(new byte[] {(byte) number, (byte) (number >> 8)}),
                "film " + number,
                7,
                false,
                1,
                0,
                secret);
    }
}
