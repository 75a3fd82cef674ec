package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.transfer.net.admission.SessionAdmission;
import io.cairn.transfer.net.admission.TransferLimits;
import io.cairn.transfer.net.tls.Dialled;
import io.cairn.transfer.net.tls.RealNode;
import io.cairn.transfer.swarm.port.DialFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which session is displaced when there are too many, so that no address takes all places with invented identities. */
final class SessionsMakeRoomTest {
    private final SessionAdmission admission = new SessionAdmission(4);
    private final List<String> closed = new ArrayList<>();

    @Test
    void sessionsThatEndMakeRoomForAsManyAndNoMore() {
        for (int i = 0; i < 1_000; i++) {
            admission.left(Objects.requireNonNull(accepted("192.0.2.1", 0)));
        }
        for (int i = 0; i < 4; i++) {
            assertThat(accepted("192.0.2.1", 0)).isNotNull();
        }
        assertThat(accepted("192.0.2.1", 0)).isNull();
        assertThat(closed).isEmpty();
    }

    @Test
    void whoComesFromElsewhereTakesAPlaceOfTheBusiestAddress() {
        for (int i = 0; i < 4; i++) {
            accepted("192.0.2.1", i);
        }
        assertThat(accepted("198.51.100.1", 4)).isNotNull();
        assertThat(accepted("198.51.100.2", 4)).isNotNull();
        assertThat(closed).containsExactly("192.0.2.1", "192.0.2.1");
        assertThat(accepted("198.51.100.3", 4)).isNull();
    }

    @Test
    void inALanTheBusiestAddressCounts() {
        for (String address : List.of("192.168.0.1", "192.168.0.2", "192.168.0.2", "192.168.0.2")) {
            accepted(address, 0);
        }
        assertThat(accepted("192.168.0.3", 0)).isNotNull();
        assertThat(closed).containsExactly("192.168.0.2");
    }

    @Test
    void ofOneAddressTheOneGoesThatLiesIdle() {
        List<SessionAdmission.Session> sessions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            sessions.add(Objects.requireNonNull(accepted("127.0.0.1", i)));
        }
        sessions.get(0).moved(TransferLimits.SESSION_IDLE_MILLIS);
        sessions.get(1).moved(TransferLimits.SESSION_IDLE_MILLIS);
        sessions.get(3).moved(TransferLimits.SESSION_IDLE_MILLIS);
        assertThat(accepted("127.0.0.1", TransferLimits.SESSION_IDLE_MILLIS)).isNull();
        assertThat(accepted("127.0.0.1", TransferLimits.SESSION_IDLE_MILLIS + 2))
                .isNotNull();
        assertThat(accepted("127.0.0.1", TransferLimits.SESSION_IDLE_MILLIS + 2))
                .isNull();
        assertThat(closed).hasSize(1);
    }

    @Test
    void whatThisNodeDialsAlwaysFindsRoomAmongThoseItAccepted() {
        for (int i = 0; i < 4; i++) {
            accepted("192.0.2." + i, 0);
        }
        for (int i = 0; i < 4; i++) {
            assertThat(admit("203.0.113.1", true, 0)).isNotNull();
        }
        assertThat(closed).hasSize(4);
        assertThat(admit("203.0.113.1", true, 0)).isNull();
        assertThat(accepted("192.0.2.1", 0)).isNull();
    }

    @Test
    void aNodeThatIsFullOfIdlePeersLetsAnotherIn() throws Exception {
        TransferLimits tight = new TransferLimits(5_000, 1_500, 4_000, 64, 1, 64, 1 << 24, 96 << 20);
        try (RealNode full = RealNode.start(RealNode.NETWORK, tight);
                RealNode idler = RealNode.start();
                RealNode far = RealNode.start()) {
            Dialled.accept(full);
            Dialled.accept(far);
            Dialled idle = Dialled.dial(idler, full.endpoint(), null);
            idle.connection();
            Dialled own = Dialled.dial(full, far.endpoint(), null);
            own.connection(); // a session of its own choice displaces the idle one
            assertThat(idle.closeReason()).isEqualTo("closed the connection");
            assertThat(Dialled.dial(idler, full.endpoint(), null).failure().kind())
                    .isEqualTo(DialFailure.Kind.NOT_GREETED);
        }
    }

    @Test
    void theLongestQueueGoesWhenAllTogetherAreTooLong() {
        SendQueues queues = new SendQueues(1_000);
        SendQueues.Queue shorter = queues.open(() -> closed.add("shorter"));
        SendQueues.Queue longer = queues.open(() -> closed.add("longer"));
        queues.added(longer, 600);
        queues.added(shorter, 400);
        assertThat(closed).isEmpty();
        queues.added(shorter, 100);
        assertThat(closed).containsExactly("longer");
        assertThat(queues.bytes()).isEqualTo(500);
        queues.removed(longer, 600);
        queues.removed(shorter, 100);
        assertThat(queues.bytes()).isEqualTo(400);
        queues.end(shorter);
        assertThat(queues.bytes()).isZero();
        assertThat(closed).containsExactly("longer");
    }

    private SessionAdmission.@Nullable Session accepted(String address, long nowMillis) {
        return admit(address, false, nowMillis);
    }

    private SessionAdmission.@Nullable Session admit(String address, boolean isDialled, long nowMillis) {
        return admission.admit(Endpoint.parseAddress(address), isDialled, () -> closed.add(address), nowMillis);
    }
}
