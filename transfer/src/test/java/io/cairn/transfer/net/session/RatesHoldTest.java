package io.cairn.transfer.net.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.cairn.transfer.swarm.peer.RateLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RatesHoldTest {
    private static final long MINUTE_MILLIS = 60_000;
    private static final int PIECE_BYTES = 256 * 1024;
    private static final long RATE = 1_000_000;
    private static final InetAddress FAR = address("203.0.113.9");

    private final StillClock clock = new StillClock();
    private final RateLimiter limiter = new RateLimiter(clock);

    @Test
    void theNodeKeepsItsRateHoweverManySend() {
        limiter.set(new RateLimits(RATE, 0, 0, 0, false));
        long[] sent = minute(true, paces(3, FAR));
        assertThat(Arrays.stream(sent).sum()).isCloseTo(60 * RATE, withinPercentage(5));
    }

    @Test
    void thoseWhoCompeteTakeTurns() {
        limiter.set(new RateLimits(RATE, 0, 0, 0, false));
        long[] sent = minute(true, paces(2, FAR));
        assertThat(sent[0]).isCloseTo(30 * RATE, withinPercentage(5));
        assertThat(sent[1]).isCloseTo(30 * RATE, withinPercentage(5));
    }

    @Test
    void whatIsReceivedIsHeldToItsOwnRate() {
        limiter.set(new RateLimits(0, RATE, 0, 0, false));
        assertThat(Arrays.stream(minute(false, paces(2, FAR))).sum()).isCloseTo(60 * RATE, withinPercentage(5));
        assertThat(limiter.pace(FAR).sent(PIECE_BYTES)).isZero();
    }

    @Test
    void eachPeerHasItsOwnRate() {
        limiter.set(new RateLimits(0, 0, RATE, 2 * RATE, false));
        for (long sent : minute(true, paces(3, FAR))) {
            assertThat(sent).isCloseTo(60 * RATE, withinPercentage(5));
        }
        for (long received : minute(false, paces(3, FAR))) {
            assertThat(received).isCloseTo(120 * RATE, withinPercentage(5));
        }
    }

    @Test
    void theNarrowerRateCounts() {
        limiter.set(new RateLimits(RATE, 0, RATE / 4, 0, false));
        assertThat(minute(true, paces(1, FAR))[0]).isCloseTo(15 * RATE, withinPercentage(5));
        assertThat(Arrays.stream(minute(true, paces(8, FAR))).sum()).isCloseTo(60 * RATE, withinPercentage(5));
    }

    @Test
    void theLocalNetworkIsFreeUnlessItIsAskedFor() {
        InetAddress near = address("192.168.1.7");
        limiter.set(new RateLimits(RATE, RATE, RATE, RATE, false));
        RateLimiter.Pace pace = limiter.pace(near);
        assertThat(pace.sent(100 * PIECE_BYTES)).isZero();
        assertThat(pace.received(100 * PIECE_BYTES)).isZero();
        assertThat(pace.piece(PIECE_BYTES)).isEqualTo(PIECE_BYTES);
        limiter.set(new RateLimits(RATE, RATE, RATE, RATE, true));
        assertThat(pace.sent(100 * PIECE_BYTES)).isPositive();
        assertThat(minute(true, List.of(limiter.pace(near)))[0]).isLessThanOrEqualTo(60 * RATE);
    }

    @Test
    void aLimitThatIsTakenAwayHoldsNobody() {
        RateLimiter.Pace pace = limiter.pace(FAR);
        limiter.set(new RateLimits(RATE, 0, 0, 0, false));
        assertThat(pace.sent(100 * PIECE_BYTES)).isPositive();
        limiter.set(RateLimits.NONE);
        assertThat(pace.sent(100 * PIECE_BYTES)).isZero();
    }

    @Test
    void whoWasStillMayNotCatchUpForLong() {
        limiter.set(new RateLimits(RATE, 0, 0, 0, false));
        RateLimiter.Pace pace = limiter.pace(FAR);
        long unused = pace.sent(PIECE_BYTES);
        clock.advance(MINUTE_MILLIS);
        long sent = minute(true, List.of(pace))[0];
        assertThat(sent).isCloseTo(60 * RATE, withinPercentage(5));
    }

    @Test
    void aSlowRateIsSentInSmallPieces() {
        limiter.set(new RateLimits(RATE, 0, 0, 0, false));
        assertThat(limiter.pace(FAR).piece(PIECE_BYTES)).isEqualTo((int) (RATE / 20));
        limiter.set(new RateLimits(RateLimits.RATE_MIN, 0, 0, 0, false));
        assertThat(limiter.pace(FAR).piece(PIECE_BYTES)).isEqualTo(16 * 1024);
        assertThat(limiter.pace(FAR).piece(1_000)).isEqualTo(1_000);
    }

    private List<RateLimiter.Pace> paces(int count, InetAddress peer) {
        List<RateLimiter.Pace> paces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paces.add(limiter.pace(peer));
        }
        return paces;
    }

    /**
     * Each pace sends, or receives, as soon as allowed, for a minute.
     *
     * @return the bytes that each has moved
     */
    private long[] minute(boolean up, List<RateLimiter.Pace> paces) {
        long[] bytes = new long[paces.size()];
        long[] readyMillis = new long[paces.size()];
        long startMillis = clock.monotonicMillis();
        for (; clock.monotonicMillis() < startMillis + MINUTE_MILLIS; clock.advance(1)) {
            for (int i = 0; i < bytes.length; i++) {
                if (readyMillis[i] <= clock.monotonicMillis()) {
                    RateLimiter.Pace pace = paces.get(i);
                    int piece = pace.piece(PIECE_BYTES);
                    readyMillis[i] =
                            clock.monotonicMillis() + Math.max(1, up ? pace.sent(piece) : pace.received(piece));
                    bytes[i] += piece;
                }
            }
        }
        return bytes;
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }
}
