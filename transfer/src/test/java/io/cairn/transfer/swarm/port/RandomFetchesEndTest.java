package io.cairn.transfer.swarm.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Nineteen hundred random fetches over faulty networks, in virtual time: each ends once, as success with the right bytes or as an outcome
 * that its faults explain, within its time, and leaves nothing behind. A failure names its seed; {@code new RandomFetch(seed).run()}
 * repeats it.
 */
final class RandomFetchesEndTest {
    private static final int FETCHES = 1_900;
    private static final long FIRST_SEED = 17_000;

    /** Of a look-up longer than the time for a stall, in which nobody was found. */
    private static final long LONG_LOOKUP_SEED = 17_014;

    @Test
    void everyFetchEndsAsItsFaultsAllowWithinItsTime() {
        Map<String, Integer> ends = new TreeMap<>();
        Map<String, Long> longest = new TreeMap<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + FETCHES; seed++) {
            RandomFetch.Result result = new RandomFetch(seed).run();
            ends.merge(result.outcome(), 1, Integer::sum);
            longest.merge(result.outcome(), result.millis(), Math::max);
        }
        assertThat(ends.keySet())
                .as("the draws reach every outcome: %s, in at most %s ms", ends, longest)
                .contains("Completed", "NoProvider", "Stalled", "Corrupt", "StorageFailed", "Stopped");
    }

    @Test
    void whoAsksForALongLookUpGetsItAlsoIfTheTimeForAStallIsShorter() {
        assertThat(new RandomFetch(LONG_LOOKUP_SEED).run().outcome()).isEqualTo("NoProvider");
    }
}
