package io.cairn.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void percentilesAreByNearestRank() {
        Sample sample = new Sample();
        for (int value = 100; value >= 1; value--) {
            sample.add(value);
        }
        assertThat(sample.mean()).isEqualTo(50.5);
        assertThat(sample.percentile(0)).isEqualTo(1);
        assertThat(sample.percentile(0.5)).isEqualTo(50);
        assertThat(sample.percentile(0.95)).isEqualTo(95);
        assertThat(sample.percentile(1)).isEqualTo(100);
    }

    @Test
    void nothingHasNoMean() {
        assertThat(new Sample().mean()).isNaN();
        assertThat(new Sample().percentile(0.5)).isNaN();
    }
}
