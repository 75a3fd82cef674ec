package io.cairn.app.doctor;

import io.cairn.app.Check;
import io.cairn.app.work.Work;
import io.cairn.dht.env.Scheduler;
import io.cairn.dht.env.Scheduler.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs examinations side by side and ends each of them in time: with a warning, if it does not end by itself. On the loop. */
final class Visit {
    /** For one examination. People wait, and whatever takes longer is a finding by itself. */
    static final long EXAMINATION_MILLIS = 4_800;

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    private final Scheduler scheduler;

    Visit(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Completes with the checks in the order of the examinations; never fails.
     *
     * @param found receives each check as soon as it is known
     */
    CompletableFuture<List<Check>> make(List<Examination> examinations, Consumer<? super Check> found) {
        List<CompletableFuture<List<Check>>> results = new ArrayList<>();
        for (Examination examination : examinations) {
            results.add(bounded(examination).thenApply(checks -> {
                checks.forEach(found);
                return checks;
            }));
        }
        return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> results.stream()
                        .flatMap(result -> result.join().stream())
                        .toList());
    }

    private CompletableFuture<List<Check>> bounded(Examination examination) {
        CompletableFuture<List<Check>> result = new CompletableFuture<>();
        Timer timer = scheduler.schedule(
                EXAMINATION_MILLIS, () -> result.complete(List.of(examination.late(EXAMINATION_MILLIS))));
        CompletableFuture<List<Check>> unused = begin(examination).whenComplete((checks, failure) -> {
            timer.cancel();
            result.complete(failure == null ? checks : List.of(failed(examination, failure)));
        });
        return result;
    }

    private static CompletableFuture<List<Check>> begin(Examination examination) {
        try {
            return examination.begin().get();
        } catch (RuntimeException fault) {
            return CompletableFuture.failedFuture(fault);
        }
    }

    private static Check failed(Examination examination, Throwable failure) {
        Throwable cause = Work.cause(failure);
        LOG.warn("the check of {} failed", examination.name(), cause);
        return Check.warning(
                examination.name(), "could not be checked: " + cause, "look into the log, and report what it says");
    }
}
