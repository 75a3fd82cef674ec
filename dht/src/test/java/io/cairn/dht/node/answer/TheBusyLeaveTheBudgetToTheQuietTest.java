package io.cairn.dht.node.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Endpoint;
import io.cairn.dht.kad.KademliaLimits;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class TheBusyLeaveTheBudgetToTheQuietTest {
    private static final KademliaLimits.Guard GUARD = KademliaLimits.defaults().guard();

    private final SignatureBudget budget = SignatureBudget.ofUnproven(KademliaLimits.defaults());

    @Test
    void oneAddressMayHaveMuchWhileNobodyElseAsks() {
        assertThat(allowed(address(1), GUARD.unprovenBurstMax(), 0))
                .isGreaterThanOrEqualTo(GUARD.unprovenBurstMax() / 2);
    }

    @Test
    void allTogetherGetNoMoreThanTheBudget() {
        int allowed = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            for (int i = 0; i < 20; i++) {
                allowed += budget.allows(address(20 * millis + i), millis) ? 1 : 0;
            }
        }
        assertThat(allowed).isLessThanOrEqualTo(GUARD.unprovenBurstMax() + 10 * GUARD.unprovenPerSecondMax());
    }

    @Test
    void aQuietAddressIsHeardDuringAFloodFromAThousand() {
        for (int millis = 0; millis < 30_000; millis++) {
            for (int i = 0; i < 20; i++) {
                budget.allows(address((20 * millis + i) % 1_000), millis);
            }
            if (millis % 5_000 == 4_999) {
                assertThat(budget.allows(address(5_000), millis))
                        .as("at %d ms", millis)
                        .isTrue();
            }
        }
    }

    @Test
    void aProvenAddressMayWorkAtItsFullRateForAWhile() {
        SignatureBudget proven = SignatureBudget.ofProven(KademliaLimits.defaults());
        int allowed = 0;
        for (int i = 0; i < GUARD.requestsBurstMax(); i++) {
            allowed += proven.allows(address(1), 0) ? 1 : 0;
        }
        assertThat(allowed).isEqualTo(GUARD.requestsBurstMax());
    }

    private int allowed(InetAddress address, int requests, long nowMillis) {
        int allowed = 0;
        for (int i = 0; i < requests; i++) {
            allowed += budget.allows(address, nowMillis) ? 1 : 0;
        }
        return allowed;
    }

    private static InetAddress address(int number) {
        byte[] bytes = {10, (byte) (number >> 16), (byte) (number >> 8), (byte) number};
        return Endpoint.of(bytes, 1).address();
    }
}
