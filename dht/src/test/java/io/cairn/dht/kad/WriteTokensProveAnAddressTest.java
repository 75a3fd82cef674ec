package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.wire.Token;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WriteTokensProveAnAddressTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final long WINDOW_MILLIS = LIMITS.guard().tokenRotationMillis();
    private static final Endpoint ASKER = Endpoint.parse("192.0.2.1:4747");

    private final WriteTokens tokens = new WriteTokens(new SplittableRandom(1), LIMITS);

    @Test
    void toTheOneItWasGivenTo() {
        Token token = tokens.issue(ASKER, 0);

        assertThat(tokens.accepts(token, ASKER, 0)).isTrue();
        assertThat(tokens.accepts(token, Endpoint.parse("192.0.2.2:4747"), 0)).isFalse();
        assertThat(tokens.accepts(token, Endpoint.parse("192.0.2.1:4748"), 0)).isFalse();
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
}
