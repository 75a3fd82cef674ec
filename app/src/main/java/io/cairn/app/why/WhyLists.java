package io.cairn.app.why;

import io.cairn.app.Node;
import io.cairn.app.Why;
import io.cairn.dht.Misfit;
import io.cairn.dht.Provider;
import io.cairn.dht.SearchReport;
import io.cairn.dht.env.Clock;
import io.cairn.dht.id.Contact;
import io.cairn.transfer.swarm.fetch.FetchFacts;
import io.cairn.transfer.swarm.fetch.FetchOutcome.PeerTrouble;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a fetch saw as the lists of the API, with wall-clock times. */
final class WhyLists {
    private WhyLists() {}

    /** @param misfits whose messages this node cannot accept: what one of them says instead of an answer is told */
    static List<Why.Asked> asked(@Nullable SearchReport search, List<Misfit> misfits) {
        return search == null
                ? List.of()
                : search.asked().stream()
                        .map(one -> new Why.Asked(
                                one.contact().id(),
                                one.contact().endpoint(),
                                said(one.outcome()),
                                one.providers(),
                                one.closer(),
                                one.tookMillis(),
                                one.outcome() == SearchReport.Outcome.ANSWERED ? "" : detail(one.contact(), misfits)))
                        .toList();
    }

    private static String detail(Contact asked, List<Misfit> misfits) {
        return misfits.stream()
                .filter(misfit -> misfit.address().equals(asked.endpoint().address()))
                .findFirst()
                .map(misfit -> misfit.isClock()
                        ? new Node.Notice.ClockDiffers(misfit.address(), misfit.aheadMillis()).text()
                        : misfit.isVersion()
                                ? "its address sends version " + misfit.version() + " of the protocol"
                                : misfit.isUnopened()
                                        ? "its address uses another network or key"
                                        : "its address sends messages of another network")
                .orElse("");
    }

    static List<Why.ProviderFound> providers(List<Provider> providers) {
        return providers.stream()
                .map(one -> new Why.ProviderFound(one.id(), one.endpoints(), one.publishedMillis(), one.expiryMillis()))
                .toList();
    }

    static List<Why.Dialled> dials(FetchFacts facts, Clock clock) {
        long toWallMillis = clock.wallMillis() - clock.monotonicMillis();
        return facts.dials().stream()
                .map(dial -> new Why.Dialled(
                        dial.endpoint(),
                        dial.peer() == null ? null : dial.peer().node(),
                        origin(dial.origin()),
                        end(dial),
                        dial.failure() == null ? "" : dial.failure().reason(),
                        dial.startedMillis() + toWallMillis,
                        (dial.isUnderWay() ? facts.atMillis() : dial.endedMillis()) - dial.startedMillis()))
                .toList();
    }

    static List<Why.PeerSeen> peers(FetchFacts facts) {
        Map<PeerId, String> troubles = new LinkedHashMap<>();
        for (PeerTrouble trouble : facts.troubles()) {
            if (trouble.peer() != null) {
                troubles.put(trouble.peer(), trouble.reason());
            }
        }
        return facts.peers().stream()
                .map(peer -> new Why.PeerSeen(
                        peer.peer().node(),
                        peer.endpoint(),
                        peer.isConnected(),
                        peer.isBanned(),
                        peer.chunks(),
                        peer.delivered(),
                        peer.bytes(),
                        peer.bad(),
                        troubles.getOrDefault(peer.peer(), "")))
                .toList();
    }

    private static Why.Said said(SearchReport.Outcome outcome) {
        return switch (outcome) {
            case WAITING -> Why.Said.WAITING;
            case ANSWERED -> Why.Said.ANSWERED;
            case SILENT -> Why.Said.SILENT;
        };
    }

    private static Why.Origin origin(FetchFacts.Origin origin) {
        return switch (origin) {
            case LINK -> Why.Origin.LINK;
            case RECORD -> Why.Origin.RECORD;
            case HEARD -> Why.Origin.HEARD;
            case PEER -> Why.Origin.PEER;
        };
    }

    private static Why.DialEnd end(FetchFacts.DialSeen dial) {
        if (dial.isUnderWay()) {
            return Why.DialEnd.UNDER_WAY;
        }
        return dial.failure() == null
                ? Why.DialEnd.CONNECTED
                : end(dial.failure().kind());
    }

    private static Why.DialEnd end(DialFailure.Kind kind) {
        return switch (kind) {
            case REFUSED -> Why.DialEnd.REFUSED;
            case UNREACHABLE -> Why.DialEnd.NO_ROUTE;
            case THIS_NODE -> Why.DialEnd.THIS_NODE;
            case TIMED_OUT -> Why.DialEnd.NO_ANSWER;
            case NO_TLS -> Why.DialEnd.TLS_FAILED;
            case NOT_A_PEER -> Why.DialEnd.NOT_CAIRN;
            case OTHER_VERSION -> Why.DialEnd.OTHER_VERSION;
            case NOT_GREETED -> Why.DialEnd.NOT_GREETED;
            case OTHER_NETWORK -> Why.DialEnd.OTHER_NETWORK;
            case OTHER_CLOCK -> Why.DialEnd.OTHER_CLOCK;
            case OTHER_NODE -> Why.DialEnd.WRONG_IDENTITY;
            case REFUSED_BY_US -> Why.DialEnd.NOT_ACCEPTED;
            case LOCAL -> Why.DialEnd.NOT_DIALLED;
        };
    }
}
