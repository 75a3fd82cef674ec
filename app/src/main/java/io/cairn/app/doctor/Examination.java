package io.cairn.app.doctor;

import io.cairn.app.Check;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * One part of a visit.
 *
 * @param name of the check that tells of a failure or a delay of this part itself
 * @param ifLate what you can do if it does not end in time
 * @param begin starts it, on the loop; the future completes on the loop
 */
record Examination(String name, String ifLate, Supplier<CompletableFuture<List<Check>>> begin) {
    /** One that has its answer at once. */
    static Examination now(String name, Supplier<List<Check>> look) {
        return new Examination(name, "", () -> CompletableFuture.completedFuture(look.get()));
    }

    Check late(long millis) {
        return Check.warning(name, "not finished after " + millis / 1_000 + " seconds", ifLate);
    }
}
