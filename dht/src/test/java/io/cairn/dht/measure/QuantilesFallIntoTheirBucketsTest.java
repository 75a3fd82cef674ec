package io.cairn.dht.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class QuantilesFallIntoTheirBucketsTest {
    private static final double[] PARTS = {0.5, 0.9, 0.95, 0.99, 1};

    @Test
    void boundsGrowByAQuarterAtMost() {
        for (int bucket = 1; bucket < DurationCounts.buckets() - 1; bucket++) {
            double ratio = DurationCounts.boundMillis(bucket) / DurationCounts.boundMillis(bucket - 1);
            assertThat(ratio).as("bound " + bucket).isGreaterThan(1).isLessThanOrEqualTo(1.25);
        }
        assertThat(DurationCounts.boundMillis(DurationCounts.buckets() - 1)).isInfinite();
    }

    @Test
    void aDurationIsAboveTheBoundBeforeItsBucketAndNotAboveItsOwn() {
        for (long millis = 0; millis < 300_000; millis++) {
            int bucket = DurationCounts.bucketOf(millis);
            assertThat((double) millis).isLessThanOrEqualTo(DurationCounts.boundMillis(bucket));
            assertThat(bucket == 0 || millis > DurationCounts.boundMillis(bucket - 1))
                    .isTrue();
        }
    }

    @Test
    void aQuantileIsInTheBucketOfTheDurationOfThatRank() {
        for (int seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            long[] all = random.longs(1 + random.nextInt(500), 0, 2 << random.nextInt(17))
                    .sorted()
                    .toArray();
            Durations durations = new Durations();
            Arrays.stream(all).forEach(durations::add);
            for (double part : PARTS) {
                long exact = all[Math.max(0, (int) Math.ceil(part * all.length) - 1)];
                assertThat(DurationCounts.bucketOf(durations.counts().quantileMillis(part)))
                        .as("part " + part + " of seed " + seed)
                        .isEqualTo(DurationCounts.bucketOf(exact));
            }
        }
    }

    @Test
    void countsAreACopyThatKnowsItsSum() {
        Durations durations = new Durations();
        durations.add(3);
        DurationCounts before = durations.counts();
        durations.add(40);
        assertThat(before.total()).isEqualTo(1);
        assertThat(durations.counts().total()).isEqualTo(2);
        assertThat(durations.counts().sumMillis()).isEqualTo(43);
        assertThat(durations.counts()).isNotEqualTo(before);
        assertThat(new Durations().counts()).isEqualTo(DurationCounts.NONE);
        assertThat(DurationCounts.NONE.quantileMillis(0.5)).isZero();
    }

    @Test
    void halvingKeepsTheShape() {
        Durations durations = new Durations();
        for (int i = 0; i < 100; i++) {
            durations.add(i % 2 == 0 ? 10 : 1_000);
        }
        durations.halve();
        assertThat(durations.total()).isEqualTo(50);
        assertThat(durations.quantileMillis(0.4)).isEqualTo(10);
    }

    @Test
    void whatIsNoHistogramIsRefused() {
        assertThatThrownBy(() -> new DurationCounts(new long[DurationCounts.buckets() + 1], 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DurationCounts(new long[] {-1}, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
