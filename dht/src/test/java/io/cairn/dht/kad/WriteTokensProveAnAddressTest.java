package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Contact;
import io.cairn.dht.id.Endpoint;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.wire.Token;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WriteTokensProveAnAddressTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final long WINDOW_MILLIS = LIMITS.guard().tokenRotationMillis();
    private static final NodeId ID = NodeId.random(new SplittableRandom(3));
    private static final Contact ASKER = at("192.0.2.1:4747");

    private final WriteTokens tokens = new WriteTokens(new SplittableRandom(1), LIMITS);

    @Test
    void toTheOneItWasGivenTo() {
        Token token = tokens.issue(ASKER, 0);

        assertThat(tokens.accepts(token, ASKER, 0)).isTrue();
        assertThat(tokens.accepts(token, at("192.0.2.2:4747"), 0)).isFalse();
        assertThat(tokens.accepts(token, at("192.0.2.1:4748"), 0)).isFalse();
        assertThat(new WriteTokens(new SplittableRandom(2), LIMITS).accepts(token, ASKER, 0))
                .isFalse();
    }

    @Test
    void forTheWindowItWasMadeInAndTheNext() {
        Token token = tokens.issue(ASKER, -WINDOW_MILLIS / 2);

        assertThat(tokens.accepts(token, ASKER, -1)).isTrue();
        assertThat(tokens.accepts(token, ASKER, WINDOW_MILLIS - 1)).isTrue();
        assertThat(tokens.accepts(token, ASKER, WINDOW_MILLIS)).isFalse();
    }

    @Test
    void andToNoOtherIdAtTheSameEndpoint() {
        SplittableRandom random = new SplittableRandom(4);
        Token token = tokens.issue(ASKER, 0);
        byte[] bytes = ID.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= (byte) (1 + random.nextInt(255));
            assertThat(tokens.accepts(token, new Contact(NodeId.of(other), ASKER.endpoint()), 0))
                    .as("byte %d differs", i)
                    .isFalse();
        }
    }

    private static Contact at(String endpoint) {
        return new Contact(ID, Endpoint.parse(endpoint));
    }
}
