package io.cairn.dht.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.ProtocolDocument;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.service.ServiceKeys.Shard;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceKeysMatchTheDocumentTest {
    private static final String CAPABILITY = "print a4";
    private static final NodeId ALICE = NodeId.fromHex("fd81a6db64d6faf7f702c07971a82c25c1dc3c90");

    private final ServiceKeys keys = new ServiceKeys(CAPABILITY);

    @Test
    void theKeysOfTheDocumentAreWhatTheCodeComputes() {
        Map<String, String> computed = new LinkedHashMap<>();
        computed.put("capability", CAPABILITY);
        computed.put("publisher", ALICE.toHex());
        computed.put("root", keys.of(Shard.ROOT).toHex());
        for (int depth = 1; depth <= 3; depth++) {
            Shard shard = keys.shardOf(ALICE, depth);
            computed.put("bits " + depth, String.valueOf(shard.bits()));
            computed.put("shard " + depth, keys.of(shard).toHex());
        }
        computed.put("page 1", keys.ofPage(ALICE, 1).toHex());

        assertThat(ProtocolDocument.vectors().get("service-keys")).isEqualTo(computed);
    }

    @Test
    void aPublisherGoesDownOnePath() {
        Shard above = Shard.ROOT;
        for (int depth = 1; depth <= ServiceKeys.DEPTH_MAX; depth++) {
            Shard shard = keys.shardOf(ALICE, depth);
            assertThat(shard).isIn(above.child(0), above.child(1));
            above = shard;
        }
        assertThat(keys.shardOf(ALICE, 0)).isEqualTo(Shard.ROOT);
    }
}
