package io.cairn.app.fetch.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Reason;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.app.network.SilentBootstrap;
import io.cairn.dht.Misfit;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.transfer.swarm.fetch.FetchOutcome;
import io.cairn.transfer.swarm.fetch.FetchOutcome.PeerTrouble;
import io.cairn.transfer.swarm.port.DialFailure.Kind;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FailuresSayWhatIsKnownTest {
    private static final Endpoint PEER = Endpoint.parse("192.168.55.1:4747");
    private static final Contact CONTACT = new Contact(NodeId.random(new SplittableRandom(1)), PEER);
    private static final LocalAddresses HERE = LocalAddresses.look(List.of(Endpoint.parseAddress("192.0.2.7")));
    private static final LocalAddresses NOWHERE = new LocalAddresses(List.of());

    @Test
    void aMachineWithoutANetwork() {
        assertThat(alone(new NetworkView(
                        NOWHERE, List.of(), List.of(), List.of(silent("x is dead", "192.0.2.9:1")), Map.of())))
                .extracting(CairnException::why)
                .asString()
                .contains("this machine is not connected to a network");
    }

    @Test
    void aBootstrapThatIsDead() {
        CairnException told = alone(new NetworkView(
                HERE, List.of(), List.of(), List.of(silent("nobody answers at boot:1", "192.0.2.9:1")), Map.of()));
        assertThat(told.why()).contains("nobody answers at boot:1");
        assertThat(told.next()).contains("check that address");
        assertThat(told.reason()).isEqualTo(Reason.BOOTSTRAP_ANSWERS_NOT);
    }

    @Test
    void aClockThatDiffers() {
        assertThat(alone(misfit(600_000)).why())
                .contains("the clock of 192.168.55.1 is 10 minutes ahead of this machine's");
        assertThat(alone(misfit(-86_400_000 * 3)).why())
                .contains("the clock of 192.168.55.1 is 3 days behind this machine's");
        assertThat(failure(misfit(600_000), trouble("192.0.2.9:1", Kind.REFUSED))
                        .why())
                .as("the clock of a machine that was not asked explains nothing")
                .doesNotContain("clock");
    }

    @Test
    void anotherNetworkName() {
        CairnException told = alone(misfit(0));
        assertThat(told.why()).contains("192.168.55.1 is in another network");
        assertThat(told.reason()).isEqualTo(Reason.JOIN_THE_SAME_NETWORK);
        assertThat(told.next()).contains("the same network and network key file");
        assertThat(told.facts())
                .containsExactly(Map.entry("address", "192.168.55.1"), Map.entry("hash", key().toHex()));
    }

    @Test
    void anotherNetworkOrKeyIsDenied() {
        List<Misfit> heard = List.of(Misfit.unopened(PEER.address()));
        CairnException told = alone(new NetworkView(HERE, List.of(), heard, List.of(), Map.of()));
        assertThat(told.kind()).isEqualTo(CairnException.Kind.DENIED);
        assertThat(told.why()).isEqualTo("denied: 192.168.55.1 uses another network or key");
        assertThat(told.reason()).isEqualTo(Reason.GET_THE_NETWORK_KEY);
        SilentBootstrap boot = silent("nobody answers at boot:1", "192.0.2.9:1");
        assertThat(alone(new NetworkView(HERE, List.of(), heard, List.of(boot), Map.of()))
                        .reason())
                .as("a stranger beside the node that was named")
                .isEqualTo(Reason.BOOTSTRAP_ANSWERS_NOT);
        assertThat(Diagnosis.of(
                                null,
                                List.of(trouble(PEER.toString(), Kind.NOT_GREETED)),
                                new NetworkView(HERE, List.of(), heard, List.of(), Map.of()))
                        .isDenied())
                .as("a provider that says nothing")
                .isTrue();
        assertThat(failure(
                                new NetworkView(HERE, List.of(CONTACT), heard, List.of(), Map.of()),
                                trouble("192.0.2.9:1", Kind.REFUSED))
                        .kind())
                .as("members answer")
                .isEqualTo(CairnException.Kind.NO_PROVIDER);
    }

    @Test
    void anotherVersion() {
        CairnException told = alone(
                new NetworkView(HERE, List.of(), List.of(new Misfit(PEER.address(), 0, null, 2)), List.of(), Map.of()));
        assertThat(told.why()).contains("192.168.55.1 sends version 2 of the protocol, this node speaks version 1");
        assertThat(told.reason()).isEqualTo(Reason.UPDATE_THE_OLDER_VERSION);
    }

    @Test
    void anotherNetworkOfABootstrapNodeAndNotOfOneWhoseAddressBeginsAlike() {
        List<Misfit> heard = List.of(new Misfit(PEER.address(), 0));
        SilentBootstrap same = silent("nobody answers at 192.168.55.1:1", "192.168.55.1:1");
        SilentBootstrap other = silent("nobody answers at 192.168.55.12:1", "192.168.55.12:1");
        assertThat(alone(new NetworkView(HERE, List.of(), heard, List.of(same), Map.of()))
                        .reason())
                .isEqualTo(Reason.JOIN_THE_SAME_NETWORK);
        assertThat(alone(new NetworkView(HERE, List.of(), heard, List.of(other), Map.of()))
                        .reason())
                .isEqualTo(Reason.BOOTSTRAP_ANSWERS_NOT);
    }

    @Test
    void aVersionThatAnyoneMayHaveClaimedCountsOnlyIfNothingBetterIsKnown() {
        List<Misfit> claimed = List.of(new Misfit(PEER.address(), 0, null, 2));
        SilentBootstrap boot = silent("nobody answers at boot:1", "192.0.2.9:1");
        assertThat(alone(new NetworkView(HERE, List.of(), claimed, List.of(boot), Map.of()))
                        .reason())
                .isEqualTo(Reason.BOOTSTRAP_ANSWERS_NOT);
        assertThat(failure(
                                new NetworkView(HERE, List.of(), claimed, List.of(), Map.of()),
                                trouble(PEER.toString(), Kind.OTHER_CLOCK))
                        .reason())
                .isEqualTo(Reason.SET_THE_CLOCK);
    }

    @Test
    void anotherVersionAtASilentBootstrapNode() {
        List<Misfit> claimed = List.of(new Misfit(PEER.address(), 0, null, 2));
        SilentBootstrap boot = silent("nobody answers at 192.168.55.1:1", "192.168.55.1:1");
        assertThat(alone(new NetworkView(HERE, List.of(), claimed, List.of(boot), Map.of()))
                        .reason())
                .isEqualTo(Reason.UPDATE_THE_OLDER_VERSION);
    }

    @Test
    void theClockOfAStrangerDoesNotExplainASilentBootstrapNode() {
        List<Misfit> heard = List.of(new Misfit(PEER.address(), 600_000));
        SilentBootstrap boot = silent("nobody answers at boot:1", "192.0.2.9:1");
        assertThat(alone(new NetworkView(HERE, List.of(), heard, List.of(boot), Map.of()))
                        .reason())
                .isEqualTo(Reason.BOOTSTRAP_ANSWERS_NOT);
    }

    @Test
    void theClockOfAStrangerIsToldWithWhatTheOthersAnswered() {
        NetworkView view = new NetworkView(
                HERE, List.of(CONTACT), List.of(new Misfit(PEER.address(), 600_000)), List.of(), Map.of());
        CairnException told = FetchFailures.of(key(), new FetchOutcome.NoProvider(answered(), List.of()), view);
        assertThat(told.why())
                .contains("no node that answers knows a provider, and the clock of 192.168.55.1 is 10 minutes ahead");
        assertThat(told.reason()).isEqualTo(Reason.CHECK_THE_HASH);
    }

    @Test
    void whoWasAskedIsCalledByTheUsersName() {
        NetworkView unnamed = new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of());
        NetworkView named = new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of(CONTACT.id(), "ann"));
        FetchOutcome nobody = new FetchOutcome.NoProvider(answered(), List.of());
        assertThat(FetchFailures.of(key(), nobody, unnamed).why())
                .contains("asked " + CONTACT.id().toShortString() + " at " + PEER);
        assertThat(FetchFailures.of(key(), nobody, named).why()).contains("asked ann at " + PEER);
    }

    @Test
    void nobodyAtAll() {
        CairnException told = alone(new NetworkView(HERE, List.of(), List.of(), List.of(), Map.of()));
        assertThat(told.why()).contains("no other node answers");
        assertThat(told.reason()).isEqualTo(Reason.NAME_A_BOOTSTRAP);
        assertThat(told.next()).contains("name it as a bootstrap node");
    }

    @Test
    void aFirewallThatLetsOnlyUdpPass() {
        NetworkView view = new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of());
        CairnException told = failure(view, trouble("192.168.55.1:4747", Kind.TIMED_OUT));
        assertThat(told.why()).contains("UDP reaches 192.168.55.1 but TCP does not");
        assertThat(told.next()).contains("TCP port 4747");
    }

    @Test
    void aPrivateAddressOfAnotherNetwork() {
        for (String address : List.of("192.168.55.1:47", "10.1.2.3:47", "100.64.1.1:47", "[fd00::1]:47")) {
            assertThat(failure(view(), trouble(address, Kind.TIMED_OUT)).why())
                    .contains("is a private address of a network that this machine is not in");
        }
    }

    @Test
    void onlyThisMachinesOwnAddresses() {
        for (String address : List.of("127.0.0.1:47", "[::1]:47", "192.0.2.7:47")) {
            assertThat(failure(view(), trouble(address, Kind.REFUSED)).why())
                    .contains("only addresses that are this machine's own");
        }
        assertThat(failure(view(), trouble("198.51.100.1:47", Kind.THIS_NODE)).why())
                .contains("only addresses that are this machine's own");
    }

    @Test
    void noRouteNobodyListeningNobodyAnsweringNobodyGreeting() {
        String address = "198.51.100.1:47";
        assertThat(failure(view(), trouble(address, Kind.UNREACHABLE)).why())
                .contains("there is no route to 198.51.100.1");
        assertThat(failure(view(), trouble(address, Kind.REFUSED)).why()).contains("nothing listens at " + address);
        assertThat(failure(view(), trouble(address, Kind.TIMED_OUT)).why()).contains("nothing answers at " + address);
        assertThat(failure(view(), trouble(address, Kind.NOT_GREETED)).reason())
                .isEqualTo(Reason.JOIN_THE_SAME_NETWORK);
    }

    @Test
    void nodesThatDoNotKnowWhoHasIt() {
        CairnException told = FetchFailures.of(
                key(),
                new FetchOutcome.NoProvider(answered(), List.of()),
                new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of()));
        assertThat(told.why()).contains("no node that answers knows a provider");
        assertThat(told.next()).contains("check the hash");
    }

    /** Private addresses from a public node are not trusted, so a provider is known but not dialled. */
    @Test
    void aProviderBehindARouterThatForwardsNothing() {
        SearchReport search = new SearchReport(
                key(), List.of(new SearchReport.Asked(CONTACT, SearchReport.Outcome.ANSWERED, 1, 0, 0, 5)), 1, 5);
        CairnException told = FetchFailures.of(
                key(),
                new FetchOutcome.NoProvider(search, List.of()),
                new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of()));
        assertThat(told.why())
                .contains("names only private addresses of a network that this machine is not in")
                .doesNotContain("knows a provider");
        assertThat(told.next()).contains("let the router there forward");
    }

    @Test
    void aPublicAddressMayBeThatOfARouter() {
        for (Kind kind : List.of(Kind.REFUSED, Kind.TIMED_OUT)) {
            assertThat(failure(view(), trouble("198.51.100.1:47", kind)).next()).contains("its router");
        }
    }

    private static SearchReport answered() {
        return new SearchReport(
                key(), List.of(new SearchReport.Asked(CONTACT, SearchReport.Outcome.ANSWERED, 0, 0, 0, 5)), 0, 5);
    }

    private static CairnException alone(NetworkView view) {
        return FetchFailures.of(key(), new FetchOutcome.NoProvider(null, List.of()), view);
    }

    private static CairnException failure(NetworkView view, PeerTrouble trouble) {
        CairnException told = FetchFailures.of(key(), new FetchOutcome.NoProvider(null, List.of(trouble)), view);
        assertThat(told.kind()).isEqualTo(CairnException.Kind.NO_PROVIDER);
        return told;
    }

    private static NetworkView view() {
        return new NetworkView(HERE, List.of(), List.of(), List.of(), Map.of());
    }

    private static NetworkView misfit(long aheadMillis) {
        return new NetworkView(HERE, List.of(), List.of(new Misfit(PEER.address(), aheadMillis)), List.of(), Map.of());
    }

    private static SilentBootstrap silent(String trouble, String endpoint) {
        return new SilentBootstrap(trouble, List.of(Endpoint.parse(endpoint)));
    }

    private static PeerTrouble trouble(String endpoint, Kind dial) {
        return new PeerTrouble(null, Endpoint.parse(endpoint), dial, "is of no use");
    }

    private static Key key() {
        return Key.fromHex("00112233445566778899aabbccddeeff00112233");
    }
}
