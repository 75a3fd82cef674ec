package io.cairn.dht.kad;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.id.Key;
import io.cairn.dht.id.NodeId;
import io.cairn.dht.kad.SweepSchedule.Region;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryRegionHasItsMomentInEachIntervalTest {
    private static final KademliaLimits LIMITS = KademliaLimits.defaults();
    private static final long INTERVAL = LIMITS.publishing().republishMillis();
    private static final long START = 1_800_000_000_000L;

    private final NodeId self = NodeId.random(new SplittableRandom(1));
    private final SweepSchedule schedule = new SweepSchedule(self, LIMITS);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 8})
    void evenlyAfterEachOther(int bits) {
        schedule.begin(START);
        List<Long> moments = moments(schedule, bits, START + INTERVAL);
        long pauseMillis = INTERVAL >> bits;

        assertThat(moments).hasSize(1 << bits);
        for (int i = 1; i < moments.size(); i++) {
            assertThat(moments.get(i) - moments.get(i - 1)).isBetween(pauseMillis - 300, pauseMillis + 300);
        }
    }

    @Test
    void inAnotherOrderForEachNode() {
        SweepSchedule other = new SweepSchedule(NodeId.random(new SplittableRandom(2)), LIMITS);
        schedule.begin(START);
        other.begin(START);
        long soonMillis = START + INTERVAL / 2;

        assertThat(schedule.take(8, soonMillis)).isNotEqualTo(other.take(8, soonMillis));
    }

    @Test
    void whatIsLateAfterARestartIsDueAndNothingElse() {
        long nowMillis = START + 10 * INTERVAL;
        for (int cell = 0; cell < SweepSchedule.CELLS; cell++) {
            schedule.resume(cell, cell < 3 ? nowMillis - 2 * INTERVAL : nowMillis - 1);
        }
        List<Region> due = new ArrayList<>();
        for (Optional<Region> next = schedule.take(8, nowMillis);
                next.isPresent();
                next = schedule.take(8, nowMillis)) {
            due.add(next.get());
        }

        assertThat(due).containsExactlyInAnyOrder(new Region(0, 1), new Region(1, 1), new Region(2, 1));
    }

    @Test
    void failuresAreTriedAgainAfterAPauseThatDoublesOrAtOnceWhenAsked() {
        long nowMillis = START + INTERVAL;
        schedule.begin(START);
        schedule.makeAllDue();
        for (int failures = 0; failures < 10; failures++) {
            Region region = schedule.take(0, nowMillis).orElseThrow();
            assertThat(region).isEqualTo(new Region(0, SweepSchedule.CELLS));
            assertThat(schedule.take(0, nowMillis)).as("taken").isEmpty();
            schedule.failed(region, nowMillis);
            long pauseMillis = Math.min(
                    LIMITS.publishing().retryMillisMax(), LIMITS.publishing().retryMillis() << failures);
            assertThat(schedule.waitMillis(0, nowMillis)).isEqualTo(pauseMillis);
            assertThat(schedule.take(0, nowMillis + pauseMillis - 1)).isEmpty();
            nowMillis += pauseMillis;
        }
        schedule.failed(schedule.take(0, nowMillis).orElseThrow(), nowMillis);
        schedule.retryNow();
        schedule.succeeded(schedule.take(0, nowMillis).orElseThrow(), nowMillis);

        assertThat(schedule.take(0, nowMillis)).isEmpty();
        assertThat(schedule.waitMillis(0, nowMillis)).isBetween(1L, INTERVAL);
    }

    @Test
    void noKeyWaitsLongerThanTheIntervalWhereTheSizeOfRegionsChanges() {
        schedule.begin(START);
        SplittableRandom random = new SplittableRandom(3);
        long[] published = new long[SweepSchedule.CELLS];
        Arrays.fill(published, START);
        int bits = 4;
        for (long now = START; now < START + 5 * INTERVAL; now += 60_000) {
            bits = random.nextInt(200) == 0 ? random.nextInt(9) : bits;
            for (Optional<Region> next = schedule.take(bits, now); next.isPresent(); next = schedule.take(bits, now)) {
                Region region = next.get();
                schedule.succeeded(region, now);
                for (int cell = region.first(); cell < region.first() + region.count(); cell++) {
                    assertThat(now - published[cell]).isLessThanOrEqualTo(INTERVAL + 60_000);
                    published[cell] = now;
                }
            }
        }
        for (long last : published) {
            assertThat(START + 5 * INTERVAL - last).isLessThanOrEqualTo(INTERVAL + 60_000);
        }
    }

    @Test
    void aClockThatIsSetBackDoesNotStopIt() {
        schedule.begin(START);

        assertThat(schedule.take(3, START - 5 * INTERVAL)).isPresent();
    }

    @Test
    void theEdgesOfARegionHoldItsKeys() {
        Region region = new Region(0x40, 16);

        assertThat(region.lowest()).isEqualTo(Key.fromHex("40" + "00".repeat(19)));
        assertThat(region.highest()).isEqualTo(Key.fromHex("4f" + "ff".repeat(19)));
        assertThat(SweepSchedule.cellOf(region.highest())).isEqualTo(0x4f);
    }

    /** The times at which regions fell due until a time, each published at once. */
    private static List<Long> moments(SweepSchedule schedule, int bits, long untilMillis) {
        List<Long> moments = new ArrayList<>();
        long nowMillis = START;
        while (true) {
            nowMillis += schedule.waitMillis(bits, nowMillis);
            if (nowMillis > untilMillis) {
                return moments;
            }
            Optional<Region> due = schedule.take(bits, nowMillis);
            if (due.isPresent()) {
                moments.add(nowMillis);
                schedule.succeeded(due.get(), nowMillis);
            }
        }
    }
}
