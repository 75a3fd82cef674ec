package io.cairn.dht.node.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import io.cairn.dht.wire.Token;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HeldTokensAreFewAndFreshTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final long LIFETIME_MILLIS = LIMITS.guard().tokenRotationMillis();

    private final HeldTokens tokens = new HeldTokens(LIMITS);

    @Test
    void theLastTokenOfEachMakerIsHeldForItsLifetimeAndNoLonger() {
        SplittableRandom random = new SplittableRandom(1);
        Map<Endpoint, Long> since = new LinkedHashMap<>();
        Map<Endpoint, Token> last = new LinkedHashMap<>();
        for (long nowMillis = 0; nowMillis < 4 * LIFETIME_MILLIS; nowMillis += 200) {
            Endpoint maker = maker(random.nextInt(2_000));
            Token token = token(random.nextLong());
            tokens.put(maker, token, nowMillis);
            since.put(maker, nowMillis);
            last.put(maker, token);
            Endpoint any = maker(random.nextInt(2_000));
            boolean isFresh = since.containsKey(any) && nowMillis - since.get(any) < LIFETIME_MILLIS;
            assertThat(tokens.of(any, nowMillis)).isEqualTo(isFresh ? last.get(any) : null);
        }
    }

    @Test
    void ofThoseThatAreTooOldFewRemain() {
        for (int i = 0; i < 10_000; i++) {
            long nowMillis = i * LIFETIME_MILLIS / 20;
            tokens.put(maker(i), token(i), nowMillis);
            assertThat(tokens.size()).isLessThanOrEqualTo(48);
        }
    }

    @Test
    void aMultitudeAtOnceIsBoundedAndTheNewestAreHeld() {
        for (int i = 0; i < 100_000; i++) {
            tokens.put(maker(i), token(i), i);
            assertThat(tokens.of(maker(i), i)).isEqualTo(token(i));
            assertThat(tokens.size()).isLessThanOrEqualTo(2 * LIMITS.requests().tokensHeldMax());
        }
    }

    private static Endpoint maker(int number) {
        return Endpoint.of(ByteBuffer.allocate(4).putInt(10 << 24 | number).array(), 4_747);
    }

    private static Token token(long number) {
        return Token.of(ByteBuffer.allocate(Token.LENGTH_BYTES).putLong(number).array());
    }
}
