package io.cairn.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.cairn.app.Check;
import io.cairn.app.Check.Level;
import io.cairn.app.fetch.AppLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class VisitsEndInTimeTest {
    private final AppLoop loop = new AppLoop();
    private final List<Check> told = new ArrayList<>();

    @Test
    void checksAreToldAsTheyEndAndListedInOrder() {
        CompletableFuture<List<Check>> slow = new CompletableFuture<>();
        CompletableFuture<List<Check>> all = new Visit(loop)
                .make(
                        List.of(
                                new Examination("slow", "wait", () -> slow),
                                Examination.now("quick", () -> List.of(Check.ok("quick", "fine")))),
                        told::add);
        assertThat(told).extracting(Check::name).containsExactly("quick");
        slow.complete(List.of(Check.ok("slow", "fine"), Check.ok("slower", "fine")));
        assertThat(told).extracting(Check::name).containsExactly("quick", "slow", "slower");
        assertThat(all.join()).extracting(Check::name).containsExactly("slow", "slower", "quick");
    }

    @Test
    void oneThatDoesNotEndIsAWarningWithinFiveSeconds() {
        CompletableFuture<List<Check>> never = new CompletableFuture<>();
        CompletableFuture<List<Check>> all =
                new Visit(loop).make(List.of(new Examination("disk", "look at the disk", () -> never)), told::add);
        loop.run(4_000);
        assertThat(all).isNotDone();
        loop.run(1_000);
        assertThat(all.join()).isEqualTo(told);
        assertThat(told).containsExactly(Check.warning("disk", "not finished after 4 seconds", "look at the disk"));
        never.complete(List.of(Check.ok("disk", "late")));
        assertThat(told).hasSize(1);
    }

    @Test
    void oneThatFailsIsAWarningAndTheOthersGoOn() {
        CompletableFuture<List<Check>> all = new Visit(loop)
                .make(
                        List.of(
                                new Examination(
                                        "a",
                                        "",
                                        () -> CompletableFuture.failedFuture(new IllegalStateException("broken"))),
                                new Examination("b", "", () -> {
                                    throw new IllegalStateException("at once");
                                }),
                                Examination.now("c", () -> List.of(Check.ok("c", "fine")))),
                        told::add);
        assertThat(all.join()).extracting(Check::level).containsExactly(Level.WARNING, Level.WARNING, Level.OK);
        assertThat(all.join().get(0).detail()).contains("broken");
    }
}
