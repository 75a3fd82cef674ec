package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.crypto.Identity;
import io.cairn.dht.crypto.PublicKey;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RepeatedRequestsAreKnownAgainTest {
    private static final KademliaLimits.Guard GUARD = KademliaLimits.defaults().guard();

    private final SplittableRandom random = new SplittableRandom(9);
    private final SeenRequests seen = new SeenRequests(random, KademliaLimits.defaults());
    private final PublicKey alice = Identity.generate(random).publicKey();
    private final PublicKey bob = Identity.generate(random).publicKey();

    @Test
    void aRequestIsSpentWhenItWasHeardSoManyTimes() {
        for (int i = 0; i < GUARD.hearingsMax(); i++) {
            assertThat(seen.isSpent(alice, 1, 0)).isFalse();
            seen.heard(alice, 1, 0);
        }

        assertThat(seen.isSpent(alice, 1, 0)).isTrue();
        assertThat(seen.isSpent(alice, 2, 0)).as("another request").isFalse();
        assertThat(seen.isSpent(bob, 1, 0)).as("another sender").isFalse();
    }

    @Test
    void forAsLongAsItsTimeStampIsTaken() {
        spend(1, 1_000);

        assertThat(seen.isSpent(alice, 1, 1_000 + GUARD.timeStampWindowMillis() - 1))
                .isTrue();
        assertThat(seen.isSpent(alice, 1, 1_000 + 2 * GUARD.timeStampWindowMillis()))
                .isFalse();
        assertThat(seen.size()).isZero();
    }

    @Test
    void aFloodOfOthersTakesNoMoreMemoryAndAShortOneForgetsNothing() {
        spend(-1, 0);
        for (int i = 0; i < GUARD.requestsRememberedMax() / 2; i++) {
            seen.heard(bob, i, 0);
        }
        assertThat(seen.isSpent(alice, -1, 0)).isTrue();
        for (int i = 0; i < 10 * GUARD.requestsRememberedMax(); i++) {
            seen.heard(bob, i, 0);
            assertThat(seen.size()).isLessThanOrEqualTo(2 * GUARD.requestsRememberedMax());
        }
    }

    private void spend(long requestId, long nowMillis) {
        for (int i = 0; i < GUARD.hearingsMax(); i++) {
            seen.heard(alice, requestId, nowMillis);
        }
    }
}
