package io.cairn.app.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.fetch.AppLoop;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.peer.SwarmStatistics.Session;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OnlyReceiversKeepASendWaitingTest {
    private static final Endpoint SOMEWHERE = Endpoint.parse("192.0.2.7:4747");

    private final Random random = new Random(1);
    private final NodeId receiver = NodeId.random(random);
    private final NodeId stranger = NodeId.random(random);
    private final AppLoop loop = new AppLoop();
    private final Map<NodeId, Long> sent = new LinkedHashMap<>();
    private final Uploads uploads = new Uploads(
            loop,
            () -> sent.entrySet().stream()
                    .map(one -> new Session(PeerId.of(one.getKey()), SOMEWHERE, false, 0, one.getValue()))
                    .toList());

    private long quietMillis() {
        return uploads.quietMillis(Set.of(receiver));
    }

    @Test
    void whatStrangersTakeOfAnOpenShareSaysNothing() {
        sent.put(receiver, 10L);
        assertThat(quietMillis()).isZero();
        sent.remove(receiver);
        for (int seconds = 1; seconds <= 180; seconds++) {
            loop.run(1_000);
            sent.merge(stranger, 1_000_000L, Long::sum);
            assertThat(quietMillis()).isEqualTo(seconds * 1_000L);
        }
    }

    @Test
    void aReceiverThatTakesOrComesAgainIsWaitedFor() {
        sent.put(receiver, 10L);
        assertThat(quietMillis()).isZero();
        loop.run(5_000);
        assertThat(quietMillis()).isEqualTo(5_000);
        sent.put(receiver, 20L);
        assertThat(quietMillis()).isZero();
        loop.run(5_000);
        sent.put(receiver, 0L); // another session
        assertThat(quietMillis()).isEqualTo(5_000);
        sent.put(receiver, 5L);
        assertThat(quietMillis()).isZero();
    }
}
