package io.cairn.shell.command.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MemoryIsGivenBackAtRestTest {
    private long usedMillis;
    private int collections;
    private final MemoryAtRest memory = new MemoryAtRest(() -> Duration.ofMillis(usedMillis), () -> {
        collections++;
        usedMillis += 50;
    });

    @Test
    void onceAfterTheStart() {
        afterUsing(1_500);
        assertThat(collections).as("while it works").isZero();
        afterUsing(10);
        assertThat(collections).isEqualTo(1);
        for (int looks = 0; looks < 90; looks++) {
            afterUsing(10);
        }
        assertThat(collections).as("while it rests").isEqualTo(1);
    }

    @Test
    void againAfterWork() {
        afterUsing(1_500);
        afterUsing(10);
        afterUsing(400);
        afterUsing(10);
        assertThat(collections).as("little was done").isEqualTo(1);
        afterUsing(5_000);
        afterUsing(5_000);
        assertThat(collections).as("while it works").isEqualTo(1);
        afterUsing(10);
        assertThat(collections).isEqualTo(2);
    }

    private void afterUsing(long millis) {
        usedMillis += millis;
        memory.look();
    }
}
