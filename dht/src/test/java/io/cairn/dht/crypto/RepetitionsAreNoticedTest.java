package io.cairn.dht.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepetitionsAreNoticedTest {
    private static final long SEED = 5_502;
    private static final long START = 1_000;

    @Test
    void whatWasHeardInTheWindowIsKnown() {
        ReplayGuard guard = new ReplayGuard(100_000, START);
        Random random = new Random(SEED);
        List<byte[]> heard = new ArrayList<>();
        Set<Long> model = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] nonce = numbered(i == 7 ? 0 : random.nextLong());
            assertThat(guard.isNew(nonce, START + i))
                    .isEqualTo(model.add(ByteBuffer.wrap(nonce).getLong(4)));
            heard.add(nonce);
        }
        assertThat(heard).allMatch(nonce -> !guard.isNew(nonce, START + 2 * ReplayGuard.WINDOW_MILLIS - 1));
    }

    @Test
    void itIsKnownForTwiceTheWindowAndNotForEver() {
        ReplayGuard guard = new ReplayGuard(100, START);
        long whole = 2 * ReplayGuard.WINDOW_MILLIS;
        long heardMillis = START + whole - 1;
        assertThat(guard.isNew(numbered(1), heardMillis)).isTrue();
        assertThat(guard.isNew(numbered(1), heardMillis + whole)).isFalse();
        assertThat(guard.isNew(numbered(1), heardMillis + whole)).isFalse();
        assertThat(guard.isNew(numbered(2), heardMillis + 2 * whole)).isTrue();
        assertThat(guard.isNew(numbered(1), heardMillis + 2 * whole)).isTrue();
    }

    @Test
    void nothingFromBeforeTheStartCounts() {
        ReplayGuard guard = new ReplayGuard(100, START);
        assertThat(guard.reaches(0, START)).isTrue();
        assertThat(guard.reaches(-5_000, START)).as("a clock that is ahead").isTrue();
        assertThat(guard.reaches(1, START)).isFalse();
        assertThat(guard.reaches(3_000, START + 2_999)).isFalse();
        assertThat(guard.reaches(3_000, START + 3_000)).isTrue();
    }

    @Test
    void aFullMemoryReachesLessFarBack() {
        ReplayGuard guard = new ReplayGuard(10, START);
        for (int i = 0; i < 25; i++) {
            assertThat(guard.isNew(numbered(100 + i), START + 100L * i)).isTrue();
        }
        long nowMillis = START + 2_500;
        assertThat(guard.isNew(numbered(124), nowMillis)).isFalse();
        assertThat(guard.isNew(numbered(110), nowMillis)).isFalse();
        assertThat(guard.reaches(1_500, nowMillis)).as("the last 15 are known").isTrue();
        assertThat(guard.reaches(1_501, nowMillis)).as("the one before is not").isFalse();
    }

    private static byte[] numbered(long number) {
        return ByteBuffer.allocate(DatagramCipher.NONCE_BYTES)
                .putInt(7)
                .putLong(number)
                .array();
    }
}
