package io.cairn.dht.net;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SystemClockTest {
    @Test
    void monotonicTimeNeverGoesBack() {
        SystemClock clock = new SystemClock();
        long last = clock.monotonicMillis();
        for (int i = 0; i < 100_000; i++) {
            long now = clock.monotonicMillis();
            assertThat(now >= last).isTrue();
            last = now;
        }
    }

    @Test
    void wallTimeIsThatOfTheMachine() {
        long before = System.currentTimeMillis();
        assertThat(new SystemClock().wallMillis()).isBetween(before, System.currentTimeMillis());
    }
}
