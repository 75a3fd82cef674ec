package io.cairn.dht.node.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cairn.dht.kad.KademliaLimits;
import java.util.SplittableRandom;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RoundTripsFollowWhatIsMeasuredTest {
    private static final KademliaLimits.Requests LIMITS =
            KademliaLimits.defaults().requests();

    private final RoundTrips roundTrips = new RoundTrips(LIMITS);
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(roundTrips.patienceMillis()).isEqualTo((int) LIMITS.timeoutMillis());
        assertThat(roundTrips.quantileMillis(0.5)).isZero();
    }

    @Test
    void quantilesAreRightToATenth() {
        for (int i = 0; i < 2_000; i++) {
            answer(100 + random.nextInt(101));
        }
        assertThat((double) roundTrips.quantileMillis(0.5)).isCloseTo(150, Percentage.withPercentage(10));
        assertThat((double) roundTrips.quantileMillis(0.95)).isCloseTo(195, Percentage.withPercentage(10));
        assertThat((double) roundTrips.quantileMillis(0.99)).isCloseTo(199, Percentage.withPercentage(10));
    }

    @Test
    void patienceIsATenthMoreThanTheQuickestAndAMarginOrNineOfTen() {
        for (int i = 0; i < 300; i++) {
            answer(20);
        }
        assertThat(roundTrips.patienceMillis()).as("a LAN or a near network").isCloseTo(120, within(5));
        for (int i = 0; i < 1_000; i++) {
            answer(i % 2 == 0 ? 20 : 400);
        }
        assertThat(roundTrips.patienceMillis()).as("half of them far away").isBetween(380, 450);
        for (int i = 0; i < 1_000; i++) {
            answer(20_000);
        }
        assertThat(roundTrips.patienceMillis()).isEqualTo((int) LIMITS.patienceMaxMillis());
    }

    @Test
    void lossDoesNotMakeItSlower() {
        for (int i = 0; i < 300; i++) {
            answer(100);
        }
        int before = roundTrips.patienceMillis();
        for (int i = 0; i < 300; i++) {
            int patience = roundTrips.patienceMillis();
            roundTrips.answered(0, 0, patience, patience + 100);
        }
        assertThat(roundTrips.patienceMillis()).isCloseTo(before, within(10));
    }

    @Test
    void aLongerWayIsNoticedThoughEveryAnswerComesAfterARepetition() {
        for (int i = 0; i < 300; i++) {
            answer(100);
        }
        for (int i = 0; i < 300; i++) {
            int patience = roundTrips.patienceMillis();
            roundTrips.answered(0, patience > 350 ? 0 : patience, patience > 350 ? 0 : 3L * patience, 600);
        }
        assertThat(roundTrips.patienceMillis()).isGreaterThan(300);
    }

    private void answer(long millis) {
        roundTrips.answered(0, 0, 0, millis);
    }
}
