package io.cairn.transfer.swarm.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.transfer.swarm.port.PeerId;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which peer is banned, and for how long. */
final class PeerTrustTest {
    private static final long HOUR = 3_600_000;
    private static final Endpoint ENDPOINT = Endpoint.parse("10.0.0.1:4747");

    private final PeerId liar = PeerId.of(NodeId.random(new Random(1)));
    private final PeerId other = PeerId.of(NodeId.random(new Random(2)));
    private final PeerTrust trust = new PeerTrust(3, (int) HOUR);

    @Test
    void oneBadChunkCostsTrustAndThreeBanForAnHour() {
        assertThat(trust.isTrusted(liar)).isTrue();
        assertThat(trust.strike(liar, ENDPOINT, 0)).isFalse();
        assertThat(trust.isTrusted(liar)).isFalse();
        assertThat(trust.isBanned(liar, 0)).isFalse();
        assertThat(trust.strike(liar, ENDPOINT, 5)).isFalse();
        assertThat(trust.strike(liar, ENDPOINT, 10)).isTrue();
        assertThat(trust.isBanned(liar, 10)).isTrue();
        assertThat(trust.isBanned(ENDPOINT, 9 + HOUR)).isTrue();
        assertThat(trust.isBanned(liar, 10 + HOUR)).isFalse();
        assertThat(trust.isBanned(ENDPOINT, 10 + HOUR)).isFalse();
        assertThat(trust.isBanned(other, 10)).isFalse();
    }

    @Test
    void onlyTheLatestAreRemembered() {
        Random random = new Random(3);
        trust.ban(liar, null, 0);
        for (int i = 0; i < 10_000; i++) {
            trust.ban(PeerId.of(NodeId.random(random)), null, 0);
        }
        assertThat(trust.isBanned(liar, 1)).isFalse();
    }
}
