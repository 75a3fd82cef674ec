package io.cairn.sim.kademlia;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.dht.env.Scheduler.Timer;
import io.cairn.sim.network.EventQueue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsRunInOrderTest {
    /** A queue, a plain list of its expected events, and the one rule: by instant, then in order of creation. */
    private static final class Rehearsal {
        private record Planned(long atMillis, int number) {}

        private final EventQueue queue = new EventQueue();
        private final SplittableRandom random;
        private final Map<Integer, Planned> planned = new LinkedHashMap<>();
        private final Map<Integer, Timer> timers = new LinkedHashMap<>();
        private final List<Planned> ran = new ArrayList<>();
        private final List<Planned> expected = new ArrayList<>();
        private int made;

        Rehearsal(long seed) {
            this.random = new SplittableRandom(seed);
        }

        void make() {
            int number = made++;
            long delayMillis = random.nextLong(1L << random.nextInt(1, 30)) * random.nextInt(2);
            planned.put(number, new Planned(queue.nowMillis() + delayMillis, number));
            timers.put(number, queue.schedule(delayMillis, () -> {
                ran.add(new Planned(queue.nowMillis(), number));
                expected.add(planned.values().stream()
                        .min(Comparator.comparingLong(Planned::atMillis).thenComparingInt(Planned::number))
                        .orElseThrow());
                planned.remove(number);
                if (random.nextInt(3) == 0) {
                    make();
                }
                if (random.nextInt(3) == 0) {
                    cancelAny();
                }
            }));
        }

        void cancelAny() {
            if (!planned.isEmpty()) {
                List<Integer> waiting = List.copyOf(planned.keySet());
                int number = waiting.get(random.nextInt(waiting.size()));
                planned.remove(number);
                Timer timer = timers.get(number);
                if (timer != null) {
                    timer.cancel();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void asInANaiveList(long seed) {
        Rehearsal rehearsal = new Rehearsal(seed);
        for (int i = 0; i < 400; i++) {
            for (int j = 0; j < 5; j++) {
                rehearsal.make();
            }
            rehearsal.cancelAny();
            long untilMillis = rehearsal.queue.nowMillis() + (1L << rehearsal.random.nextInt(0, 24));
            rehearsal.queue.run(untilMillis - rehearsal.queue.nowMillis());

            assertThat(rehearsal.queue.nowMillis()).isEqualTo(untilMillis);
            assertThat(rehearsal.planned.values()).allMatch(event -> event.atMillis() > untilMillis);
            assertThat(rehearsal.queue.waiting()).isEqualTo(rehearsal.planned.size());
        }
        assertThat(rehearsal.ran)
                .as("seed " + seed)
                .isEqualTo(rehearsal.expected)
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void whatIsCancelledDoesNotRunAndCancellingTwiceIsNoHarm() {
        EventQueue queue = new EventQueue();
        List<String> ran = new ArrayList<>();
        Timer timer = queue.schedule(5, () -> ran.add("cancelled"));
        queue.schedule(5, () -> ran.add("kept"));
        timer.cancel();
        timer.cancel();
        queue.run(10);
        timer.cancel();

        assertThat(ran).containsExactly("kept");
        assertThat(queue.waiting()).isZero();
    }

    @Test
    void anEventMayWaitForYears() {
        EventQueue queue = new EventQueue();
        List<Long> ran = new ArrayList<>();
        long year = 365L * 24 * 3_600_000;
        queue.schedule(40 * year, () -> ran.add(queue.nowMillis()));
        queue.run(41 * year);

        assertThat(ran).containsExactly(40 * year);
    }
}
