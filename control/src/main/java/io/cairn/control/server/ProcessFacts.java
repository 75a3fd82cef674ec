package io.cairn.control.server;

import java.time.Instant;

/**
 * The process that runs a node.
 *
 * @param mode what it was started as: {@code daemon}, {@code shell}, or a verb
 * @param startedMillis wall-clock milliseconds since 1970
 */
public record ProcessFacts(long pid, String mode, long startedMillis) {
    /** This process. */
    public static ProcessFacts ofThis(String mode) {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessFacts(
                self.pid(),
                mode,
                self.info().startInstant().orElseGet(Instant::now).toEpochMilli());
    }
}
