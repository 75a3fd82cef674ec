package io.cairn.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class VirtualLoopsRunInOrderTest {
    private final Loop loop = new Loop();
    private final List<String> seen = new ArrayList<>();

    private static final class Loop extends VirtualLoop<Runnable> {
        @Override
        protected Runnable timer(Runnable cancel) {
            return cancel;
        }
    }

    @Test
    void ofTimeAndAtOneInstantOfTheAsking() {
        loop.schedule(20, () -> seen.add("c at " + loop.monotonicMillis()));
        loop.schedule(10, () -> seen.add("a at " + loop.monotonicMillis()));
        loop.schedule(10, () -> seen.add("b at " + loop.monotonicMillis()));
        loop.run(19);
        assertThat(seen).containsExactly("a at 10", "b at 10");
        assertThat(loop.monotonicMillis()).isEqualTo(19);
        assertThat(loop.waiting()).isEqualTo(1);
        loop.run(1);
        assertThat(seen).hasSize(3);
        assertThat(loop.wallMillis()).isEqualTo(ManualClock.EPOCH_MILLIS + 20);
    }

    @Test
    void andNothingWithinTheCallThatAsksForIt() {
        loop.execute(() -> seen.add("task"));
        loop.offload(() -> seen.add("work"), (result, failure) -> seen.add("done " + result));
        loop.execute(() -> seen.add("next"));
        assertThat(seen).isEmpty();
        loop.runDue();
        assertThat(seen).containsExactly("task", "next");
        loop.run(1);
        assertThat(seen).containsExactly("task", "next", "work", "done true");
    }

    @Test
    void workTakesTimeAndWorkersShareIt() {
        loop.work(10, 2, 1);
        for (int piece = 1; piece <= 4; piece++) {
            int number = piece;
            loop.offload(
                    () -> number,
                    (result, failure) -> seen.add(
                            (result == null ? "refused " : "done ") + number + " at " + loop.monotonicMillis()));
        }
        assertThat(loop.waiting()).isEqualTo(4);
        loop.run(20);
        assertThat(seen).containsExactly("refused 4 at 0", "done 1 at 10", "done 2 at 10", "done 3 at 20");
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void settlingEndsAllWorkAndNoTimer() {
        loop.schedule(50, () -> seen.add("timer"));
        loop.work(10, 1, 9);
        loop.offload(
                () -> 1,
                (one, failure) ->
                        loop.offload(() -> 2, (two, again) -> seen.add("second at " + loop.monotonicMillis())));
        loop.settle();
        assertThat(seen).containsExactly("second at 20");
    }

    @Test
    void whatIsCancelledNeverRuns() {
        Runnable timer = loop.schedule(5, () -> seen.add("timer"));
        timer.run();
        loop.run(10);
        assertThat(seen).isEmpty();
        assertThat(loop.waiting()).isZero();
    }

    @Test
    void workThatFailsOrIsRefusedTellsSo() {
        List<Throwable> failures = new ArrayList<>();
        loop.refuse(1);
        loop.offload(() -> seen.add("refused"), (result, failure) -> failures.add(failure));
        loop.offload(
                () -> {
                    throw new IllegalStateException("broken");
                },
                (result, failure) -> failures.add(failure));
        loop.run(1);
        assertThat(seen).isEmpty();
        assertThat(failures).hasExactlyElementsOfTypes(RejectedExecutionException.class, IllegalStateException.class);
    }

    @Test
    void untilSomethingIsSoAndNoFurther() {
        loop.schedule(5, () -> seen.add("a"));
        loop.schedule(6, () -> seen.add("b"));
        assertThat(loop.runUntil(() -> seen.contains("a"), 100)).isTrue();
        assertThat(seen).containsExactly("a");
        assertThat(loop.monotonicMillis()).isEqualTo(5);
        assertThat(loop.runUntil(() -> seen.contains("c"), 100)).isFalse();
        assertThat(loop.monotonicMillis()).isEqualTo(105);
    }

    @Test
    void nothingIsScheduledInThePast() {
        assertThatThrownBy(() -> loop.schedule(-1, () -> {})).isInstanceOf(IllegalArgumentException.class);
    }
}
