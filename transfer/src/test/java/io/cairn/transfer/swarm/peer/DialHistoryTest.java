package io.cairn.transfer.swarm.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.port.DialFailure;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When an endpoint, an address and a peer may be dialled again. */
final class DialHistoryTest {
    private static final DialFailure REFUSED = new DialFailure(DialFailure.Kind.REFUSED, "does not listen");
    private static final DialFailure NO_ROUTE = new DialFailure(DialFailure.Kind.UNREACHABLE, "cannot be reached");
    private static final Endpoint ENDPOINT = Endpoint.parse("192.0.2.77:443");

    private final DialHistory history = new DialHistory(3_000);

    @Test
    void anEndpointThatFailsIsDialledAtDoublingIntervals() {
        assertThat(dialsUntil(200_000, REFUSED, ENDPOINT))
                .startsWith(0L, 3_000L, 9_000L, 21_000L, 45_000L, 75_000L, 105_000L, 135_000L);
    }

    @Test
    void anAddressIsDialledAFewTimesAndThenAtDoublingIntervalsWhateverThePorts() {
        Endpoint[] ports = new Endpoint[500];
        for (int i = 0; i < ports.length; i++) {
            ports[i] = Endpoint.parse("192.0.2.77:" + (1 + i));
        }
        List<Long> dials = dialsUntil(3_600_000, REFUSED, ports);
        assertThat(dials).hasSizeLessThan(30);
        assertThat(dials).filteredOn(at -> at < 10_000).hasSize(SwarmLimits.ADDRESS_FAILURES_MAX + 2);
    }

    @Test
    void anAnswerMakesGoodForTheEndpointAndItsAddress() {
        for (int port = 1; port <= 20; port++) {
            Endpoint endpoint = Endpoint.parse("192.0.2.77:" + port);
            history.begun(endpoint, 0);
            history.failed(endpoint, REFUSED, 0);
        }
        assertThat(history.isDue(ENDPOINT, 0)).isFalse();
        history.begun(ENDPOINT, 0);
        history.answered(ENDPOINT);
        assertThat(history.isDue(ENDPOINT, 0)).isTrue();
        assertThat(history.isDue(Endpoint.parse("192.0.2.77:444"), 0)).isTrue();
    }

    @Test
    void whatAStrangerNamesDoesNotKeepFromAnEndpointThatIsVouchedFor() {
        for (int port = 1; port <= 20; port++) {
            Endpoint endpoint = Endpoint.parse("192.0.2.77:" + port);
            history.begun(endpoint, 0);
            history.failed(endpoint, REFUSED, 0);
        }
        history.vouchFor(ENDPOINT);
        assertThat(history.isDue(ENDPOINT, 0)).isTrue();
        history.begun(ENDPOINT, 0);
        history.failed(ENDPOINT, REFUSED, 0);
        assertThat(history.isDue(ENDPOINT, 3_000)).isFalse();
    }

    @Test
    void whatNeverLeftThisMachineDoesNotCount() {
        assertThat(dialsUntil(30_001, NO_ROUTE, ENDPOINT)).hasSize(11);
    }

    @Test
    void aNodeThatHadNoRoomIsTriedAgainSoonAFewTimes() {
        DialFailure noRoom = new DialFailure(DialFailure.Kind.NOT_GREETED, "closed the connection");
        assertThat(dialsUntil(20_000, noRoom, ENDPOINT))
                .startsWith(0L, 500L, 1_500L, 3_500L)
                .hasSize(4);
    }

    @Test
    void manyNodesOfOneMachineAreNotCountedTogether() {
        for (int port = 1; port <= 100; port++) {
            Endpoint endpoint = Endpoint.parse("127.0.0.1:" + port);
            assertThat(history.hasRoom(endpoint)).isTrue();
            assertThat(history.isDue(endpoint, 0)).isTrue();
            history.begun(endpoint, 0);
        }
    }

    @Test
    void soManyDialsOfAnAddressMayBeUnderWayAsMayFail() {
        int underWay = 0;
        for (int port = 1; port <= 100; port++) {
            Endpoint endpoint = Endpoint.parse("192.0.2.77:" + port);
            if (history.hasRoom(endpoint)) {
                history.begun(endpoint, 0);
                underWay++;
            }
        }
        assertThat(underWay).isEqualTo(SwarmLimits.ADDRESS_FAILURES_MAX);
    }

    @Test
    void aPeerThatIsElsewhereIsNotKeptWaiting() {
        PeerId peer = PeerId.of(NodeId.random(new Random(1)));
        history.failed(peer, REFUSED, 0);
        assertThat(history.isDue(peer, 0)).isFalse();
        assertThat(history.failures(peer)).isEqualTo(1);
        history.forget(peer);
        assertThat(history.isDue(peer, 0)).isTrue();
    }

    /** The times of dials if each endpoint is dialled, and fails, as soon as allowed. */
    private List<Long> dialsUntil(long untilMillis, DialFailure failure, Endpoint... endpoints) {
        List<Long> dials = new ArrayList<>();
        for (long now = 0; now < untilMillis; now += 250) {
            for (Endpoint endpoint : endpoints) {
                if (history.isDue(endpoint, now) && history.hasRoom(endpoint)) {
                    history.begun(endpoint, now);
                    history.failed(endpoint, failure, now);
                    dials.add(now);
                }
            }
        }
        return dials;
    }
}
