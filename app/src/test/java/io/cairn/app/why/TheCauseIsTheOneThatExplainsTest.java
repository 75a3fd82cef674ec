package io.cairn.app.why;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.CairnException;
import io.cairn.app.Fetch;
import io.cairn.app.FetchState;
import io.cairn.app.Reason;
import io.cairn.app.Why;
import io.cairn.app.network.Diagnosis;
import io.cairn.app.network.NetworkView;
import io.cairn.dht.Misfit;
import io.cairn.dht.SearchReport;
import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.net.LocalAddresses;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.fetch.FetchFacts.PeerSeen;
import io.cairn.transfer.swarm.fetch.FetchOutcome.PeerTrouble;
import io.cairn.transfer.swarm.port.DialFailure.Kind;
import io.cairn.transfer.swarm.port.PeerId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class TheCauseIsTheOneThatExplainsTest {
    private static final Endpoint PLACE = Endpoint.parse("198.51.100.1:4747");
    private static final NodeId NODE = NodeId.random(new SplittableRandom(1));
    private static final Contact CONTACT = new Contact(NODE, PLACE);
    private static final LocalAddresses HERE = LocalAddresses.look(List.of(Endpoint.parseAddress("192.0.2.7")));
    private static final NetworkView VIEW = new NetworkView(HERE, List.of(), List.of(), List.of(), Map.of());
    private static final Key HASH = Key.ofContent(new byte[] {1});

    @Test
    void aFetchThatHasJustBegunIsFine() {
        FetchFacts young = facts(search(SearchReport.Outcome.WAITING), List.of(), List.of(), List.of(), 100);
        Diagnosis cause = Cause.of(status(FetchState.LOOKUP, 0, 0), null, young, VIEW);
        assertThat(cause.why()).contains("are being looked for: 1 node asked, 0 answered");
        assertThat(cause.next().reason()).isEqualTo(Reason.NOTHING_TO_DO);
    }

    @Test
    void aRunningFetchNamesWhatKeepsItBeforeItFails() {
        NetworkView reachesUdp = new NetworkView(HERE, List.of(CONTACT), List.of(), List.of(), Map.of());
        FetchFacts facts = facts(
                search(SearchReport.Outcome.ANSWERED), List.of(), List.of(trouble(Kind.TIMED_OUT)), List.of(), 3_000);
        assertThat(Cause.of(status(FetchState.LOOKUP, 0, 0), null, facts, reachesUdp)
                        .why())
                .contains("UDP reaches 198.51.100.1 but TCP does not");

        NetworkView otherClock =
                new NetworkView(HERE, List.of(), List.of(new Misfit(PLACE.address(), 600_000)), List.of(), Map.of());
        assertThat(Cause.of(status(FetchState.LOOKUP, 0, 0), null, FetchFacts.nothing(0), otherClock)
                        .next()
                        .reason())
                .isEqualTo(Reason.SET_THE_CLOCK);

        NetworkView otherVersion =
                new NetworkView(HERE, List.of(), List.of(new Misfit(PLACE.address(), 0, null, 2)), List.of(), Map.of());
        Diagnosis version = Cause.of(status(FetchState.LOOKUP, 0, 0), null, FetchFacts.nothing(0), otherVersion);
        assertThat(version.why()).contains("198.51.100.1 sends version 2 of the protocol");
        assertThat(version.next().reason()).isEqualTo(Reason.UPDATE_THE_OLDER_VERSION);
    }

    @Test
    void whatAnswersThereButIsNotTheProvider() {
        assertThat(unreached(Kind.OTHER_NODE).why()).contains("another node than the provider answers");
        assertThat(unreached(Kind.OTHER_NETWORK).next().reason()).isEqualTo(Reason.JOIN_THE_SAME_NETWORK);
        assertThat(unreached(Kind.OTHER_CLOCK).next().reason()).isEqualTo(Reason.SET_THE_CLOCK);
        assertThat(unreached(Kind.OTHER_VERSION).next().reason()).isEqualTo(Reason.UPDATE_THE_OLDER_VERSION);
        assertThat(unreached(Kind.NO_TLS).why()).contains("something other than cairn answers");
    }

    @Test
    void chunksThatArriveOrDoNot() {
        PeerSeen good = peer(true, 4, 0);
        Fetch.Status half = status(FetchState.CHUNKS, 5, 8);
        assertThat(Cause.of(half, null, facts(null, List.of(good), List.of(), List.of(), 100), VIEW)
                        .why())
                .contains("it arrives: 5 of 8 chunks are here, 1 peer connected");
        assertThat(Cause.of(half, null, facts(null, List.of(good), List.of(), List.of(6, 7), 5_000), VIEW)
                        .next()
                        .reason())
                .isEqualTo(Reason.WAIT_FOR_THE_REST);
        assertThat(Cause.of(half, null, facts(null, List.of(good), List.of(), List.of(6, 7), 5_000), VIEW)
                        .why())
                .isEqualTo("3 chunks of 8 are missing and no connected peer has 2 of them");
        assertThat(Cause.of(half, null, facts(null, List.of(good), List.of(), List.of(5, 6, 7), 5_000), VIEW)
                        .why())
                .isEqualTo("3 chunks of 8 are missing and no connected peer has them");
        assertThat(Cause.of(half, null, facts(null, List.of(good), List.of(), List.of(), 5_000), VIEW)
                        .why())
                .contains("3 chunks of 8 are missing and 1 connected peer sends nothing for 5 s");
        assertThat(Cause.of(
                                half,
                                null,
                                facts(
                                        null,
                                        List.of(peer(false, 4, 0)),
                                        List.of(trouble(Kind.REFUSED)),
                                        List.of(),
                                        5_000),
                                VIEW)
                        .why())
                .contains("no peer is connected: nothing listens at 198.51.100.1:4747");
        Diagnosis liar = Cause.of(half, null, facts(null, List.of(peer(false, 0, 3)), List.of(), List.of(), 1), VIEW);
        assertThat(liar.why()).contains("1 peer sends chunks that do not match their digests", PLACE.toString());
        assertThat(liar.next().reason()).isEqualTo(Reason.VERIFY_THE_COPY);
        NetworkView named = new NetworkView(HERE, List.of(), List.of(), List.of(), Map.of(NODE, "ann"));
        assertThat(Cause.of(half, null, facts(null, List.of(peer(false, 0, 3)), List.of(), List.of(), 1), named)
                        .why())
                .contains("ann at " + PLACE);
    }

    @Test
    void aCopyFromAShareOfThisNodeNeedsNoPeer() {
        Diagnosis copy = Cause.of(status(FetchState.CHUNKS, 5, 8), null, FetchFacts.nothing(0), VIEW);
        assertThat(copy.why()).isEqualTo("it is copied from a share of this node: 5 of 8 chunks are here");
        assertThat(copy.next().reason()).isEqualTo(Reason.NOTHING_TO_DO);
        assertThat(Cause.of(status(FetchState.LOOKUP, 5, 8), null, FetchFacts.nothing(0), VIEW)
                        .why())
                .as("of an attempt that has just begun")
                .isEqualTo("its providers are about to be looked for");
    }

    @Test
    void aFetchThatIsDoneWaitsForNothing() {
        assertThat(Cause.of(status(FetchState.DONE, 8, 8), null, FetchFacts.nothing(0), VIEW)
                        .next())
                .isEqualTo(Reason.NOTHING_TO_DO.says("nothing to do"));
    }

    @Test
    void anotherFailureSpeaksForItself() {
        CairnException full =
                new CairnException(CairnException.Kind.DISK_FULL, "cannot fetch", "1 MiB is free", "make room");
        Diagnosis cause = Cause.of(status(FetchState.FAILED, 0, 0), full, FetchFacts.nothing(0), VIEW);
        assertThat(cause.why()).isEqualTo("1 MiB is free");
        assertThat(cause.next().text()).isEqualTo("make room");
    }

    @ParameterizedTest
    @EnumSource(FetchState.class)
    void everyStateHasACause(FetchState state) {
        assertThat(Cause.of(status(state, 0, 0), null, FetchFacts.nothing(0), VIEW)
                        .why())
                .isNotBlank();
    }

    @Test
    void aRecordThatHasExpiredSinceIsTheCauseIfNobodyKnowsAnother() {
        Why.ProviderFound last = new Why.ProviderFound(NODE, List.of(PLACE), 1_000, 5_000_000);
        Why before = why(List.of(last), Reason.MAKE_THE_PROVIDER_REACHABLE, 4_000_000);

        Why lapsed = Whys.after(before, why(List.of(), Reason.CHECK_THE_HASH, 12_300_000), VIEW);
        assertThat(lapsed.cause())
                .isEqualTo("the last record of a provider, node " + NODE.toShortString()
                        + ", expired 2 h ago and was not renewed");
        assertThat(lapsed.next().reason()).isEqualTo(Reason.SHARE_AGAIN);
        assertThat(lapsed.providers()).containsExactly(last);

        NetworkView named = new NetworkView(HERE, List.of(), List.of(), List.of(), Map.of(NODE, "ann"));
        assertThat(Whys.after(before, why(List.of(), Reason.CHECK_THE_HASH, 12_300_000), named)
                        .cause())
                .startsWith("the last record of a provider, node ann, expired");

        Why stillValid = Whys.after(before, why(List.of(), Reason.CHECK_THE_HASH, 4_500_000), VIEW);
        assertThat(stillValid.cause()).isEqualTo("a cause");
        assertThat(stillValid.providers()).containsExactly(last);
        assertThat(Whys.after(null, stillValid, VIEW)).isEqualTo(stillValid);
    }

    private static Why why(List<Why.ProviderFound> providers, Reason reason, long atMillis) {
        return new Why(
                HASH,
                "",
                FetchState.FAILED,
                "a cause",
                reason.says("a step"),
                List.of(),
                providers,
                List.of(),
                new Why.Missing(0, 0, List.of(), 0),
                List.of(),
                atMillis);
    }

    private static Diagnosis unreached(Kind kind) {
        FetchFacts facts = facts(null, List.of(), List.of(trouble(kind)), List.of(), 3_000);
        return Cause.of(status(FetchState.LOOKUP, 0, 0), null, facts, VIEW);
    }

    private static FetchFacts facts(
            @Nullable SearchReport search,
            List<PeerSeen> peers,
            List<PeerTrouble> troubles,
            List<Integer> withNobody,
            long quietMillis) {
        return new FetchFacts(
                search,
                List.of(),
                List.of(),
                peers,
                troubles,
                new FetchFacts.Missing(3, withNobody, quietMillis),
                9_000);
    }

    private static SearchReport search(SearchReport.Outcome outcome) {
        return new SearchReport(HASH, List.of(new SearchReport.Asked(CONTACT, outcome, 0, 0, 0, -1)), 0, 5);
    }

    private static PeerTrouble trouble(Kind kind) {
        return new PeerTrouble(PeerId.of(NODE), PLACE, kind, "is of no use");
    }

    private static PeerSeen peer(boolean connected, int delivered, int bad) {
        return new PeerSeen(PeerId.of(NODE), PLACE, connected, bad > 2, 8, delivered, 0, bad);
    }

    private static Fetch.Status status(FetchState state, int chunks, int chunkCount) {
        return new Fetch.Status("film", state, 0, 0, chunks, chunkCount, 0, 0, Path.of("film"));
    }
}
