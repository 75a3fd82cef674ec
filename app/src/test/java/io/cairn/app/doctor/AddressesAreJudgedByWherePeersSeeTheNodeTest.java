package io.cairn.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Check;
import io.cairn.app.Check.Level;
import io.cairn.app.doctor.Attempt.Verdict;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.LocalAddresses;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AddressesAreJudgedByWherePeersSeeTheNodeTest {
    private static final Endpoint OWN = Endpoint.parse("192.168.1.5:4747");
    private static final Endpoint OTHER_OWN = Endpoint.parse("10.8.0.2:4747");
    private static final Endpoint ROUTER = Endpoint.parse("203.0.113.9:31313");
    private static final LocalAddresses HERE = LocalAddresses.look(List.of(OWN.address(), OTHER_OWN.address()));

    @Test
    void theAnnouncedAddressThatAPeerReachedIsNamed() {
        assertThat(AddressCheck.addresses(List.of(OWN, OTHER_OWN), List.of(seen(Verdict.REACHED, OWN))))
                .isEqualTo(Check.ok("addresses", "192.168.1.5:4747 (reached), 10.8.0.2:4747 (no peer tried)"));
    }

    @Test
    void anAddressThatIsNotReachedIsAWarningAndNoAddressIsBad() {
        Check check = AddressCheck.addresses(List.of(OWN), List.of(seen(Verdict.CUT_OFF, OWN)));
        assertThat(check.level()).isEqualTo(Level.WARNING);
        assertThat(check.detail()).startsWith("192.168.1.5:4747 (not reached)");
        assertThat(AddressCheck.addresses(List.of(), List.of()).level()).isEqualTo(Level.BAD);
    }

    @Test
    void withoutAPeerTheAddressesAreOnlyListed() {
        assertThat(AddressCheck.addresses(List.of(OWN), List.of(seen(Verdict.SILENT, null))))
                .isEqualTo(Check.ok("addresses", "192.168.1.5:4747 (no peer tried)"));
    }

    @Test
    void aPeerThatDeclinesHasNotTried() {
        assertThat(AddressCheck.addresses(List.of(OWN), List.of(seen(Verdict.DECLINED, OWN))))
                .isEqualTo(Check.ok("addresses", "192.168.1.5:4747 (no peer tried)"));
        Check nat = AddressCheck.nat(HERE, 4747, List.of(seen(Verdict.DECLINED, ROUTER)));
        assertThat(nat.level()).isEqualTo(Level.OK);
        assertThat(nat.detail()).startsWith("a router translates").endsWith("no peer tried whether it lets them in");
    }

    @Test
    void aRouterThatTranslatesIsToldWithTheWayThrough() {
        Check nat = AddressCheck.nat(HERE, 4747, List.of(seen(Verdict.CUT_OFF, ROUTER)));
        assertThat(nat.level()).isEqualTo(Level.WARNING);
        assertThat(nat.detail())
                .isEqualTo("a router translates: the peer at 203.0.113.1:4747 sees this node at 203.0.113.9:31313,"
                        + " another port than its own 4747");
        assertThat(nat.next()).startsWith("let the router forward UDP and TCP port 4747");
        assertThat(AddressCheck.isTranslated(HERE, List.of(seen(Verdict.CUT_OFF, ROUTER))))
                .isTrue();
    }

    @Test
    void aRouterThatForwardsIsFine() {
        assertThat(AddressCheck.nat(HERE, 4747, List.of(seen(Verdict.REACHED, ROUTER)))
                        .level())
                .isEqualTo(Level.OK);
    }

    @Test
    void withoutARouterPeersSeeTheOwnAddress() {
        assertThat(AddressCheck.nat(HERE, 4747, List.of(seen(Verdict.REACHED, OWN))))
                .isEqualTo(Check.ok("nat", "none: peers see this node at its own address 192.168.1.5"));
        assertThat(AddressCheck.isTranslated(HERE, List.of(seen(Verdict.REACHED, OWN))))
                .isFalse();
        assertThat(AddressCheck.nat(HERE, 4747, List.of()).detail()).startsWith("not known");
    }

    @Test
    void theFarthestPeersOfOtherMachinesAreAskedOneForEachAddress() {
        List<Contact> contacts = List.of(
                contact("127.0.0.1:1"),
                contact("192.168.1.5:4748"),
                contact("192.168.1.7:4747"),
                contact("192.168.1.7:4748"),
                contact("203.0.113.1:4747"),
                contact("10.8.0.9:4747"),
                contact("203.0.113.2:4747"));
        assertThat(Reach.helpers(contacts, HERE))
                .extracting(contact -> contact.endpoint().toString())
                .containsExactly("203.0.113.1:4747", "203.0.113.2:4747", "192.168.1.7:4747");
    }

    private static Contact contact(String endpoint) {
        return new Contact(NodeId.random(new Random(endpoint.hashCode())), Endpoint.parse(endpoint));
    }

    private static Attempt seen(Verdict verdict, @Nullable Endpoint observed) {
        return new Attempt(Endpoint.parse("203.0.113.1:4747"), verdict, observed, "");
    }
}
