package io.cairn.app.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cairn.app.CairnException;
import io.cairn.app.CairnException.Kind;
import io.cairn.dht.crypto.Identity;
import io.cairn.dht.id.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A card says what its node said, or nothing: no changed, cut or made-up one passes. */
class ContactCardTest {
    private static final long SEED = 20_261_130;
    private static final Identity IDENTITY = Identity.generate(new Random(SEED));
    private static final List<Endpoint> ADDRESSES =
            List.of(Endpoint.parse("192.168.1.7:4747"), Endpoint.parse("[2001:db8::7]:65535"));

    @Test
    void whatIsHandedOverIsRead() throws CairnException {
        ContactCard card = ContactCard.of(IDENTITY.publicKey(), ADDRESSES);
        ContactCard read = ContactCard.parse("  " + card + "\n");
        assertThat(read).isEqualTo(card);
        assertThat(read.node()).isEqualTo(IDENTITY.nodeId());
        assertThat(read.addresses()).isEqualTo(ADDRESSES);
        assertThat(card.toString()).matches("[A-Za-z0-9:_-]+");
        assertThat(ContactCard.looksLikeOne(card.toString())).isTrue();
        assertThat(ContactCard.looksLikeOne(card.node().toHex())).isFalse();
    }

    @Test
    void addressesThatMeanNothingElsewhereAreLeftOutAndTheLongestCardFits() throws CairnException {
        List<Endpoint> many = new ArrayList<>(List.of(
                Endpoint.parse("127.0.0.1:4747"), Endpoint.parse("[fe80::1]:4747"), Endpoint.parse("0.0.0.0:4747")));
        for (int i = 0; i < 9; i++) {
            many.add(Endpoint.parse("[2001:db8::" + i + "]:4747"));
        }
        ContactCard card = ContactCard.of(IDENTITY.publicKey(), many);
        assertThat(card.addresses()).isEqualTo(many.subList(3, 7));
        assertThat(card.toString()).hasSizeLessThanOrEqualTo(ContactCard.CHARACTERS_MAX);
        assertThat(ContactCard.parse(card.toString())).isEqualTo(card);
    }

    @Test
    void aCharacterThatIsChangedMissingOrAddedIsNoticed() {
        String card = ContactCard.of(IDENTITY.publicKey(), ADDRESSES).toString();
        for (int at = ContactCard.SCHEME.length(); at < card.length(); at++) {
            char other = card.charAt(at) == 'b' ? 'c' : 'b';
            refused(card.substring(0, at) + other + card.substring(at + 1));
            refused(card.substring(0, at) + card.substring(at + 1));
            refused(card.substring(0, at) + other + card.substring(at));
        }
        refused(card + "b");
    }

    @Test
    void theKeyMustBeThatOfTheId() {
        Identity other = Identity.generate(new Random(SEED + 1));
        String card = ContactCard.of(IDENTITY.publicKey(), ADDRESSES).toString();
        refused(card.replace(IDENTITY.nodeId().toHex(), other.nodeId().toHex()));
    }

    @Test
    void nonsenseIsRefused() {
        Random random = new Random(SEED);
        String id = IDENTITY.nodeId().toHex();
        for (String text : List.of("", "cairn-contact:", "cairn-contact:" + id, "cairn-contact:" + id + ":", id)) {
            refused(text);
        }
        refused("cairn-contact:" + id + ":" + "A".repeat(100_000));
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            random.nextBytes(bytes);
            refused("cairn-contact:" + id + ":"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            refused("cairn-contact:" + new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    private static void refused(String text) {
        assertThatThrownBy(() -> ContactCard.parse(text))
                .as("from %s", text)
                .isInstanceOfSatisfying(
                        CairnException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(Kind.USAGE));
    }
}
